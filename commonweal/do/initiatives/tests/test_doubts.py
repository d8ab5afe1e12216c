"""Time that does not count: somebody else said no, and why; or whoever gave it took it back."""

from __future__ import annotations

import threading
from datetime import timedelta

import pytest
from django.db import DatabaseError, OperationalError, connection, transaction
from django.test import Client
from django.urls import reverse

from commonweal.do.initiatives import actions as initiatives
from commonweal.do.initiatives import queries
from commonweal.do.initiatives.models import Doubt, GivenHours
from commonweal.foundations.audit import actions as audit
from commonweal.foundations.audit.models import Words
from commonweal.foundations.notices.models import Notice
from commonweal.foundations.people import actions as people
from commonweal.foundations.people import exporters
from commonweal.foundations.people.models import Person
from commonweal.foundations.thread import telling
from commonweal.foundations.verbs import guards

from .conftest import AT, Town, build
from .test_actions import given
from .test_views import signed_in, text_of

WHY = "The bench was painted on the Friday. Please write it down for that day."


def declined(town: Town, told: GivenHours | None = None, by: Person | None = None) -> Doubt:
    return initiatives.decline_hours(given=told or given(town), words=WHY, by=by or town.cara, at=AT)


def test_a_no_says_why_and_whoever_wrote_it_down_is_told(town: Town) -> None:
    told = given(town, town.nia, by=town.nia)
    doubt = declined(town, told)
    assert [notice.to for notice in Notice.objects.filter(about=doubt.step)] == [town.nia]
    page = text_of(signed_in(town.nia), told.get_absolute_url())
    assert "Cara said no to this on 2 March 2026" in page
    assert WHY in page
    assert "Write it down again" in page


def test_a_no_without_a_reason_is_refused(town: Town) -> None:
    with pytest.raises(initiatives.SayWhyNot):
        initiatives.decline_hours(given=given(town), words="  ", by=town.cara, at=AT)


@pytest.mark.parametrize("who", ["gwen", "huw"])
def test_nobody_says_no_to_their_own_time_or_their_groups(town: Town, who: str) -> None:
    told = given(town, town.group, by=town.gwen)
    with pytest.raises(initiatives.SomebodyElseConfirms):
        declined(town, told, by=getattr(town, who))


def test_time_that_ended_can_neither_be_confirmed_nor_ended_again(town: Town) -> None:
    for end in (declined, lambda town, told: initiatives.take_back_hours(given=told, by=town.gwen, at=AT)):
        told = given(town)
        end(town, told)
        for verb in (initiatives.confirm_hours, initiatives.take_back_hours):
            with pytest.raises(initiatives.NoLongerWaits):
                verb(given=told, by=town.cara, at=AT)
        with pytest.raises(initiatives.NoLongerWaits):
            declined(town, told)
    town.fund.hours_worked.refresh_from_db()
    assert town.fund.hours_worked.balance == 0
    assert not queries.hours_to_confirm(town.fund).exists()
    assert queries.waiting_for(town.cara, AT) == []


def test_time_that_counts_is_neither_declined_nor_taken_back(town: Town) -> None:
    told = initiatives.confirm_hours(given=given(town), by=town.cara, at=AT)
    with pytest.raises(initiatives.AlreadyConfirmed):
        declined(town, told)
    with pytest.raises(initiatives.AlreadyConfirmed):
        initiatives.take_back_hours(given=told, by=town.gwen, at=AT)


def test_only_who_gave_it_or_wrote_it_down_takes_it_back(town: Town) -> None:
    told = given(town, town.nia, by=town.gwen)
    with pytest.raises(initiatives.NotYourTime):
        initiatives.take_back_hours(given=told, by=town.cara, at=AT)
    initiatives.take_back_hours(given=told, by=town.nia, at=AT)
    assert "This was taken back on 2 March 2026" in text_of(signed_in(town.gwen), told.get_absolute_url())


def test_it_can_be_written_down_again_and_then_counts(town: Town) -> None:
    declined(town)
    again = given(town, given_on=(AT - timedelta(days=2)).date())
    initiatives.confirm_hours(given=again, by=town.cara, at=AT)
    town.fund.hours_worked.refresh_from_db()
    assert town.fund.hours_worked.balance == again.minutes


LAWS = {
    "hours_that_ended_never_count": lambda town, told: GivenHours.objects.filter(pk=told.pk).update(ended_at=AT),
    "hours end once|hours_end_once": lambda town, told: GivenHours.objects.filter(ended_at=AT).update(ended_at=None),
    "doubt is never changed": lambda town, told: Doubt.objects.update(by=town.pia),
    "doubt is never removed": lambda town, told: Doubt.objects.all()._raw_delete("default"),
}


@pytest.mark.parametrize("sentence", LAWS)
def test_the_database_itself_refuses(town: Town, sentence: str) -> None:
    declined(town)
    told = initiatives.confirm_hours(given=given(town), by=town.cara, at=AT)
    with pytest.raises(DatabaseError, match=sentence), transaction.atomic():
        LAWS[sentence](town, told)


def forged(town: Town, told: GivenHours, by: Person) -> Doubt:
    step = town.fund.step
    return Doubt.objects.create(given=told, by=by, at=AT, words=audit.keep_words(WHY), step=step)


@pytest.mark.parametrize("case", ["of whoever gave it", "of whoever wrote it down", "when it counts"])
def test_the_database_refuses_a_no(town: Town, case: str) -> None:
    told = given(town, town.nia, by=town.gwen)
    if case == "when it counts":
        told = initiatives.confirm_hours(given=told, by=town.cara, at=AT)
    by = {"of whoever gave it": town.nia, "of whoever wrote it down": town.gwen}.get(case, town.pia)
    with pytest.raises(DatabaseError, match="hours are declined by others before they count"), transaction.atomic():
        forged(town, told, by)
    with guards.lifted(), transaction.atomic():  # the control: it is the guard that refuses
        assert forged(town, told, by).pk
        transaction.set_rollback(True)


def test_the_no_is_read_by_those_it_concerns_and_by_nobody_else(town: Town) -> None:
    told = given(town, town.nia, by=town.nia)
    doubt = declined(town, told)
    titles = {
        name: telling.lines([doubt.step], person=person)[0].quote
        for name, person in {"nia": town.nia, "cara": town.cara, "joe": town.joe, "stranger": None}.items()
    }
    assert titles == {"nia": WHY, "cara": WHY, "joe": "", "stranger": ""}
    assert signed_in(town.joe).get(told.get_absolute_url()).status_code == 404
    assert Client().get(told.get_absolute_url()).status_code == 404


def test_the_words_of_a_no_go_with_whoever_wrote_them_and_are_taken_along(town: Town) -> None:
    doubt = declined(town, by=town.pia)
    assert exporters.everything_of(town.pia)["initiatives"]["time that you said no to"][0]["why not"] == WHY
    people.erase(person=town.pia, by=town.pia, at=AT)
    assert not Words.objects.get(pk=doubt.words_id).text
    assert Doubt.objects.get().by_id == town.pia.pk


def test_a_lead_says_no_on_the_page_and_the_giver_sees_it_and_takes_nothing_back(town: Town) -> None:
    told = given(town, town.nia, by=town.nia)
    lead, giver = signed_in(town.cara), signed_in(town.nia)
    no, back = (reverse(f"initiatives:{name}", args=[told.pk]) for name in ("decline_hours", "take_back_hours"))
    page = text_of(lead, told.get_absolute_url())
    assert no in page and back not in page
    assert giver.get(no).status_code == 403
    assert "Nia gave 3 h" in text_of(lead, no)
    assert lead.post(no, {"words": ""}).status_code == 422
    assert "Whoever wrote the time down is told why." in lead.post(no, {"words": WHY}, follow=True).content.decode()
    assert lead.post(no, {"words": WHY}).status_code == 422
    assert "It does not count" in giver.post(back, follow=True).content.decode()
    assert Doubt.objects.count() == 1


def test_a_neighbour_finds_their_own_time_in_the_purse_and_takes_it_back(town: Town) -> None:
    told = given(town, town.nia, by=town.nia)
    given(town)
    neighbour, purse = signed_in(town.nia), town.fund.get_absolute_url()
    assert text_of(neighbour, purse).count("Painted a bench") == 1
    assert "Painted a bench" not in text_of(Client(), purse)
    assert text_of(signed_in(town.cara), purse).count("Painted a bench") == 2
    back = reverse("initiatives:take_back_hours", args=[told.pk])
    assert back in text_of(neighbour, told.get_absolute_url())
    assert signed_in(town.cara).post(back).status_code == 403
    assert "The time is taken back." in neighbour.post(back, follow=True).content.decode()
    assert "Painted a bench" not in text_of(neighbour, purse)


@pytest.mark.races
@pytest.mark.django_db(transaction=True)
def test_of_a_yes_and_a_no_at_the_same_moment_one_counts() -> None:
    town = build()
    told = given(town)
    start, ends = threading.Barrier(2), []

    def say(verb: object, **more: object) -> None:
        start.wait()
        try:
            verb(given=told, at=AT, **more)  # type: ignore[operator]
            ends.append("said")
        except (initiatives.NoLongerWaits, initiatives.AlreadyConfirmed):
            ends.append("refused")
        except OperationalError:
            ends.append("broken")
        finally:
            connection.close()

    yes = threading.Thread(target=say, args=[initiatives.confirm_hours], kwargs={"by": town.cara})
    no = threading.Thread(target=say, args=[initiatives.decline_hours], kwargs={"by": town.pia, "words": WHY})
    for each in (yes, no):
        each.start()
    for each in (yes, no):
        each.join()
    assert sorted(ends) == ["refused", "said"]
    left = GivenHours.objects.get()
    assert left.is_confirmed != Doubt.objects.exists()
