"""The golden thread and the public account, through the client, on one small story."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from django.test import Client
from django.urls import reverse

from commonweal.do.initiatives import actions as initiatives
from commonweal.foundations.decisions import actions as decisions
from commonweal.foundations.decisions.queries import AnswerRate
from commonweal.foundations.organisations import actions as organisations
from commonweal.foundations.people import actions as people
from commonweal.foundations.people.models import Person
from commonweal.foundations.thread import actions as thread
from commonweal.foundations.thread.models import Step
from commonweal.foundations.verbs.refs import SYSTEM
from commonweal.methods.quantities import Minutes, Money, Period
from commonweal.plan.outcomes import actions as outcomes
from commonweal.review.accountability import queries
from commonweal.review.learning import actions as learning
from commonweal.review.learning.models import Lesson
from commonweal.understand.dialogue import actions as dialogue
from commonweal.understand.dialogue.models import Contribution

AT = datetime(2026, 3, 2, 10, tzinfo=UTC)


@pytest.fixture
def story(db: None) -> list[Step]:
    """An invented story: a problem, an agreed outcome, a purse, a number, a lesson."""
    cara = people.join(name="Cara", email="cara@example.org", at=AT, is_invented=True)
    olu = people.join(name="Olu", email="olu@example.org", at=AT, is_invented=True)
    council = organisations.found(name="Invented Council", kind="council", by=SYSTEM, at=AT, is_invented=True)
    organisations.belong(person=olu, organisation=council, by=SYSTEM, at=AT, from_on=date(2026, 1, 1), part="officer")
    concern = outcomes.raise_concern(words="The benches are gone.", by=cara, because=None, at=AT)
    outcome = outcomes.propose_outcome(
        concern=concern, statement="Older people can rest.", implementers=[council], by=cara, at=AT
    )
    outcomes.answer(outcome=outcome, organisation=council, stance="assent", words="", by=olu, at=AT)
    outcome = outcomes.agree(outcome=outcome, by=cara, at=AT)
    indicator = outcomes.define_indicator(
        outcome=outcome,
        name="Benches",
        definition="Benches that can be used.",
        unit="benches",
        direction="up",
        kind="output",
        owner=council,
        baseline=Decimal(12),
        baseline_period=Period(date(2025, 1, 1), date(2026, 1, 1)),
        baseline_source="Counted on foot",
        by=cara,
        at=AT,
    )
    initiative = initiatives.begin(title="Benches", story="Put back.", lead=cara, by=cara, because=outcome.step, at=AT)
    initiatives.join(initiative=initiative, organisation=council, role="funds", by=olu, at=AT)
    fund = initiatives.open_fund(initiative=initiative, host=council, purpose="Benches", by=cara, at=AT)
    initiatives.contribute(fund=fund, organisation=council, amount=Money.pounds(100), by=olu, at=AT)
    initiatives.contribute(fund=fund, organisation=council, amount=Minutes.hours(5), by=olu, at=AT)
    reading = outcomes.record_reading(
        indicator=indicator,
        value=Decimal(14),
        period=Period(date(2026, 1, 1), date(2026, 2, 1)),
        provenance="Counted on foot",
        by=olu,
        at=AT,
    )
    lesson = learning.keep_lesson(
        what="Shade helps.", why="People sit longer.", context="A hot ward.", by=cara, because=reading.step, at=AT
    )
    return [concern.step, initiative.step, lesson.step]


def text_of(address: str) -> str:
    answer = Client().get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def thread_page(step: Step, query: str = "") -> str:
    return text_of(reverse("thread:story", args=[step.uuid]) + query)


def test_the_whole_story_is_told_in_order_from_any_step(story: list[Step]) -> None:
    for step in story:
        page = thread_page(step).partition('id="part-1"')[2]  # below the list of its parts
        told = ["The benches are gone.", "It was agreed what good looks like", "“Benches” began", "Shade helps."]
        places = [page.index(said) for said in told]
        assert places == sorted(places)


def test_one_way_only_is_told_when_asked(story: list[Step]) -> None:
    first, begun, last = story
    assert "Shade helps." not in thread_page(last, "?part=before")
    assert "The benches are gone." in thread_page(last, "?part=before")
    assert "The benches are gone." not in thread_page(begun, "?part=after")
    assert "Invented Council put £100.00" in thread_page(begun, "?part=after")
    assert "A story begins here." in thread_page(first, "?part=before")
    assert "Shade helps." in thread_page(first, "?part=nonsense")


def test_a_stranger_learns_of_a_private_step_only_that_it_is_there(story: list[Step]) -> None:
    first, _begun, _last = story
    hidden = thread.record(kind="outcomes.rewording", subject=first.subject, because=first, at=AT, audience="parties")
    thread.record(kind="outcomes.rewording", subject=first.subject, because=hidden, at=AT)
    page = thread_page(first)
    assert page.count("A step that is not public") == 1
    assert str(hidden.uuid) not in page
    assert Client().get(reverse("thread:story", args=[hidden.uuid])).status_code == 404


def test_the_story_is_cut_where_it_goes_to_another_stage(story: list[Step]) -> None:
    stages = Client().get(reverse("thread:story", args=[story[0].uuid])).context["stretches"]
    assert [stretch.stage for stretch in stages] == ["plan", "do", "review"]


def test_an_empty_account_says_what_cannot_be_known(db: None) -> None:
    page = text_of(reverse("accountability:account"))
    for said in (
        "this cannot be known",
        "First somebody says something in a conversation.",
        "Nothing is agreed yet.",
        "First people say what is wrong.",
        "No money has come in yet.",
        "No time has been promised yet.",
        "No lesson is kept yet.",
    ):
        assert said in page
    assert "Follow one voice" not in page


@pytest.mark.parametrize(
    ("number", "said"),
    [
        (1, ["1 answer was promised", "1 was given", "1 came by the first date", "1 is late now"]),
        (2, ["2 answers were promised", "2 were given", "2 came by the first date", "2 are late now"]),
    ],
)
def test_one_answer_is_told_as_one(number: int, said: list[str]) -> None:
    promised = queries.promised(AnswerRate(number, number, number, number))
    assert [f"{count} {word}" for count, word in promised] == said


def test_an_answer_promised_for_a_later_day_is_no_answer_that_was_due(story: list[Step]) -> None:
    cara = Person.objects.get(name="Cara")
    owed = [decisions.owe(subject=step, because=step, by=cara, at=AT, due_on=date(2099, 1, 1)) for step in story[:2]]
    page = reverse("accountability:account")
    assert "cannot be known" in text_of(page)
    decisions.draft(owed=owed[0], reason_code="adopted", words="Yes.", by=cara, at=AT)
    decisions.clear(owed=owed[0], by=Person.objects.get(name="Olu"), at=AT)
    decisions.publish(owed=owed[0], by=cara, at=AT)
    said = text_of(page)
    assert "answer was promised" in said
    assert "was due" not in said
    assert "once that day has come or the answer was given" in said


@pytest.fixture
def voice(story: list[Step]) -> tuple[Contribution, Lesson]:
    """What somebody said, and a lesson that came of it; older than the lesson of what bodies did by themselves."""
    cara, nia = Person.objects.get(name="Cara"), people.join(name="Nia", email="nia@example.org", at=AT)
    before = AT - timedelta(days=9)
    asked = dialogue.open_conversation(question="Benches?", why="x", promise="x", by=cara, because=None, at=before)
    said = dialogue.suggest(conversation=asked, words="Nowhere to rest.", by=nia, at=before)
    concern = outcomes.raise_concern(words="The bus stop has no seat.", by=cara, because=said.step, at=before)
    learned = {"what": "Ask first.", "why": "They know.", "context": "Here."}
    return said, learning.keep_lesson(**learned, by=cara, because=concern.step, at=before)


def test_the_account_leads_to_the_newest_story_that_begins_with_somebodys_word(
    story: list[Step], voice: tuple[Contribution, Lesson]
) -> None:
    said, lesson = voice
    page = text_of(reverse("accountability:account"))
    whole = reverse("thread:story", args=[lesson.step.uuid])
    assert lesson.kept_at < Lesson.objects.get(step=story[-1]).kept_at
    assert f'href="{whole}">Follow one voice all the way round' in page
    assert "Nowhere to rest." in text_of(whole)
    dialogue.hold(contribution=said, by=Person.objects.get(name="Cara"), reason="personal", at=AT)
    assert queries.whole_story(queries.newest_lessons()) is None, "what is held back is nobody's to follow"


def test_without_a_voice_no_link_promises_one(story: list[Step]) -> None:
    for address in (reverse("accountability:account"), reverse("front:home")):
        assert "Follow one voice" not in text_of(address)
    assert queries.whole_story(queries.newest_lessons()) is None and Lesson.objects.exists()


def test_the_account_shows_pounds_hours_results_with_their_rung_and_lessons(story: list[Step]) -> None:
    page = text_of(reverse("accountability:account"))
    for said in (
        "£100.00 came in",
        "5 h was promised",
        "£0.00 was paid out",
        "it began at 12\N{NO-BREAK SPACE}benches (2025)",
        "now 14\N{NO-BREAK SPACE}benches (Jan 2026)",
        "£100.00 in the funds",
        "Claimed: nobody has checked what caused this",
        "Shade helps.",
    ):
        assert said in page


@pytest.mark.parametrize("page", ["account", "thread"])
def test_a_page_asks_at_most_twelve_questions(
    story: list[Step], page: str, django_assert_max_num_queries: object
) -> None:
    address = reverse("accountability:account") if page == "account" else reverse("thread:story", args=[story[0].uuid])
    Client().get(address)
    with django_assert_max_num_queries(12):  # type: ignore[operator]
        assert Client().get(address).status_code == 200
