"""The report writes itself from the records, whatever there is of them; the consultation says what is missing."""

from __future__ import annotations

import io
import re
import zipfile
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from commonweal.foundations.decisions import actions as decisions
from commonweal.foundations.people import actions as people
from commonweal.foundations.publishing.models import Copy
from commonweal.foundations.verbs import clock
from commonweal.understand.dialogue import actions as dialogue
from commonweal.understand.dialogue import guidance, queries
from commonweal.understand.dialogue.actions import Taking
from commonweal.understand.dialogue.models import Considered, Contribution, Evidence, Principle, Theme
from commonweal.understand.dialogue.views import report, statutory

from .conftest import AT, House, signed_in

LATER = AT + timedelta(days=3)
DECIDED = AT + timedelta(days=10)
#: Opening, counting, reading and naming: as many for a conversation of three thousand as for one of three.
MOST_QUESTIONS = 45


@pytest.fixture
def address(house: House, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.setattr(clock, "today", LATER.date)
    for page in (report, statutory):
        monkeypatch.setattr(page, "now", lambda: LATER)
    monkeypatch.setattr(statutory, "today", LATER.date)
    return f"/understand/dialogue/{house.conversation.pk}"


def read(address: str) -> str:
    return Client().get(address).content.decode()


def answered(house: House, said: list[Contribution], words: str = "We will light it.") -> Theme:
    theme = dialogue.gather(contributions=said, title="Light", by=house.cleo, at=AT)
    decisions.draft(owed=theme.owed, reason_code="adopted", words=words, by=house.cleo, at=AT)
    decisions.clear(owed=theme.owed, by=house.dan, at=AT)
    decisions.publish(owed=theme.owed, by=house.cleo, at=LATER)
    return theme


def decided(house: House, because: Any, on: Any = DECIDED) -> Any:
    return decisions.decide(
        question="Shall we light the path?",
        options=["Yes", "No"],
        outcome="Yes",
        rule="By the board",
        reasons="People asked.",
        by=house.cleo,
        because=because,
        at=on,
    )


def kept(house: House) -> Copy:
    number = str(uuid4())
    signed_in(house.cleo).post(f"/understand/dialogue/{house.conversation.pk}/report/keep/", {"sent_as": number})
    return Copy.objects.get()


# The report


def test_a_conversation_in_which_nothing_happened_reads_well(address: str) -> None:
    report = read(f"{address}/report/")
    for told in (
        "Nobody made a suggestion.",
        "Nobody has voted",
        "No suggestions have been put together",
        "Nothing is recorded yet.",
        "It has no last day.",
    ):
        assert told in report
    assert "What unites" not in report and "None" not in report


def test_it_tells_what_was_said_answered_set_aside_held_back_and_decided(house: House, address: str) -> None:
    said = [house.say(f"Light {number}") for number in range(3)]
    dialogue.hold(contribution=house.say("Rude"), by=house.cleo, reason="unkind", at=AT)
    dialogue.set_aside(contributions=[house.say("Nice")], reason="asks_nothing", by=house.cleo, at=AT)
    house.say("It waits")
    theme = answered(house, said)
    decided(house, theme.step)
    report = read(f"{address}/report/")
    for told in (
        "5 suggestions were made and are shown.",
        "We will light it.",
        "in time: Yes: we will do this.",
        "1 suggestion is in no theme yet",
        "It asks for nothing that we could answer: 1",
        "It insults or threatens somebody: 1 to 7",
        "Shall we light the path?",
    ):
        assert told in report, told
    assert "Rude" not in report


def test_an_answer_that_came_late_says_so_with_both_dates(house: House, address: str) -> None:
    theme = dialogue.gather(contributions=[house.say()], title="Light", by=house.cleo, at=AT, working_days=1)
    decisions.extend(
        owed=theme.owed, until=LATER.date() + timedelta(days=30), because_words="Snow", by=house.cleo, at=AT
    )
    decisions.draft(owed=theme.owed, reason_code="adopted", words="Yes.", by=house.cleo, at=LATER)
    decisions.clear(owed=theme.owed, by=house.dan, at=LATER)
    decisions.publish(owed=theme.owed, by=house.cleo, at=LATER)
    report = read(f"{address}/report/")
    assert "the first date was" in report and "More time was taken 1 time." in report
    (one,) = queries.answered_in(house.conversation)
    assert (one.is_kept, one.extensions, one.days) == (False, 1, 3)


def test_votes_tell_what_unites_and_what_divides(house: House, address: str) -> None:
    words = [f"Statement {number}" for number in range(8)]
    statements = dialogue.seed(conversation=house.conversation, statements=words, by=house.cleo, at=AT)
    for number in range(24):
        by = Taking(uuid4())
        for place, each in enumerate(statements):
            choice = 1 if place < 2 or (number % 2 == place % 2) else -1
            dialogue.cast(statement=each, choice=choice, by=by, at=AT)
    dialogue.make_map(conversation=house.conversation, at=AT)
    report = read(f"{address}/report/")
    assert "24 people voted on 8 statements: 192 votes in all." in report
    assert "What unites people" in report and "Statement 0" in report
    dialogue.hold(contribution=statements[0].contribution, by=house.cleo, reason="off_topic", at=LATER)
    assert "Statement 0" not in read(f"{address}/report/")


def test_ages_of_few_are_not_told(house: House, address: str) -> None:
    (statement,) = dialogue.seed(conversation=house.conversation, statements=["One."], by=house.cleo, at=AT)
    for count in range(24):
        by = Taking(uuid4())
        dialogue.cast(statement=statement, choice=1, by=by, at=AT)
        if count == 12:
            assert "Who is missing cannot be known" in read(f"{address}/report/")
        dialogue.tell_of_oneself(conversation=house.conversation, by=by, at=AT, age_band="25-34" if count else "80+")
    report = re.sub(r"\s+", " ", read(f"{address}/report/"))
    assert "too few to tell" in report and "Ages of those who told us" in report


def test_three_thousand_suggestions_ask_no_more_than_three(house: House, address: str) -> None:
    def questions() -> int:
        with CaptureQueriesContext(connection) as asked:
            assert Client().get(f"{address}/report/").status_code == 200
        return len(asked)

    answered(house, [house.say("a"), house.say("b")])
    few = questions()
    said = [house.say(f"Suggestion {number}") for number in range(300)]
    for number in range(0, 300, 10):
        dialogue.gather(contributions=said[number : number + 10], title=f"Theme {number}", by=house.cleo, at=AT)
    _copy_rows(house.conversation.contributions.order_by("pk").last(), 2_700)
    assert questions() == few <= MOST_QUESTIONS
    assert "3,002 suggestions" in read(f"{address}/report/")


def _copy_rows(like: Contribution, count: int) -> None:
    """Rows as the verb makes them, without the time that the verb takes."""
    rows = []
    for _ in range(count):
        row = Contribution.objects.get(pk=like.pk) if not rows else Contribution(**_fields(like))
        row.pk = uuid4()
        rows.append(row)
    Contribution.objects.bulk_create(rows, batch_size=500)


def _fields(like: Contribution) -> dict[str, Any]:
    return {field.attname: getattr(like, field.attname) for field in like._meta.concrete_fields}


def test_a_kept_copy_stays_as_it_was_while_the_report_goes_on(house: House, address: str) -> None:
    house.say("Light")
    copy = kept(house)
    house.say("More light")
    assert "2 suggestions were made" in read(f"{address}/report/")
    assert "1 suggestion was made" in read(copy.get_absolute_url())


def test_words_held_back_later_go_from_the_kept_copy(house: House, address: str) -> None:
    words = [f"Statement {number}" for number in range(3)]
    statements = dialogue.seed(conversation=house.conversation, statements=words, by=house.cleo, at=AT)
    for _ in range(9):
        by = Taking(uuid4())
        for each in statements:
            dialogue.cast(statement=each, choice=1, by=by, at=AT)
    dialogue.make_map(conversation=house.conversation, at=AT)
    copy = kept(house)
    assert "Statement 0" in read(copy.get_absolute_url())
    dialogue.hold(contribution=statements[0].contribution, by=house.cleo, reason="personal", at=LATER)
    assert "Statement 0" not in read(copy.get_absolute_url())


def test_no_name_of_a_resident_stands_in_a_kept_copy(house: House, address: str) -> None:
    dialogue.pledge(
        conversation=house.conversation,
        words="I carry a lamp.",
        by_on=LATER.date(),
        by=house.ada,
        at=AT,
        shows_name=True,
    )
    copy = kept(house)
    assert "Ada" not in copy.body and "lamp" not in copy.body
    people.erase(person=house.ada, by=house.ada, at=LATER)
    assert "I carry a lamp." not in read(copy.get_absolute_url())


def test_only_convenors_keep_a_copy_and_everybody_takes_the_file(house: House, address: str) -> None:
    assert signed_in(house.ada).post(f"{address}/report/keep/", {"sent_as": str(uuid4())}).status_code == 403
    for name in ("report", "consultation"):
        answer = Client().get(f"{address}/{name}.docx")
        assert zipfile.ZipFile(io.BytesIO(answer.content)).testzip() is None
        assert answer["Content-Disposition"] == f'attachment; filename="{name}.docx"'


# The consultation


def shown(house: House, principle: str, **more: Any) -> Evidence:
    told = {"words": f"It shows {principle}", "by": house.cleo, "at": AT} | more
    return dialogue.keep_evidence(conversation=house.conversation, principle=principle, **told)


def test_without_anything_it_says_what_is_missing_of_all_four(address: str) -> None:
    page = read(f"{address}/consultation/")
    assert page.count("Nothing is put down for") == 4
    assert "No decision that came of it is recorded yet." in page
    assert "84 LGR 168" in page and "UKSC 56" in page


def test_evidence_stands_with_who_and_when_and_where(house: House, address: str) -> None:
    shown(house, Principle.FORMATIVE, link="https://example.org/minutes", about=house.conversation.step)
    page = read(f"{address}/consultation/")
    assert page.count("Nothing is put down for") == 3
    for told in ("It shows formative", "by Cleo Invented", 'href="https://example.org/minutes"', "conversation opened"):
        assert told in page


def test_what_is_taken_back_stays_to_be_seen_and_counts_no_more(house: House, address: str) -> None:
    evidence = shown(house, Principle.FORMATIVE)
    dialogue.take_evidence_back(evidence=evidence, words="It was settled before.", by=house.dan, at=LATER)
    page = read(f"{address}/consultation/")
    assert page.count("Nothing is put down for") == 4
    assert "It shows formative" in page and "It was settled before." in page
    with pytest.raises(dialogue.EvidenceTakenBack):
        dialogue.take_evidence_back(evidence=evidence, words="Again.", by=house.dan, at=LATER)


def test_evidence_and_what_was_read_never_change(house: House, address: str) -> None:
    shown(house, Principle.TIME)
    with pytest.raises(IntegrityError), transaction.atomic():
        Evidence.objects.update(principle="formative")
    read_by(house, kept(house))
    with pytest.raises(IntegrityError), transaction.atomic():
        Considered.objects.update(read_on=AT.date())


def read_by(house: House, copy: Copy, **more: Any) -> Considered:
    told = {"person": house.dan, "read_on": LATER.date(), "by": house.dan, "at": LATER} | more
    return dialogue.consider(conversation=house.conversation, copy=copy, **told)


def test_a_decision_names_those_who_had_read_the_report_by_then(house: House, address: str) -> None:
    theme, copy = answered(house, [house.say()]), kept(house)
    decided(house, theme.step)
    missing = "Nobody is written down as having read the report before this was decided"
    assert missing in read(f"{address}/consultation/")
    read_by(house, copy, read_on=DECIDED.date() + timedelta(days=1), at=DECIDED + timedelta(days=1))
    assert missing in read(f"{address}/consultation/")
    read_by(house, copy, person=house.cleo, by=house.cleo)
    page = read(f"{address}/consultation/")
    assert missing not in page
    assert "Cleo Invented read the copy of" in page and copy.fingerprint[:12] in page
    assert "Dan Invented read" not in page


def test_what_was_written_down_after_the_decision_says_so(house: House, address: str) -> None:
    theme, copy = answered(house, [house.say()]), kept(house)
    decided(house, theme.step)
    read_by(house, copy, by=house.cleo, on_word_of="Minutes of 9 March", at=DECIDED + timedelta(days=5))
    page = read(f"{address}/consultation/")
    assert "This was written down after the decision" in page and "Minutes of 9 March" in page


def test_nobody_reads_a_copy_before_it_was_there_or_twice_or_of_something_else(house: House, address: str) -> None:
    copy = kept(house)
    for wrong, refusal in (
        ({"read_on": LATER.date() - timedelta(days=1)}, dialogue.ReadBeforeItWasThere),
        ({"read_on": LATER.date() + timedelta(days=1)}, dialogue.ReadBeforeItWasThere),
        ({"by": house.cleo}, dialogue.SayHowWeKnow),
    ):
        with pytest.raises(refusal):
            read_by(house, copy, **wrong)
    read_by(house, copy)
    with pytest.raises(dialogue.ReadAlready):
        read_by(house, copy)
    other = dialogue.open_conversation(question="Else?", why="So.", promise="Yes.", by=house.cleo, because=None, at=AT)
    with pytest.raises(dialogue.NotItsReport):
        dialogue.consider(conversation=other, copy=copy, person=house.dan, read_on=LATER.date(), by=house.dan, at=LATER)


def test_whoever_decides_says_it_of_themselves_and_only_convenors_of_others(house: House, address: str) -> None:
    copy = kept(house)
    people.entrust(person=house.ben, kind="councillor", by=house.dan, at=AT, from_on=AT.date())
    form = {"copy": copy.pk, "read_on": LATER.date().isoformat(), "on_word_of": ""}
    councillor = signed_in(house.ben)
    assert councillor.post(f"{address}/consultation/read/", form | {"person": str(house.dan.ref)}).status_code == 422
    assert councillor.post(f"{address}/consultation/read/", form | {"person": str(house.ben.ref)}).status_code == 302
    assert signed_in(house.ada).get(f"{address}/consultation/read/").status_code == 403
    told = form | {"person": str(house.dan.ref), "on_word_of": "Minutes"}
    assert signed_in(house.cleo).post(f"{address}/consultation/read/", told).status_code == 302


def test_it_is_said_once_which_law_asks_for_it(house: House, address: str) -> None:
    number = uuid4()
    for _ in range(2):
        dialogue.follow_a_duty(
            conversation=house.conversation, words="Local Acts", by=house.cleo, at=AT, sent_as=number
        )
    with pytest.raises(dialogue.SaysSoAlready):
        dialogue.follow_a_duty(conversation=house.conversation, words="Another", by=house.cleo, at=AT)
    assert "Local Acts" in read(f"{address}/consultation/")


def test_the_page_never_says_that_it_is_lawful(house: House, address: str) -> None:
    for principle in Principle:
        shown(house, principle)
    theme, copy = answered(house, [house.say()]), kept(house)
    decided(house, theme.step)
    read_by(house, copy)
    page = read(f"{address}/consultation/").lower()
    assert "lawful" not in page and "legal" not in page and "complies" not in page
    assert "it does not say whether that is enough" in page


def test_time_to_answer_is_compared_with_the_guidance_of_the_day(house: House, address: str) -> None:
    page = read(f"{address}/consultation/")
    assert "People have had 0 weeks and 3 days so far." in page
    assert "names no number" in page and "2 to 12 weeks" in page
    named = {day: guidance.time_to_answer(day) for day in (AT.date().replace(year=year) for year in (2000, 2005, 2020))}
    found = [None if each is None else (each.least, each.most) for each in named.values()]
    assert found == [None, (12, None), (None, None)]


def test_convenors_put_evidence_down_and_take_it_back_by_page(house: House, address: str) -> None:
    cleo = signed_in(house.cleo)
    sent = {"principle": "time", "words": "Twelve weeks.", "link": "javascript:alert(1)", "sent_as": str(uuid4())}
    assert cleo.post(f"{address}/consultation/evidence/", sent).status_code == 422
    cleo.post(f"{address}/consultation/evidence/", sent | {"link": "https://example.org/"})
    evidence = Evidence.objects.get()
    assert signed_in(house.ada).get(f"{address}/consultation/evidence/").status_code == 403
    cleo.post(f"/understand/dialogue/evidence/{evidence.pk}/take-back/", {"words": "It was ten."})
    assert Evidence.objects.get().taken_back_at is not None
    assert cleo.post(f"{address}/consultation/duty/", {"words": "An Act", "sent_as": str(uuid4())}).status_code == 302
