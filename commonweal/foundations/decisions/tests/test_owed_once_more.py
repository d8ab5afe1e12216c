"""'That is not what I meant': once, counted, by page, on paper and with a receipt."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from commonweal.foundations.decisions import actions as decisions
from commonweal.foundations.decisions import policy, queries
from commonweal.foundations.decisions.models import Answer, Owed, OwedLine, Reopening, Reply
from commonweal.foundations.notices import actions as notices
from commonweal.foundations.notices.models import Notice
from commonweal.foundations.people.models import Person
from commonweal.foundations.verbs import clock
from commonweal.foundations.verbs.refs import Ref

from .conftest import AT, Town

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
def owed(town: Town, monkeypatch: pytest.MonkeyPatch) -> Owed:
    monkeypatch.setattr(clock, "today", AT.date)
    lines = [(step.subject, person, step) for step, person in ((town.said, town.nia), (town.said_by_tom, town.tom))]
    return decisions.owe(
        subject=town.theme, because=town.said, by=town.cara, at=AT, working_days=20, lines=lines, title="Light"
    )


def answered(owed: Owed, town: Town, *, words: str = "Yes.", at: datetime = AT) -> Answer:
    corrects = queries.latest_answer(owed)
    decisions.draft(owed=owed, reason_code="adopted", words=words, by=town.cara, at=at, corrects=corrects)
    decisions.clear(owed=owed, by=town.dev, at=at)
    return decisions.publish(owed=owed, by=town.dev, at=at)


def line_of(owed: Owed, person: Person) -> OwedLine:
    return OwedLine.objects.get(owed=owed, person=person)


def missed(answer: Answer, person: Person, **more: object) -> Reply:
    line = line_of(answer.owed, person)
    given = {"by": person, "words": "I meant the other lamp.", "at": AT + DAY, "meant_otherwise": True} | more
    return decisions.reply(answer=answer, line=line, **given)  # type: ignore[arg-type]


def test_not_what_i_meant_owes_the_answer_once_more_by_a_new_date(owed: Owed, town: Town) -> None:
    answer = answered(owed, town)
    missed(answer, town.nia)
    owed.refresh_from_db()
    again = Reopening.objects.get(owed=owed)
    assert (owed.state, owed.answered_at, owed.first_answered_at) == ("open", None, AT)
    assert owed.due_on == again.due_on >= owed.first_due_on
    assert queries.missed(owed) == again
    assert list(queries.open_owed()) == [owed]


def test_a_reply_that_finds_it_right_reopens_nothing(owed: Owed, town: Town) -> None:
    missed(answered(owed, town), town.nia, meant_otherwise=False)
    owed.refresh_from_db()
    assert (owed.state, Reopening.objects.count()) == ("answered", 0)


def test_it_is_reopened_once_however_many_say_so(owed: Owed, town: Town) -> None:
    answer = answered(owed, town)
    missed(answer, town.nia)
    missed(answer, town.tom)
    second = answered(owed, town, words="Yes, the other one.")
    assert (second.corrects, Owed.objects.get(pk=owed.pk).state) == (answer, "answered")
    missed(second, town.nia)
    owed.refresh_from_db()
    assert (owed.state, Reopening.objects.count(), Reply.objects.filter(meant_otherwise=True).count()) == (
        "answered",
        1,
        3,
    )


def test_the_second_answer_is_told_to_everybody_and_the_first_stays(owed: Owed, town: Town) -> None:
    first = answered(owed, town)
    missed(first, town.nia)
    second = answered(owed, town, words="Yes, the other one.")
    told = Notice.objects.filter(about=second.step).values_list("to", flat=True)
    assert set(told) == {town.nia.pk, town.tom.pk}
    assert Answer.objects.get(pk=first.pk).words.text == "Yes."


def test_an_answer_that_came_in_time_stays_in_time_when_it_is_reopened(owed: Owed, town: Town) -> None:
    answer = answered(owed, town)
    before = queries.answer_rate(AT + 90 * DAY)
    missed(answer, town.nia)
    after = queries.answer_rate(AT + 90 * DAY)
    assert (after.due, after.answered_by_first_date) == (before.due, before.answered_by_first_date) == (1, 1)
    assert (before.overdue, after.overdue) == (0, 1)


def test_an_officer_with_a_link_answers_once_more(owed: Owed, town: Town, client: Client) -> None:
    missed(answered(owed, town), town.nia)
    offered = decisions.assign(owed=owed, name="Jo", email="jo@council.example", by=town.cara, at=clock.now())
    page = client.get(offered.path).content.decode()
    assert "I meant the other lamp." in page
    assert "The first answer" in page
    assert client.post(offered.path, {"reason_code": "adopted", "words": "The other one."}).status_code == 302
    draft = queries.current_draft(owed)
    assert draft is not None and draft.corrects == queries.latest_answer(owed)


def test_what_came_on_paper_is_keyed_in_and_reopens(owed: Owed, town: Town) -> None:
    reply = missed(answered(owed, town), town.nia, by=town.cara)
    assert (reply.keyed_in_by, Reopening.objects.get().reply) == (town.cara, reply)


def test_whoever_holds_the_receipt_says_it_without_an_account(owed: Owed, town: Town, client: Client) -> None:
    answer = answered(owed, town, at=clock.now())
    line = line_of(owed, town.nia)
    code = notices.receipt(subject=line.contribution, at=AT).code
    client.post(reverse("notices:receipt"), {"words": code})
    assert "That is not what I meant" in client.get(answer.get_absolute_url()).content.decode()
    sent = {"line": str(line.pk), "words": "The other lamp", "meant_otherwise": "on"}
    response = client.post(reverse("decisions:reply_to", args=[answer.pk]), sent, follow=True)
    assert "We will answer once more, by" in response.content.decode()
    reply = Reply.objects.get()
    assert (reply.line, reply.keyed_in_by, reply.person) == (line, None, town.nia)


def test_a_receipt_is_good_for_its_own_line_alone(owed: Owed, town: Town, client: Client) -> None:
    answer, other = answered(owed, town), line_of(owed, town.tom)
    receipt = notices.receipt(subject=line_of(owed, town.nia).contribution, at=AT).receipt
    with pytest.raises(decisions.NotYourLine):
        decisions.reply(answer=answer, line=other, words="No", by=receipt, at=AT)
    stranger = notices.receipt(subject=Ref("tests", "thing", answer.pk), at=AT).code
    client.post(reverse("notices:receipt"), {"words": stranger})
    sent = {"line": str(other.pk), "words": "The other lamp", "meant_otherwise": "on"}
    client.post(reverse("decisions:reply_to", args=[answer.pk]), sent)
    assert not Reply.objects.exists()


def test_without_receipt_or_sign_in_nobody_replies(owed: Owed, town: Town, client: Client) -> None:
    answer = answered(owed, town, at=clock.now())
    sent = {"line": str(line_of(owed, town.nia).pk), "words": "The other lamp", "meant_otherwise": "on"}
    client.post(reverse("decisions:reply_to", args=[answer.pk]), sent)
    assert not Reply.objects.exists()


def test_the_new_date_counts_in_working_days(owed: Owed, town: Town) -> None:
    answer = answered(owed, town, at=clock.now())
    late = AT + 27 * DAY
    missed(answer, town.nia, at=late)
    assert Reopening.objects.get().due_on > late.date() + timedelta(days=policy.ANSWER_AGAIN_WORKING_DAYS)
