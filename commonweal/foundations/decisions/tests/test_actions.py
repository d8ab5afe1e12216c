from datetime import date, timedelta
from threading import Barrier, Thread
from uuid import uuid4

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.utils import DatabaseError

from commonweal.foundations.audit import actions as audit
from commonweal.foundations.audit import claims
from commonweal.foundations.audit import queries as trail
from commonweal.foundations.audit.models import Entry
from commonweal.foundations.decisions import actions as decisions
from commonweal.foundations.decisions import queries
from commonweal.foundations.decisions.actions.answering import NotAsked
from commonweal.foundations.decisions.models import Answer, Decision, Draft, Owed, OwedLine
from commonweal.foundations.notices import actions as notices
from commonweal.foundations.notices.models import Notice
from commonweal.foundations.organisations import actions as organisations
from commonweal.foundations.people import actions as people
from commonweal.foundations.people import exporters
from commonweal.foundations.thread import queries as thread
from commonweal.foundations.thread import telling
from commonweal.foundations.verbs import guards
from commonweal.foundations.verbs.refs import SYSTEM
from commonweal.foundations.verbs.refusals import Refusal
from commonweal.methods.quantities import Money

from .conftest import AT, Town

DAY = timedelta(days=1)


def owe(town: Town, **also) -> Owed:
    lines = [(town.said.ref, town.nia, town.said), (town.said_by_tom.ref, town.tom, town.said_by_tom)]
    given = {"subject": town.theme, "because": town.said, "by": town.cara, "at": AT, "working_days": 10, "lines": lines}
    return decisions.owe(**{**given, **also})


def answered(town: Town, **also) -> Answer:
    owed = owe(town)
    decisions.draft(owed=owed, reason_code="adopted", words="We will do it.", by=town.cara, at=AT)
    decisions.clear(owed=owed, by=town.dev, at=AT)
    return decisions.publish(owed=owed, by=town.dev, at=AT + DAY)


# -- decide


def test_decide_keeps_everything_that_belongs_to_a_decision(town: Town) -> None:
    decision = decisions.decide(
        question="Which park is lit first?",
        options=["Oak Park", "Mill Park"],
        rule="Simple majority",
        by=town.cara,
        because=town.said,
        at=AT,
        outcome="Oak Park",
        reasons="It is the darker one.",
        dissents=[(town.library, "Mill Park is busier.")],
        interests=[(town.dev, "I live beside it.")],
    )
    assert [option.text for option in decision.options.order_by("place")] == ["Oak Park", "Mill Park"]
    assert decision.dissents.get().words.text == "Mill Park is busier."
    assert decision.interests.get().party == town.dev.ref
    assert thread.neighbours(decision.step)[0] == [town.said]
    assert len(Entry.objects.get(verb="decisions.decide").sealed_words) == 3


def test_decide_refuses_an_outcome_that_was_not_on_the_table(town: Town) -> None:
    with pytest.raises(decisions.OutcomeNotAnOption):
        decide_simply(town, outcome="Neither")


def test_decide_refuses_to_hide_without_a_rule(town: Town) -> None:
    with pytest.raises(decisions.ExemptBecauseWhat):
        decide_simply(town, is_public=False)


def decide_simply(town: Town, **also):
    given = {
        "question": "Shall we?",
        "options": ["Yes", "No"],
        "rule": "Chair decides",
        "by": town.cara,
        "because": town.said,
        "at": AT,
        "outcome": "Yes",
        "reasons": "Because.",
    }
    return decisions.decide(**{**given, **also})


def test_decide_refuses_a_form_sent_before_with_something_else_in_it_or_by_somebody_else(town: Town) -> None:
    number = uuid4()
    assert decide_simply(town, sent_as=number) == decide_simply(town, sent_as=number)
    for twisted in ({"outcome": "No"}, {"reasons": "Because of the rain."}, {"by": town.dev}):
        with pytest.raises(decisions.RecordedBefore):
            decide_simply(town, sent_as=number, **twisted)
    assert Decision.objects.count() == 1


# -- owing more


def test_owe_more_lets_the_answer_cover_what_came_later(town: Town) -> None:
    owed = owe(town, lines=[(town.said.ref, town.nia, town.said)])
    more = [(town.said_by_tom.ref, town.tom, town.said_by_tom)]
    decisions.owe_more(owed=owed, lines=more, by=town.cara, at=AT)
    decisions.draft(owed=owed, reason_code="adopted", words="Yes.", by=town.cara, at=AT)
    decisions.clear(owed=owed, by=town.dev, at=AT)
    answer = decisions.publish(owed=owed, by=town.dev, at=AT)
    assert Notice.objects.filter(about=answer.step, to=town.tom).exists()
    assert Entry.objects.filter(verb="decisions.owe_more").count() == 1


def test_owe_more_refuses_what_is_covered_and_what_is_answered(town: Town) -> None:
    more = [(town.said_by_tom.ref, town.tom, town.said_by_tom)]
    with pytest.raises(decisions.CoveredAlready):
        decisions.owe_more(owed=owe(town), lines=more, by=town.cara, at=AT)
    owed = answered(town).owed
    with pytest.raises(decisions.AnsweredAlready):
        decisions.owe_more(owed=owed, lines=more, by=town.cara, at=AT)
    assert not Entry.objects.filter(verb="decisions.owe_more").exists()


# -- assent


def test_the_latest_assent_counts_and_earlier_ones_stay_visible(town: Town) -> None:
    asked = decisions.ask_assent(
        subject=town.theme, party=town.library, by=town.cara, because=town.said, at=AT, asks_implementer=True
    )
    because = asked.asking.step
    for stance, words in (("dissent", "It is too early."), ("assent", "")):
        decisions.give_assent(
            subject=town.theme, party=town.library, stance=stance, words=words, by=town.dev, because=because, at=AT
        )
    assert [assent.stance for assent in queries.current_assents(town.theme)] == ["assent"]
    assert queries.assents_of(town.theme).count() == 2


def test_asking_tells_the_officers_of_the_party(town: Town) -> None:
    asked = decisions.ask_assent(subject=town.theme, party=town.library, by=town.cara, because=town.said, at=AT)
    assert Notice.objects.get(about=asked.asking.step).to == town.dev


def test_nobody_speaks_for_an_organisation_they_do_not_belong_to(town: Town) -> None:
    with pytest.raises(decisions.NotTheirsToGive):
        decisions.give_assent(
            subject=town.theme, party=town.library, stance="assent", by=town.nia, because=town.said, at=AT
        )


def test_a_reservation_says_what_it_is(town: Town) -> None:
    with pytest.raises(decisions.SayWhy):
        decisions.give_assent(
            subject=town.theme, party=town.library, stance="reservation", by=town.dev, because=town.said, at=AT
        )


def said_on_paper(town: Town, **also):
    given = {
        "subject": town.theme,
        "party": town.library,
        "stance": "reservation",
        "words": "Only if staffed.",
        "on_word_of": "The chair's letter",
        "given_on": AT.date() - DAY,
        "by": town.cara,
        "because": town.said,
        "at": AT,
    }
    return decisions.give_assent(**{**given, **also})


def test_what_a_party_said_on_paper_counts_like_what_it_says_on_a_screen(town: Town) -> None:
    assent = said_on_paper(town)
    assert (assent.person, assent.keyed_in_by, assent.given_on) == (None, town.cara, AT.date() - DAY)
    assert assent.on_word_of.text == "The chair's letter"
    assert [each.stance for each in queries.current_assents(town.theme)] == ["reservation"]
    assert Notice.objects.get(about=assent.step).to == town.dev
    assert len(Entry.objects.get(verb="decisions.key_in_assent").sealed_words) == 2


def test_only_convenors_key_in_and_only_what_was_said_last(town: Town) -> None:
    with pytest.raises(decisions.NotTheirsToGive):
        said_on_paper(town, by=town.nia)
    with pytest.raises(decisions.NotSaidYet):
        said_on_paper(town, given_on=AT.date() + DAY)
    decisions.give_assent(
        subject=town.theme, party=town.library, stance="assent", by=town.dev, because=town.said, at=AT
    )
    with pytest.raises(decisions.SaidSomethingSince):
        said_on_paper(town)
    assert queries.current_assents(town.theme).get().stance == "assent"


def test_a_convenor_cannot_answer_for_a_party_without_saying_how_we_know(town: Town) -> None:
    with pytest.raises(decisions.NotTheirsToGive):
        said_on_paper(town, on_word_of=" ")
    assent = said_on_paper(town)
    with guards.lifted(), pytest.raises(IntegrityError), transaction.atomic():
        type(assent).objects.filter(pk=assent.pk).update(on_word_of=None)


def test_an_ordinary_member_does_not_give_a_bodys_word_nor_is_asked_for_it(town: Town) -> None:
    council = organisations.found(name="Toy Council", kind="council", by=SYSTEM, at=AT, is_invented=True)
    for person, part in ((town.nia, "member"), (town.tom, "treasurer")):
        organisations.belong(person=person, organisation=council, by=SYSTEM, at=AT, from_on=AT.date() - DAY, part=part)
    decisions.ask_assent(subject=town.theme, party=council, by=town.cara, because=town.said, at=AT)
    said = {"subject": town.theme, "party": council, "stance": "assent", "because": town.said, "at": AT}
    with pytest.raises(decisions.NotTheirsToGive):
        decisions.give_assent(**said, by=town.nia)
    assert not queries.waiting_for(town.nia, AT)
    assert len(queries.waiting_for(town.tom, AT)) == 1
    assert decisions.give_assent(**said, by=town.tom).person == town.tom


def test_who_is_asked_is_whoever_speaks_for_the_body_on_that_day(town: Town) -> None:
    left, stays, comes = town.dev, town.nia, town.tom
    organisations.leave(membership=town.library.memberships.get(person=left), by=SYSTEM, at=AT, on=AT.date() + DAY)
    for person, part, from_on in ((stays, "officer", AT.date()), (comes, "officer", AT.date() + 9 * DAY)):
        organisations.belong(person=person, organisation=town.library, by=SYSTEM, at=AT, from_on=from_on, part=part)
    asked = decisions.ask_assent(
        subject=town.theme, party=town.library, by=town.cara, because=town.said, at=AT + 2 * DAY
    )
    assert [notice.to for notice in Notice.objects.filter(about=asked.asking.step)] == [stays]


def test_a_double_click_gives_one_assent(town: Town) -> None:
    number = uuid4()
    assert said_on_paper(town, sent_as=number) == said_on_paper(town, sent_as=number)
    assert queries.assents_of(town.theme).count() == 1
    for twisted in ({"words": "No."}, {"stance": "dissent"}, {"subject": town.said.ref}):
        with pytest.raises(decisions.SaidBefore):
            said_on_paper(town, sent_as=number, **twisted)


def test_an_officer_without_an_account_assents_once_by_link(town: Town) -> None:
    asked = decisions.ask_assent(
        subject=town.theme,
        party=town.library,
        by=town.cara,
        because=town.said,
        at=AT,
        name="Oona",
        email="oona@example.org",
    )
    assert asked.offered is not None
    given = {"subject": town.theme, "party": town.library, "by": asked.offered.link, "because": asked.asking.step}
    assent = decisions.give_assent(**given, stance="reservation", words="Only if staffed.", at=AT)
    assert assent.link == asked.offered.link and assent.person is None
    with pytest.raises(notices.LinkAlreadyUsed):
        decisions.give_assent(**given, stance="assent", at=AT)
    assert queries.current_assents(town.theme).get().stance == "reservation"


def test_a_link_for_one_party_cannot_speak_for_another(town: Town) -> None:
    asked = decisions.ask_assent(
        subject=town.theme, party=town.library, by=town.cara, because=town.said, at=AT, name="O", email="o@example.org"
    )
    assert asked.offered is not None
    with pytest.raises(decisions.NotTheirsToGive):
        decisions.give_assent(
            subject=town.theme, party=town.nia, stance="assent", by=asked.offered.link, because=town.said, at=AT
        )
    asked.offered.link.refresh_from_db()
    assert asked.offered.link.used_at is None


# -- owe and extend


def test_due_dates_count_in_working_days_of_the_place(town: Town) -> None:
    assert owe(town, working_days=10).due_on == date(2026, 3, 16)
    assert owe(town, working_days=24).due_on == date(2026, 4, 7)  # over Good Friday and Easter Monday


def test_an_extension_is_visible_and_the_first_date_stays(town: Town) -> None:
    owed = owe(town)
    decisions.extend(owed=owed, until=date(2026, 4, 1), because_words="We wait for a survey.", by=town.cara, at=AT)
    owed.refresh_from_db()
    assert (owed.first_due_on, owed.due_on) == (date(2026, 3, 16), date(2026, 4, 1))
    extension = queries.extensions_of(owed).get()
    assert (extension.before, extension.by, extension.words.text) == (
        date(2026, 3, 16),
        town.cara.ref,
        "We wait for a survey.",
    )
    with pytest.raises(decisions.DateNotLater):
        decisions.extend(owed=owed, until=date(2026, 3, 20), because_words="No.", by=town.cara, at=AT)


def test_the_first_date_cannot_be_changed_even_by_hand(town: Town) -> None:
    owed = owe(town)
    with pytest.raises(DatabaseError), transaction.atomic():
        Owed.objects.filter(pk=owed.pk).update(first_due_on=date(2026, 5, 1), due_on=date(2026, 5, 1))
    with guards.lifted(connection):  # the control: without the guard it can
        assert Owed.objects.filter(pk=owed.pk).update(first_due_on=date(2026, 5, 1), due_on=date(2026, 5, 1)) == 1


def test_owe_needs_a_date(town: Town) -> None:
    with pytest.raises(decisions.NoDateGiven):
        owe(town, working_days=None)


# -- the way of an answer


def test_an_answer_goes_from_officer_to_check_to_everybody_it_covers(town: Town) -> None:
    owed = owe(town)
    offered = decisions.assign(owed=owed, name="Oona", email="oona@example.org", by=town.cara, at=AT)
    decisions.draft(owed=owed, reason_code="adapted", words="In part.", by=offered.link, at=AT)
    decisions.clear(owed=owed, by=town.cara, at=AT)
    answer = decisions.publish(owed=owed, by=town.cara, at=AT + DAY)
    owed.refresh_from_db()
    assert (owed.state, owed.answered_at) == ("answered", AT + DAY)
    assert set(thread.neighbours(answer.step)[0]) == {owed.step, town.said, town.said_by_tom}
    told = Notice.objects.filter(about=answer.step, link=None)
    assert {(notice.to, notice.line) for notice in told} == {(town.nia, town.said), (town.tom, town.said_by_tom)}
    assert answer.drafted_by == offered.link.ref


def test_one_person_with_two_lines_is_told_once(town: Town) -> None:
    lines = [(town.said.ref, town.nia, town.said), (town.said_by_tom.ref, town.nia, town.said_by_tom)]
    owed = owe(town, lines=lines)
    decisions.draft(owed=owed, reason_code="adopted", words="Yes.", by=town.cara, at=AT)
    decisions.clear(owed=owed, by=town.dev, at=AT)
    answer = decisions.publish(owed=owed, by=town.dev, at=AT)
    assert Notice.objects.filter(about=answer.step).count() == 1
    assert len(queries.lines_of(town.nia, owed)) == 2


def test_publish_needs_a_draft_and_clearing(town: Town) -> None:
    owed = owe(town)
    with pytest.raises(decisions.NoDraft):
        decisions.publish(owed=owed, by=town.cara, at=AT)
    decisions.draft(owed=owed, reason_code="adopted", words="Yes.", by=town.cara, at=AT)
    with pytest.raises(decisions.NotCleared):
        decisions.publish(owed=owed, by=town.cara, at=AT)


def test_nobody_clears_what_they_wrote(town: Town) -> None:
    owed = owe(town)
    decisions.draft(owed=owed, reason_code="adopted", words="Yes.", by=town.cara, at=AT)
    with pytest.raises(decisions.NotTheDrafter):
        decisions.clear(owed=owed, by=town.cara, at=AT)


def test_nobody_clears_what_they_wrote_by_a_link_to_their_own_address(town: Town) -> None:
    owed = owe(town)
    offered = decisions.assign(owed=owed, name="Cara", email="CARA@example.org", by=town.dev, at=AT)
    decisions.draft(owed=owed, reason_code="adopted", words="Yes.", by=offered.link, at=AT)
    with pytest.raises(decisions.NotTheDrafter):
        decisions.clear(owed=owed, by=town.cara, at=AT)


def test_the_database_too_refuses_a_self_cleared_draft(town: Town) -> None:
    owed = owe(town)
    decisions.draft(owed=owed, reason_code="adopted", words="Yes.", by=town.cara, at=AT)
    with pytest.raises(IntegrityError), transaction.atomic():
        Draft.objects.filter(owed=owed).update(cleared_by=town.cara.ref, cleared_at=AT)


def test_a_new_draft_has_to_be_cleared_anew(town: Town) -> None:
    owed = owe(town)
    decisions.draft(owed=owed, reason_code="adopted", words="Yes.", by=town.cara, at=AT)
    decisions.clear(owed=owed, by=town.dev, at=AT)
    decisions.draft(owed=owed, reason_code="outvoted", words="No.", by=town.cara, at=AT)
    with pytest.raises(decisions.NotCleared):
        decisions.publish(owed=owed, by=town.dev, at=AT)
    assert Draft.objects.filter(owed=owed, is_current=True).count() == 1
    with pytest.raises(IntegrityError), transaction.atomic():
        Draft.objects.filter(owed=owed).update(is_current=True)


def test_too_costly_says_how_much_and_referred_says_to_whom(town: Town) -> None:
    owed = owe(town)
    with pytest.raises(decisions.HowMuch):
        decisions.draft(owed=owed, reason_code="too_costly", words="No.", by=town.cara, at=AT)
    with pytest.raises(decisions.SayToWhom):
        decisions.draft(owed=owed, reason_code="referred", words="Passed on.", by=town.cara, at=AT)
    draft = decisions.draft(
        owed=owed, reason_code="too_costly", words="No.", cost=Money.pounds(90000), by=town.cara, at=AT
    )
    assert draft.cost == Money.pounds(90000)


def test_a_published_answer_never_changes_even_by_hand(town: Town) -> None:
    answer = answered(town)
    with pytest.raises(DatabaseError), transaction.atomic():
        Answer.objects.filter(pk=answer.pk).update(reason_code="outvoted")
    with pytest.raises(DatabaseError), transaction.atomic():
        Answer.objects.filter(pk=answer.pk).delete()
    with guards.lifted(connection):
        assert Answer.objects.filter(pk=answer.pk).update(reason_code="outvoted") == 1


def test_an_answered_promise_takes_no_second_answer_but_a_correction(town: Town) -> None:
    answer = answered(town)
    with pytest.raises(decisions.AlreadyAnswered):
        decisions.draft(owed=answer.owed, reason_code="adopted", words="Again.", by=town.cara, at=AT)
    decisions.draft(owed=answer.owed, reason_code="adapted", words="In part.", by=town.cara, at=AT, corrects=answer)
    decisions.clear(owed=answer.owed, by=town.dev, at=AT)
    corrected = decisions.publish(owed=answer.owed, by=town.dev, at=AT + 2 * DAY)
    assert corrected.corrects == answer
    assert queries.latest_answer(answer.owed) == corrected
    assert list(queries.answers_about(town.theme)) == [answer, corrected]


def test_a_link_for_one_answer_cannot_draft_another_and_is_not_used_up(town: Town) -> None:
    one, other = owe(town), owe(town)
    offered = decisions.assign(owed=one, name="Oona", email="oona@example.org", by=town.cara, at=AT)
    with pytest.raises(NotAsked):
        decisions.draft(owed=other, reason_code="adopted", words="Yes.", by=offered.link, at=AT)
    offered.link.refresh_from_db()
    assert offered.link.used_at is None


def test_assigning_again_makes_the_earlier_link_useless(town: Town) -> None:
    owed = owe(town)
    first = decisions.assign(owed=owed, name="Oona", email="oona@example.org", by=town.cara, at=AT)
    second = decisions.assign(owed=owed, name="Piotr", email="piotr@example.org", by=town.cara, at=AT)
    with pytest.raises(notices.LinkWithdrawn):
        decisions.draft(owed=owed, reason_code="adopted", words="Yes.", by=first.link, at=AT)
    decisions.draft(owed=owed, reason_code="adopted", words="Yes.", by=second.link, at=AT)


def test_a_refused_publish_tells_nobody(town: Town) -> None:
    owed = owe(town)
    with pytest.raises(decisions.NoDraft):
        decisions.publish(owed=owed, by=town.cara, at=AT)
    assert not Notice.objects.exists()


# -- reply


def test_a_person_replies_once_within_the_time(town: Town) -> None:
    answer = answered(town)
    line = OwedLine.objects.get(owed=answer.owed, person=town.nia)
    written = decisions.reply(answer=answer, line=line, words="That is not what I asked.", by=town.nia, at=AT + DAY)
    assert written.keyed_in_by is None
    told = Notice.objects.filter(about=written.step).values_list("to", flat=True)
    assert set(told) == {town.cara.pk, town.dev.pk}, "who wrote it, and who published it"
    with pytest.raises(decisions.RepliedAlready):
        decisions.reply(answer=answer, line=line, words="And also.", by=town.nia, at=AT + DAY)


def test_a_reply_after_the_time_is_refused(town: Town) -> None:
    answer = answered(town)
    line = OwedLine.objects.get(owed=answer.owed, person=town.nia)
    assert answer.reply_until == date(2026, 3, 31)
    with pytest.raises(decisions.ReplyTooLate):
        decisions.reply(answer=answer, line=line, words="Late.", by=town.nia, at=AT + 40 * DAY)


def test_nobody_replies_on_somebody_elses_line_but_a_convenor_keys_in(town: Town) -> None:
    answer = answered(town)
    line = OwedLine.objects.get(owed=answer.owed, person=town.nia)
    with pytest.raises(decisions.answering.NotYours):
        decisions.reply(answer=answer, line=line, words="Me too.", by=town.tom, at=AT + DAY)
    keyed = decisions.reply(answer=answer, line=line, words="By letter.", by=town.cara, at=AT + DAY)
    assert (keyed.person, keyed.keyed_in_by) == (town.nia, town.cara)


# -- rates


def test_the_answer_rate_counts_what_was_due_and_what_came_by_the_first_date(town: Town) -> None:
    assert queries.answer_rate(AT).share is None
    answered(town)
    owe(town)
    late = owe(town)
    decisions.extend(owed=late, until=date(2026, 6, 1), because_words="Survey.", by=town.cara, at=AT)
    rate = queries.answer_rate(AT + 60 * DAY)
    assert (rate.due, rate.answered, rate.answered_by_first_date, rate.overdue) == (3, 1, 1, 1)
    assert [owed.state for owed in queries.overdue(AT + 60 * DAY)] == ["open"]
    assert queries.reasons_given() == {"adopted": 1}


# -- what is not public, who is erased, who comes at the same moment


def test_a_private_answer_is_told_to_those_it_answers_and_to_nobody_else(town: Town) -> None:
    owed = owe(town, is_public=False, lines=[(town.said.ref, town.nia, town.said)])
    decisions.draft(owed=owed, reason_code="adopted", words="For Nia.", by=town.cara, at=AT)
    decisions.clear(owed=owed, by=town.dev, at=AT)
    answer = decisions.publish(owed=owed, by=town.dev, at=AT)
    steps = [owed.step, answer.step]

    def quotes(person) -> list[str]:
        return [line.quote for line in telling.lines(steps, person=person)]

    assert quotes(town.nia)[1] == quotes(town.cara)[1] == "For Nia."
    assert quotes(town.tom) == quotes(None) == ["", ""]


def test_erasing_a_person_takes_their_reply_and_leaves_the_answer(town: Town) -> None:
    answer = answered(town)
    line = OwedLine.objects.get(owed=answer.owed, person=town.nia)
    reply = decisions.reply(answer=answer, line=line, words="I live at 3 Mill Lane.", by=town.nia, at=AT + DAY)
    people.erase(person=town.nia, by=SYSTEM, at=AT + DAY)
    reply.words.refresh_from_db()
    answer.words.refresh_from_db()
    assert (reply.words.text, answer.words.text) == ("", "We will do it.")


def test_erasing_a_person_takes_what_they_agreed_to_in_their_own_name(town: Town) -> None:
    said = decisions.give_assent(
        subject=town.said.ref,
        party=town.nia,
        stance="dissent",
        words="I live next door.",
        by=town.nia,
        because=town.said,
        at=AT,
    )
    people.erase(person=town.nia, by=SYSTEM, at=AT + DAY)
    said.words.refresh_from_db()
    assert said.words.text == ""


def side_by_side(act, how_many: int = 4) -> list[str]:
    """Let several act at once; what each came to, by name."""
    line, came = Barrier(how_many), []

    def run() -> None:
        try:
            line.wait(timeout=20)
            act()
            came.append("done")
        except Refusal as refusal:
            came.append(type(refusal).__name__)
        finally:
            connection.close()

    threads = [Thread(target=run) for _ in range(how_many)]
    for thread_ in threads:
        thread_.start()
    for thread_ in threads:
        thread_.join()
    return sorted(came)


@pytest.mark.races
@pytest.mark.django_db(transaction=True)
def test_of_four_who_publish_at_once_one_does(town: Town) -> None:
    owed = owe(town)
    decisions.draft(owed=owed, reason_code="adopted", words="Yes.", by=town.cara, at=AT)
    decisions.clear(owed=owed, by=town.dev, at=AT)
    came = side_by_side(lambda: decisions.publish(owed=owed, by=town.dev, at=AT))
    assert came == ["NoDraft", "NoDraft", "NoDraft", "done"]
    assert Notice.objects.filter(about=Answer.objects.get().step).count() == 2


@pytest.mark.races
@pytest.mark.django_db(transaction=True)
def test_assents_given_at_once_stand_one_after_another(town: Town) -> None:
    def agree() -> None:
        decisions.give_assent(
            subject=town.theme, party=town.library, stance="assent", by=town.dev, because=town.said, at=AT
        )

    came = side_by_side(agree)
    assert set(came) <= {"done", "SaidAtOnce"} and "done" in came
    numbers = list(queries.assents_of(town.theme).order_by("number").values_list("number", flat=True))
    assert numbers == list(range(1, came.count("done") + 1))


@pytest.mark.races
@pytest.mark.django_db(transaction=True)
def test_of_four_replies_at_once_one_is_kept(town: Town) -> None:
    answer = answered(town)
    line = OwedLine.objects.get(owed=answer.owed, person=town.nia)
    came = side_by_side(lambda: decisions.reply(answer=answer, line=line, words="No.", by=town.nia, at=AT + DAY))
    assert came == ["RepliedAlready", "RepliedAlready", "RepliedAlready", "done"]


def test_a_decided_question_that_somebody_exchanges_is_found(town, settings, tmp_path, monkeypatch):
    settings.VAR = tmp_path
    decided = decisions.decide(
        question="Shall the benches come back?",
        options=["Yes", "No"],
        rule="simple majority",
        by=town.cara,
        because=town.said,
        at=AT,
        outcome="Yes",
        reasons="People asked for them.",
    )
    owe(town)
    audit.seal(at=AT)
    assert trail.verify().is_sound

    with guards.lifted():
        Decision.objects.filter(pk=decided.pk).update(question="Shall the benches stay away?")
        [fault] = trail.verify().faults
        assert fault.kind == "changed"
        assert str(decided.pk) in fault.says
        Decision.objects.filter(pk=decided.pk).update(question="Shall the benches come back?")
        decided.options.filter(text="No").update(text="Never")
        assert not trail.verify().is_sound
        monkeypatch.delitem(claims._texts_of, "decisions.decide")
        assert trail.verify().is_sound, "the control: nothing else would have shown it"


def test_a_promise_that_somebody_calls_otherwise_is_found(town, settings, tmp_path):
    settings.VAR = tmp_path
    promised = owe(town)
    audit.seal(at=AT)
    with guards.lifted():
        Owed.objects.filter(pk=promised.pk).update(title="Something else")
    assert [fault.kind for fault in trail.verify().faults] == ["changed"]


def test_a_person_takes_what_they_were_answered_and_what_they_said(town: Town) -> None:
    answer = answered(town)
    line = OwedLine.objects.get(owed=answer.owed, person=town.nia)
    decisions.reply(answer=answer, line=line, words="Which month?", by=town.nia, at=AT + DAY)
    decisions.give_assent(
        subject=town.theme, party=town.nia, stance="dissent", words="Too dear.", by=town.nia, because=town.said, at=AT
    )
    mine, toms = exporters.everything_of(town.nia)["decisions"], exporters.everything_of(town.tom)["decisions"]
    assert [each["answer"]["words"] for each in mine["answers owed to you"]] == ["We will do it."]
    assert [each["words"] for each in mine["replies"]] == ["Which month?"]
    assert [(each["for"], each["words"]) for each in mine["whether you agreed"]] == [("Nia", "Too dear.")]
    assert not toms["replies"] and not toms["whether you agreed"]
    wrote = exporters.everything_of(town.cara)["decisions"]["answers you wrote"]
    assert [each["words"] for each in wrote] == ["We will do it."]


def test_a_person_takes_what_they_were_told_and_what_they_follow(town: Town) -> None:
    notices.follow(step=town.said, by=town.nia, at=AT)
    answered(town)
    mine = exporters.everything_of(town.nia)["notices"]
    assert mine["wishes"] == {"news of what is yours": True, "weekly summary": True}
    assert [each["what"] for each in mine["follows"]] == ["Something was said"]
    assert [each["what"] for each in mine["was told"]] == ["An answer was given. Yes: we will do this"]
