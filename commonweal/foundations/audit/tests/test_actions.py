import hashlib
from uuid import uuid4

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from commonweal.foundations.audit import actions, queries
from commonweal.foundations.audit.models import Entry, Redaction, Removal, Words
from commonweal.foundations.verbs.refs import SYSTEM, Ref
from commonweal.foundations.verbs.refusals import NotYours

from .conftest import AT

pytestmark = pytest.mark.django_db


def test_enter_keeps_who_what_and_both_times(act, resident):
    words = act(number=7)
    entry = Entry.objects.get()
    assert (entry.verb, entry.by, entry.happened_at) == ("dialogue.suggest", resident.ref, AT)
    assert entry.subject == Ref.parse("dialogue:contribution:00000000-0000-0000-0000-000000000007")
    assert entry.recorded_at > AT
    assert entry.facts == {"number": 7, "place": "Llyn Tegid – ŵyr"}
    assert entry.sealed_words == [words.digest.hex()]


def test_enter_is_one_statement(resident):
    with CaptureQueriesContext(
        connection,
    ) as asked:
        actions.enter(by=resident, verb="ledger.post", subject=SYSTEM, at=AT)
    assert len(asked.captured_queries) == 1


def test_enter_in_a_transaction_that_is_undone_leaves_nothing(act):
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        act()
        1 / 0  # noqa: B018
    assert not Entry.objects.exists()
    assert not Words.objects.exists()


def test_equal_texts_have_different_digests():
    one, other = actions.keep_words("Yes."), actions.keep_words("Yes.")
    assert one.digest != other.digest
    assert one.digest == hashlib.sha256(one.salt + b"Yes.").digest()


def test_redact_takes_text_and_salt_and_leaves_the_digest(act, steward, auditor):
    words = act("Call me on 07700 900123.")
    digest = bytes(words.digest)
    redacted = actions.redact(words=words, by=steward, second=auditor, because="private", at=AT)
    assert (redacted.text, bytes(redacted.salt), bytes(redacted.digest)) == ("", b"", digest)
    assert Entry.objects.get(verb="audit.redact").facts == {"because": "private", "second": str(auditor.ref)}
    assert Removal.objects.get().subject == words.ref


def test_removed_words_say_when_and_why_in_the_readers_language(act, steward, auditor):
    words = actions.redact(words=act(), by=steward, second=auditor, because="abusive", at=AT)
    with translation.override("en-gb"):
        assert words.shown == "Removed on 2 March 2026 because it was abusive"


def test_redact_refuses_one_person_alone(act, steward):
    with pytest.raises(actions.NobodyRedactsAlone):
        actions.redact(words=act(), by=steward, second=steward, because="private", at=AT)


@pytest.mark.parametrize("roles", [("resident", "steward"), ("auditor", "steward"), ("steward", "resident")])
def test_redact_is_for_a_steward_with_a_steward_or_auditor(act, request, roles):
    from .conftest import Invented

    by, second = (Invented(role) for role in roles)
    with pytest.raises(NotYours):
        actions.redact(words=act(), by=by, second=second, because="private", at=AT)


def test_redact_refuses_a_reason_in_free_words(act, steward, auditor):
    with pytest.raises(ValueError, match="because I can"):
        actions.redact(words=act(), by=steward, second=auditor, because="because I can", at=AT)


def test_redact_refuses_what_was_removed_before(act, steward, auditor):
    words = act()
    actions.redact(words=words, by=steward, second=auditor, because="private", at=AT)
    with pytest.raises(actions.AlreadyRemoved):
        actions.redact(words=words, by=steward, second=auditor, because="private", at=AT)


def test_a_proposal_removes_nothing_until_a_second_person_confirms(act, steward, auditor):
    words = act()
    redaction = actions.propose_redaction(words=words, by=steward, because="mistake", at=AT)
    words.refresh_from_db()
    assert words.text
    with pytest.raises(actions.NobodyRedactsAlone):
        actions.confirm_redaction(redaction=redaction, by=steward, at=AT)
    actions.confirm_redaction(redaction=redaction, by=auditor, at=AT)
    words.refresh_from_db()
    assert not words.text
    with pytest.raises(actions.AlreadySettled):
        actions.confirm_redaction(redaction=redaction, by=auditor, at=AT)


def test_a_proposal_can_be_declined_and_made_again(act, steward, auditor):
    words = act()
    redaction = actions.propose_redaction(words=words, by=steward, because="mistake", at=AT)
    with pytest.raises(actions.AlreadyProposed):
        actions.propose_redaction(words=words, by=steward, because="private", at=AT)
    assert actions.decline_redaction(redaction=redaction, by=auditor, at=AT).outcome == "declined"
    assert actions.propose_redaction(words=words, by=steward, because="private", at=AT).is_open


def test_the_database_too_wants_two_people(act, steward):
    redaction = actions.propose_redaction(words=act(), by=steward, because="mistake", at=AT)
    with pytest.raises(Exception, match="a_redaction_takes_two_people"), transaction.atomic():
        Redaction.objects.filter(pk=redaction.pk).update(outcome="confirmed", second=steward.ref)


def test_forget_words_takes_many_and_is_safe_to_run_twice(act, steward):
    kept = [act(number=number) for number in range(5)]
    gone = [words.pk for words in kept[:3]]
    assert actions.forget_words(gone, at=AT) == 3
    assert actions.forget_words(gone, at=AT) == 0
    assert Words.objects.filter(removed_at=None).count() == 2
    assert len(Entry.objects.get(verb="audit.forget").sealed_words) == 3


def test_forget_words_overtakes_a_proposal(act, steward, auditor):
    words = act()
    redaction = actions.propose_redaction(words=words, by=steward, because="mistake", at=AT)
    actions.forget_words([words.pk], at=AT)
    with pytest.raises(actions.AlreadySettled):
        actions.confirm_redaction(redaction=redaction, by=auditor, at=AT)


def test_forget_words_asks_a_bounded_number_of_questions(act):
    few = [act().pk for _ in range(5)]
    many = [act().pk for _ in range(400)]
    with CaptureQueriesContext(connection) as of_few:
        actions.forget_words(few, at=AT)
    with CaptureQueriesContext(connection) as of_many:
        actions.forget_words(many, at=AT)
    assert len(of_many) <= len(of_few) + 2


@pytest.mark.parametrize(
    "change",
    [
        {"text": "Something else."},
        {"text": ""},
        {"salt": b""},
        {"removed_at": AT},
        {"digest": b"0" * 32},
        {"language": "cy"},
        {"text": "", "salt": b"", "removed_at": AT, "removed_because": ""},
    ],
)
def test_the_database_lets_words_only_be_emptied(act, change):
    words = act()
    with pytest.raises(Exception, match="(never changed|only ever emptied)"), transaction.atomic():
        Words.objects.filter(pk=words.pk).update(**change)


def test_the_database_never_lets_words_come_back(act):
    words = act("Gone.")
    actions.forget_words([words.pk], at=AT)
    for change in ({"text": "Gone.", "salt": words.salt, "removed_at": None}, {"removed_because": "mistake"}):
        with pytest.raises(Exception, match="only ever emptied"), transaction.atomic():
            Words.objects.filter(pk=words.pk).update(**change)


def test_the_trail_is_read_by_subject_person_and_verb(act, resident):
    act(number=1)
    act(number=2)
    subject = Ref.parse("dialogue:contribution:00000000-0000-0000-0000-000000000002")
    assert [entry.subject for entry in queries.trail(subject=subject)] == [subject]
    assert queries.trail(by=resident.ref).count() == 2
    assert queries.trail(by=Ref("people", "person", uuid4())).count() == 0
    first, second = queries.trail(verb="dialogue.suggest").reverse()
    assert list(queries.trail(before=second.pk)) == [first]
