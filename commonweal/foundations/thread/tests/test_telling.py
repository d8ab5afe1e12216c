from collections.abc import Callable
from types import SimpleNamespace

import pytest
from django.test import Client

from commonweal.foundations.audit import actions as audit
from commonweal.foundations.audit.models import Words
from commonweal.foundations.audit.wording import shown
from commonweal.foundations.thread import kinds, queries, telling
from commonweal.foundations.thread.models import Step

from .conftest import NOON


def test_a_title_says_the_name_and_the_quote_comes_from_the_subject(toy: SimpleNamespace) -> None:
    (line,) = telling.lines([toy.said_1])
    assert (line.title, line.quote, line.word) == ("Ann Example made a suggestion", "Ann Example", "Suggestion")


def test_a_name_that_was_erased_is_someone_and_its_quote_is_gone(toy: SimpleNamespace) -> None:
    toy.ann.name = ""
    toy.ann.save()
    (line,) = telling.lines([toy.said_1])
    assert (line.title, line.quote) == ("someone made a suggestion", "")


def test_a_stranger_reads_that_a_step_is_not_public_without_kind_or_date(toy: SimpleNamespace) -> None:
    (line,) = telling.lines([toy.paid])
    assert (line.title, line.at, line.word, line.uuid, line.page) == ("A step that is not public", None, "", None, None)


def test_a_step_of_a_plan_does_not_show_to_a_stranger_at_all(step) -> None:  # type: ignore[no-untyped-def]
    assert telling.lines([step(audience="plan")]) == []


def test_the_people_whom_a_kind_names_see_its_closed_steps(step, toy: SimpleNamespace) -> None:  # type: ignore[no-untyped-def]
    kinds.declare(
        "toy.plan",
        title="A plan began",
        seen_by=lambda person, steps: {s.pk for s in steps} if person == toy.ann else set(),
    )
    closed = step("toy.plan", audience="plan")
    assert [line.title for line in telling.lines([closed], person=toy.ann)] == ["A plan began"]
    assert telling.lines([closed], person=object()) == []


def test_telling_asks_once_however_many_steps_there_are(toy: SimpleNamespace, django_assert_num_queries) -> None:  # type: ignore[no-untyped-def]
    steps = list(queries.story(toy.said_1))
    with django_assert_num_queries(1):
        telling.lines(steps)


def test_the_page_of_a_step_says_why_it_happened_and_what_came_of_it(client: Client, toy: SimpleNamespace) -> None:
    page = client.get(f"/thread/{toy.theme.uuid}/").content.decode()
    assert page.count("Ann Example made a suggestion") == 2
    assert str(toy.answer.uuid) in page


def test_the_page_of_a_closed_step_is_not_there_for_a_stranger(client: Client, toy: SimpleNamespace) -> None:
    assert client.get(f"/thread/{toy.paid.uuid}/").status_code == 404


def test_the_story_page_hides_the_closed_step_and_nothing_after_it(client: Client, toy: SimpleNamespace) -> None:
    page = client.get(f"/thread/{toy.said_1.uuid}/story/").content.decode()
    assert "A step that is not public" in page
    assert str(toy.paid.uuid) not in page
    assert str(toy.lesson.uuid) in page


def test_the_story_page_begins_with_its_span_and_a_way_to_each_part(client: Client, toy: SimpleNamespace) -> None:
    page = client.get(f"/thread/{toy.said_1.uuid}/story/")
    first, last = page.context["span"]
    assert first < last
    assert page.content.decode().count('href="#part-') == page.content.decode().count('id="part-') > 1


def test_the_span_of_a_story_does_not_tell_when_a_closed_step_was(
    client: Client, toy: SimpleNamespace, step: Callable[..., Step]
) -> None:
    hidden = step("toy.event", because=toy.said_1, audience="parties")
    page = client.get(f"/thread/{toy.said_1.uuid}/story/")
    assert page.context["span"][1] < hidden.at


def test_the_story_page_asks_the_same_number_of_questions_for_more_steps(
    client: Client,
    step,
    toy: SimpleNamespace,
    django_assert_max_num_queries,  # type: ignore[no-untyped-def]
) -> None:
    last: Step = toy.begun
    for _ in range(120):
        last = step(because=last)
    with django_assert_max_num_queries(12):
        assert client.get(f"/thread/{last.uuid}/story/?page=2").status_code == 200


def test_a_story_is_cut_where_it_goes_from_one_stage_to_the_next(toy: SimpleNamespace) -> None:
    cut = telling.stretches(telling.lines(list(queries.story(toy.said_1))))
    assert [(stretch.stage, len(stretch.lines)) for stretch in cut] == [("understand", 2), ("do", 5), ("understand", 1)]


def test_the_story_page_shows_only_what_came_of_a_step_when_asked(client: Client, toy: SimpleNamespace) -> None:
    page = client.get(f"/thread/{toy.theme.uuid}/story/?part=after").content.decode()
    assert str(toy.answer.uuid) in page
    assert str(toy.said_1.uuid) not in page


@pytest.fixture
def spoken(step: Callable[..., Step]) -> Callable[..., Step]:
    """A step about words, as a room declares it."""
    kinds.declare(
        "toy.words",
        title="Something was said",
        words=lambda ids: Words.objects.filter(pk__in=ids).values_list("pk", shown()),
    )
    return lambda words: step("toy.words", subject=words)


def test_words_that_were_removed_say_so_when_and_why(spoken: Callable[..., Step]) -> None:
    words = audit.keep_words("She lives at number nine.", language="en")
    said = spoken(words)
    assert telling.lines([said])[0].quote == "She lives at number nine."
    audit.forget_words([words.pk], at=NOON)
    assert telling.lines([said])[0].quote == "Removed on 2 March 2026 because the person asked to be forgotten"


@pytest.mark.parametrize("language", ["cy", ""])
def test_quoted_words_are_marked_with_the_language_they_were_written_in(
    client: Client, spoken: Callable[..., Step], language: str
) -> None:
    said = spoken(audit.keep_words("Mwy o goed, os gwelwch yn dda", language=language))
    (line,) = telling.lines([said])
    assert (line.quote, line.quote.language) == ("Mwy o goed, os gwelwch yn dda", language)
    pages = [client.get(f"/thread/{said.uuid}/{page}").content.decode() for page in ("", "story/")]
    assert all(('lang="cy">Mwy o goed' in page) == (language == "cy") for page in pages)
