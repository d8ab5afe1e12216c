"""Lessons: the verb through the database, the pages through the client."""

from datetime import UTC, date, datetime
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from commonweal.foundations.people import actions as people
from commonweal.foundations.people.models import Person
from commonweal.foundations.thread.models import Step
from commonweal.foundations.verbs.refs import SYSTEM
from commonweal.plan.outcomes import actions as outcomes
from commonweal.review.learning import actions as learning
from commonweal.review.learning.forms import LessonForm
from commonweal.review.learning.models import Lesson

AT = datetime(2026, 3, 2, 10, tzinfo=UTC)
SAID = {"what": "Benches work where there is shade.", "why": "People sit longer.", "context": "A hot, hilly ward."}


@pytest.fixture
def cara(db: None) -> Person:
    """An invented convenor."""
    person = people.join(name="Cara", email="cara@example.org", at=AT, is_invented=True)
    people.entrust(person=person, kind="convenor", by=SYSTEM, at=AT, from_on=date(2026, 1, 1))
    return person


@pytest.fixture
def nia(db: None) -> Person:
    """An invented resident."""
    return people.join(name="Nia", email="nia@example.org", at=AT, is_invented=True)


@pytest.fixture
def step(cara: Person) -> Step:
    return outcomes.raise_concern(words="The benches are gone.", by=cara, because=None, at=AT).step


def kept(cara: Person, step: Step) -> Lesson:
    return learning.keep_lesson(**SAID, by=cara, because=step, at=AT)


def signed_in(person: Person) -> Client:
    client = Client()
    client.force_login(person.sign_in)
    return client


def test_a_lesson_says_what_it_was_learned_from(cara: Person, step: Step) -> None:
    assert list(kept(cara, step).step.causes.all()) == [step]
    with pytest.raises(learning.LearnedFromNothing):
        learning.keep_lesson(**SAID, by=cara, because=[], at=AT)


def test_a_kept_lesson_is_never_changed(cara: Person, step: Step) -> None:
    lesson = kept(cara, step)
    with pytest.raises(IntegrityError), transaction.atomic():
        Lesson.objects.filter(pk=lesson.pk).delete()


def test_an_empty_list_says_so(db: None) -> None:
    assert "No lesson is kept yet." in Client().get(reverse("learning:lessons")).content.decode()


def test_strangers_read_a_lesson_and_only_a_convenor_opens_the_next_conversation(cara: Person, step: Step) -> None:
    lesson = kept(cara, step)
    page = Client().get(lesson.get_absolute_url()).content.decode()
    for said in SAID.values():
        assert said in page
    assert "Open the next conversation" not in page
    assert f"?because={lesson.step.uuid}" in signed_in(cara).get(lesson.get_absolute_url()).content.decode()
    assert "Benches work" in Client().get(reverse("learning:lessons")).content.decode()


def test_a_page_tells_its_head_without_its_body(cara: Person, step: Step) -> None:
    for address in (reverse("learning:lessons"), kept(cara, step).get_absolute_url()):
        assert Client().head(address).status_code == 200


def test_a_lesson_is_kept_from_steps_by_hand(cara: Person, step: Step) -> None:
    client = signed_in(cara)
    address = f"{reverse('learning:keep')}?because={step.uuid}"
    assert "It was learned from this" in client.get(address).content.decode()
    sent = SAID | {"sent_as": str(uuid4())}
    assert client.post(address, sent | {"why": ""}).status_code == 422
    for _ in range(2):
        assert client.post(address, sent).status_code == 302
    assert client.post(address, sent | {"why": "Otherwise."}).status_code == 422
    assert list(Lesson.objects.get().step.causes.all()) == [step]


@pytest.mark.parametrize("left_out", SAID)
def test_everything_that_is_asked_is_needed_and_nothing_says_otherwise(left_out: str) -> None:
    sent = {name: words for name, words in SAID.items() if name != left_out}
    assert set(LessonForm(sent | {"sent_as": str(uuid4())}).errors) == {left_out}
    assert "(optional)" not in str(LessonForm())


def test_a_lesson_from_nothing_is_not_kept(cara: Person) -> None:
    client = signed_in(cara)
    assert "Open its page first" in client.get(reverse("learning:keep")).content.decode()
    assert client.post(reverse("learning:keep"), SAID | {"sent_as": str(uuid4())}).status_code == 422
    assert client.get(f"{reverse('learning:keep')}?because={uuid4()}").status_code == 404
    assert client.get(f"{reverse('learning:keep')}?because=nonsense").status_code == 404
    assert not Lesson.objects.exists()


def test_residents_and_strangers_may_not_keep_one(nia: Person) -> None:
    assert signed_in(nia).get(reverse("learning:keep")).status_code == 403
    assert Client().get(reverse("learning:keep")).status_code == 302


@pytest.mark.parametrize("page", ["lessons", "lesson"])
def test_a_page_asks_no_more_when_it_holds_more(
    cara: Person, step: Step, page: str, django_assert_max_num_queries: object
) -> None:
    lessons = [kept(cara, step) for _ in range(12)]
    address = reverse("learning:lessons") if page == "lessons" else lessons[0].get_absolute_url()
    Client().get(address)
    with django_assert_max_num_queries(12):  # type: ignore[operator]
        assert Client().get(address).status_code == 200
