"""Pages of outcomes, through the client."""

import html
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from commonweal.foundations.people.models import Person
from commonweal.plan.outcomes import actions as outcomes
from commonweal.plan.outcomes import queries
from commonweal.plan.outcomes.models import Concern, Outcome

from .conftest import AT, Town
from .test_actions import agreed, defined, proposed, read


def sent_once(**sent: Any) -> dict[str, Any]:
    """A form with the number that its page gave it."""
    return sent | {"sent_as": str(uuid4())}


def signed_in(person: Person) -> Client:
    client = Client()
    client.force_login(person.sign_in)
    return client


def text_of(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def test_an_empty_list_says_so(db: None) -> None:
    assert "No problem is on the list yet." in text_of(Client(), reverse("outcomes:concerns"))


def test_strangers_read_a_problem_and_who_agrees(town: Town) -> None:
    outcome = agreed(town)
    assert "The benches are gone" in text_of(Client(), reverse("outcomes:concerns"))
    assert "Older people can rest" in text_of(Client(), town.concern.get_absolute_url())
    page = text_of(Client(), outcome.get_absolute_url())
    assert "Agrees, with a reservation" in page
    assert "Only if somebody counts falls." in page
    assert "Nothing is counted yet." in page


def test_an_outcome_without_experience_says_that_it_is_missing(town: Town) -> None:
    indicator = defined(town)
    missing = "Something about people’s own experience is missing."
    assert missing in text_of(Client(), indicator.outcome.get_absolute_url())
    defined(town, indicator.outcome, name="People who feel able to go out", kind="experience")
    assert missing not in text_of(Client(), indicator.outcome.get_absolute_url())


def test_an_indicator_shows_its_chart_and_every_number(town: Town) -> None:
    indicator = defined(town, target=Decimal("30"), target_on=date(2027, 12, 31))
    first = read(town, indicator)
    read(town, indicator, "15", revises=first)
    page = text_of(Client(), indicator.get_absolute_url())
    assert "<svg" in page
    assert "Corrected later" in page
    assert "Claimed: nobody has checked what caused this" in page
    assert "This cannot be known yet." in page
    assert "It is now" in text_of(Client(), first.get_absolute_url())


def test_an_address_of_nothing_is_not_found(town: Town) -> None:
    assert Client().get(reverse("outcomes:outcome", args=[uuid4()])).status_code == 404


def test_a_convenor_puts_a_problem_on_the_list_from_a_step(town: Town) -> None:
    address = f"{reverse('outcomes:raise_concern')}?because={town.concern.step.uuid}"
    client = signed_in(town.cara)
    assert "This comes from something that happened here:" in text_of(client, address)
    answer = client.post(address, sent_once(words="It is dark by the bus stop."))
    assert answer.status_code == 302
    raised = Concern.objects.exclude(pk=town.concern.pk).get()
    assert list(raised.step.causes.all()) == [town.concern.step]


@pytest.mark.parametrize("because", ["nonsense", str(uuid4())])
def test_a_problem_from_a_step_that_is_not_there_is_not_found(town: Town, because: str) -> None:
    answer = signed_in(town.cara).get(f"{reverse('outcomes:raise_concern')}?because={because}")
    assert answer.status_code == 404


def test_an_empty_problem_is_refused_in_words(town: Town) -> None:
    answer = signed_in(town.cara).post(reverse("outcomes:raise_concern"), sent_once(words=""))
    assert answer.status_code == 422
    assert "There is a problem" in answer.content.decode()


def test_a_resident_may_not_put_a_problem_on_the_list(town: Town) -> None:
    assert signed_in(town.nia).get(reverse("outcomes:raise_concern")).status_code == 403
    assert Client().get(reverse("outcomes:raise_concern")).status_code == 302


def test_a_convenor_proposes_and_members_answer_and_it_is_agreed(town: Town) -> None:
    client = signed_in(town.cara)
    sent = sent_once(statement="Rest for all.", implementers=[town.council.pk], others=[town.clinic.pk])
    assert client.post(reverse("outcomes:propose", args=[town.concern.pk]), sent).status_code == 302
    outcome = Outcome.objects.get()
    too_early = client.post(reverse("outcomes:agree", args=[outcome.pk]), follow=True)
    assert "Not everybody who was asked has answered yet." in too_early.content.decode()
    for person in (town.olu, town.pia):
        member = signed_in(person)
        address = member.get(outcome.get_absolute_url()).context["positions"]
        asking = next(
            each.asking
            for each in address
            if each.organisation in (town.council, town.clinic)
            and ((each.organisation == town.council) == (person == town.olu))
        )
        answered = member.post(reverse("outcomes:answer", args=[asking.pk]), sent_once(stance="assent", words=""))
        assert answered.status_code == 302
    assert client.post(reverse("outcomes:agree", args=[outcome.pk])).status_code == 302
    outcome.refresh_from_db()
    assert outcome.is_agreed


def test_a_reservation_without_words_is_refused(town: Town) -> None:
    outcome = proposed(town)
    client = signed_in(town.olu)
    asking = client.get(outcome.get_absolute_url()).context["positions"][0].asking
    answer = client.post(reverse("outcomes:answer", args=[asking.pk]), sent_once(stance="reservation", words=""))
    assert answer.status_code == 422
    assert "Say in a few words what you do not agree with." in answer.content.decode()


def test_nobody_answers_for_somebody_else(town: Town) -> None:
    outcome = proposed(town)
    client = signed_in(town.pia)
    council = client.get(outcome.get_absolute_url()).context["positions"][0].asking
    assert client.get(reverse("outcomes:answer", args=[council.pk])).status_code == 403


def day(name: str, when: date) -> dict[str, str]:
    return {f"{name}_day": str(when.day), f"{name}_month": str(when.month), f"{name}_year": str(when.year)}


def test_the_owner_adds_a_number_and_corrects_it(town: Town) -> None:
    indicator = defined(town)
    client = signed_in(town.olu)
    sent = {
        "sent_as": str(uuid4()),
        "value": "14.5",
        "provenance": "Counted on foot",
        "rung": "claimed",
        **day("from_on", date(2026, 1, 1)),
        **day("last_on", date(2026, 1, 31)),
    }
    address = reverse("outcomes:record", args=[indicator.pk])
    assert client.get(address).status_code == 200
    assert client.post(address, sent).status_code == 302
    again = client.post(address, sent | {"sent_as": str(uuid4())})
    assert again.status_code == 422
    assert "There is already a number for that time." in again.content.decode()
    reading = indicator.readings.get()
    correct = reverse("outcomes:correct", args=[reading.pk])
    assert client.get(correct).status_code == 200
    assert client.post(correct, sent_once(**sent | {"value": "15"})).status_code == 302


@pytest.mark.parametrize(
    ("field", "sent", "said"),
    [
        ("value", "N/A", "Enter a number."),
        ("last_on_day", "30", "The last day must not be before the first day."),
        ("low", "3", "Fill in both ends, or none."),
    ],
)
def test_a_number_that_cannot_be_is_refused_in_words(town: Town, field: str, sent: str, said: str) -> None:
    given = {
        "sent_as": str(uuid4()),
        "value": "14",
        "provenance": "Counted",
        "rung": "claimed",
        **day("from_on", date(2026, 1, 31)),
        **day("last_on", date(2026, 1, 31)),
        field: sent,
    }
    answer = signed_in(town.olu).post(reverse("outcomes:record", args=[defined(town).pk]), given)
    assert answer.status_code == 422
    assert said in answer.content.decode()


def test_a_convenor_says_what_is_counted(town: Town) -> None:
    outcome = agreed(town)
    client = signed_in(town.cara)
    address = reverse("outcomes:define", args=[outcome.pk])
    assert client.get(address).status_code == 200
    sent = {
        "sent_as": str(uuid4()),
        "name": "Falls",
        "definition": "Falls in the street that were seen at the clinic.",
        "unit": "falls",
        "direction": "down",
        "kind": "outcome",
        "owner": town.clinic.pk,
        "baseline": "41",
        "baseline_source": "The clinic",
        **day("from_on", date(2025, 1, 1)),
        **day("last_on", date(2025, 12, 31)),
    }
    assert client.post(address, sent).status_code == 302
    assert client.post(address, sent_once(**sent | {"target": "30"})).status_code == 422


def test_a_task_is_written_down_and_done_by_whose_it_is(town: Town) -> None:
    outcome = agreed(town)
    client = signed_in(town.cara)
    sent = sent_once(organisation=town.council.pk, what="Order benches", **day("due_on", date(2026, 9, 1)))
    assert client.get(reverse("outcomes:oblige", args=[outcome.pk])).status_code == 200
    assert client.post(reverse("outcomes:oblige", args=[outcome.pk]), sent).status_code == 302
    task = outcome.obligations.get()
    assert "Order benches" in text_of(Client(), task.get_absolute_url())
    assert signed_in(town.pia).post(reverse("outcomes:fulfil", args=[task.pk])).status_code == 403
    assert signed_in(town.olu).post(reverse("outcomes:fulfil", args=[task.pk])).status_code == 302
    task.refresh_from_db()
    assert task.is_done


def test_an_agreed_outcome_says_that_nobody_has_begun_yet_and_a_proposed_one_does_not(town: Town) -> None:
    said = "Nobody has begun to do something about it yet."
    assert said not in text_of(Client(), proposed(town).get_absolute_url())
    assert said in text_of(Client(), agreed(town).get_absolute_url())


@pytest.mark.parametrize("page", ["concerns", "concern", "outcome", "indicator"])
def test_a_page_asks_no_more_when_it_holds_more(town: Town, page: str, django_assert_max_num_queries: object) -> None:
    indicator = defined(town)
    outcome = indicator.outcome
    for month in (1, 2):
        read(town, indicator, month=month)
    for number in range(12):
        outcomes.raise_concern(words=f"Problem {number}", by=town.cara, because=None, at=AT)
        defined(town, outcome, name=f"Count {number}")
        outcomes.oblige(
            outcome=outcome,
            organisation=town.council,
            what=f"Task {number}",
            due_on=date(2026, 9, 1),
            by=town.cara,
            at=AT,
        )
    addresses = {
        "concerns": reverse("outcomes:concerns"),
        "concern": town.concern.get_absolute_url(),
        "outcome": outcome.get_absolute_url(),
        "indicator": indicator.get_absolute_url(),
    }
    Client().get(addresses[page])
    with django_assert_max_num_queries(12):  # type: ignore[operator]
        Client().get(addresses[page])


FILE = "value,from,to,source,n\n14.5,2026-01-01,2026-01-31,Counted,30\n15,2026-02-01,2026-02-28,Counted,\n"


def sent_file(client: Client, address: str, text: str | bytes) -> Any:
    content = text.encode() if isinstance(text, str) else text
    return client.post(address, {"file": SimpleUploadedFile("numbers.csv", content)})


def test_a_file_is_looked_at_first_and_then_kept_and_the_second_time_nothing_is_new(town: Town) -> None:
    indicator = defined(town)
    client, address = signed_in(town.olu), reverse("outcomes:upload", args=[indicator.pk])
    assert client.get(address).status_code == 200
    looked = sent_file(client, address, FILE)
    assert "2 are new." in looked.content.decode()
    assert not indicator.readings.exists()
    carried = looked.context["confirm"].initial
    assert client.post(address, carried | {"digest": "other"}).status_code == 422
    assert client.post(address, carried | {"content": "not base64!"}).status_code == 422
    assert not indicator.readings.exists()
    assert client.post(address, carried).status_code == 302
    assert [reading.shown for reading in queries.series(indicator)] == [
        "14.5\N{NO-BREAK SPACE}benches",
        "15\N{NO-BREAK SPACE}benches",
    ]
    assert "There is nothing new in this file." in sent_file(client, address, FILE).content.decode()


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("value,from,source\n1,2026-01-01,x\n", "“to”"),
        (FILE.replace("15,2026", "N/A,2026"), "row 3, column “value”"),
        (FILE.replace("2026-02-28", "2026-01-28"), "row 3, column “to”"),
        (FILE.replace("2026-02-28", "2036-02-28"), "row 3, column “to”"),
        (FILE + "16,2026-01-01,2026-01-31,Again,\n", "row 4"),
        (FILE.replace("Counted", "Caf\u00e9").encode("latin-1"), "UTF-8"),
    ],
)
def test_a_file_that_cannot_be_used_is_refused_where_it_is_wrong(town: Town, text: str | bytes, said: str) -> None:
    indicator = defined(town)
    answer = sent_file(signed_in(town.olu), reverse("outcomes:upload", args=[indicator.pk]), text)
    assert answer.status_code == 422
    assert said in html.unescape(answer.content.decode())
    assert not indicator.readings.exists()


def test_somebody_from_outside_may_not_upload(town: Town) -> None:
    address = reverse("outcomes:upload", args=[defined(town).pk])
    assert signed_in(town.nia).get(address).status_code == 403


def test_a_page_shows_the_ways_that_later_rooms_offer_to_whom_they_offer_them(town: Town) -> None:
    outcome = agreed(town)
    reading = read(town, defined(town, outcome))
    begin, learn = "Begin something together about this", "Keep what was learned from it"
    for page in (town.concern.get_absolute_url(), outcome.get_absolute_url()):
        assert begin in text_of(signed_in(town.cara), page)
        assert begin not in text_of(Client(), page)
    assert learn in text_of(signed_in(town.cara), reading.get_absolute_url())
    assert learn not in text_of(signed_in(town.nia), reading.get_absolute_url())


def test_whoever_asks_for_the_head_of_a_page_gets_it(town: Town) -> None:
    reading = read(town, defined(town))
    outcome = reading.indicator.outcome
    records = (town.concern, outcome, reading.indicator, reading)
    for address in (reverse("outcomes:concerns"), *(record.get_absolute_url() for record in records)):
        answer = Client().head(address)
        assert (answer.status_code, answer.content) == (200, b""), address


def test_numbers_from_another_source_than_where_we_began_say_so(town: Town) -> None:
    indicator = defined(town)
    read(town, indicator, provenance=indicator.baseline_source)
    page = indicator.get_absolute_url()
    assert "Another source than where we began" not in text_of(Client(), page)
    first = indicator.readings.get()
    read(town, indicator, "16", revises=first, provenance="Asked at the mornings")
    said = text_of(Client(), page)
    assert "Another source than where we began" in said
    assert "do not read the difference as a change" in said
