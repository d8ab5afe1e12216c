"""Verbs of initiatives, through the database."""

from __future__ import annotations

import threading
from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.db import IntegrityError, OperationalError, connection, transaction

from commonweal.do.initiatives import actions as initiatives
from commonweal.do.initiatives import queries, rules
from commonweal.do.initiatives.models import GivenHours, Lead, PooledFund
from commonweal.foundations.ledger import actions as ledger
from commonweal.foundations.ledger import queries as books
from commonweal.foundations.people import actions as people
from commonweal.foundations.people import exporters
from commonweal.foundations.thread import queries as thread
from commonweal.foundations.thread import telling
from commonweal.foundations.verbs import guards
from commonweal.foundations.verbs.refs import SYSTEM
from commonweal.methods.quantities import Minutes, Money
from commonweal.plan.outcomes import actions as outcomes
from commonweal.plan.outcomes.models import Obligation

from .conftest import AT, Town, build, filled


def task(town: Town, what: str = "Order benches") -> Obligation:
    return outcomes.oblige(
        outcome=town.outcome, organisation=town.council, what=what, due_on=date(2026, 6, 1), by=town.cara, at=AT
    )


def given(town: Town, giver: object = None, time: Minutes | None = None, **also: object) -> GivenHours:
    told: dict[str, object] = {
        "fund": town.fund,
        "giver": giver or town.gwen,
        "time": time or Minutes.hours(3),
        "given_on": date(2026, 3, 1),
        "what": "Painted a bench",
        "by": town.gwen,
        "at": AT,
    }
    return initiatives.give_hours(**told | also)  # type: ignore[arg-type]


def test_nothing_begins_without_what_it_grows_from(town: Town) -> None:
    with pytest.raises(initiatives.NothingItGrowsFrom):
        initiatives.begin(title="A", story="B", lead=town.cara, by=town.cara, because=[], at=AT)


def test_an_initiative_has_one_lead_and_remembers_the_one_before(town: Town) -> None:
    before = queries.leads_of(town.initiative)[0]
    initiatives.hand_over(lead=before, to=town.pia, by=town.cara, because=None, at=AT + timedelta(days=1))
    leads = queries.leads_of(town.initiative)
    assert [(lead.person, lead.until_at is None) for lead in leads] == [(town.pia, True), (town.cara, False)]


def test_hand_over_refuses_when_somebody_else_leads_by_now(town: Town) -> None:
    before = queries.leads_of(town.initiative)[0]
    initiatives.hand_over(lead=before, to=town.pia, by=town.cara, because=None, at=AT)
    with pytest.raises(initiatives.LeadHasChanged):
        initiatives.hand_over(lead=before, to=town.olu, by=town.cara, because=None, at=AT)
    with pytest.raises(initiatives.AlreadyLeads):
        initiatives.hand_over(lead=queries.leads_of(town.initiative)[0], to=town.pia, by=town.cara, because=None, at=AT)


def test_the_database_refuses_a_second_lead(town: Town) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Lead.objects.create(initiative=town.initiative, person=town.pia, from_at=AT)


def race(town: Town, hand_over: object) -> list[str]:
    """Three people are handed the lead at the same moment; what became of each."""
    before = queries.leads_of(town.initiative)[0]
    start, ends = threading.Barrier(3), []

    def hand_to(person: object) -> None:
        start.wait()
        try:
            hand_over(lead=before, to=person, by=town.cara, because=None, at=AT)  # type: ignore[operator]
            ends.append("leads")
        except initiatives.LeadHasChanged:
            ends.append("refused")
        except (IntegrityError, OperationalError):
            ends.append("broken")
        finally:
            connection.close()

    threads = [threading.Thread(target=hand_to, args=[person]) for person in (town.pia, town.olu, town.gwen)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    return sorted(ends)


@pytest.mark.races
@pytest.mark.django_db(transaction=True)
def test_of_three_hand_overs_at_once_one_counts() -> None:
    town = build()
    assert race(town, initiatives.hand_over) == ["leads", "refused", "refused"]
    assert Lead.objects.filter(initiative=town.initiative, until_at=None).count() == 1


@pytest.mark.races
@pytest.mark.django_db(transaction=True)
def test_without_the_lock_and_the_law_there_would_be_several() -> None:
    """The negative control: a twin that looks first and then writes, on a table without its constraint."""
    town = build()
    law = next(each for each in Lead._meta.constraints if each.name == "an_initiative_has_one_lead_at_a_time")
    with connection.schema_editor() as editor:
        editor.remove_constraint(Lead, law)
    looked = threading.Barrier(3)

    def look_then_write(*, lead: Lead, to: object, **_: object) -> None:
        is_current = Lead.objects.get(pk=lead.pk).until_at is None
        looked.wait()
        if is_current:
            Lead.objects.filter(pk=lead.pk).update(until_at=AT)
            Lead.objects.create(initiative_id=lead.initiative_id, person=to, from_at=AT)  # type: ignore[misc]

    try:
        race(town, look_then_write)
        leads = Lead.objects.filter(initiative=town.initiative, until_at=None)
        assert leads.count() > 1
    finally:
        with guards.lifted():
            Lead.objects.filter(until_at=None).delete()
        with connection.schema_editor() as editor:
            editor.add_constraint(Lead, law)


def test_an_organisation_holds_a_role_once_and_may_leave_it(town: Town) -> None:
    with pytest.raises(initiatives.AlreadyAPartner):
        initiatives.join(initiative=town.initiative, organisation=town.council, role="funds", by=town.cara, at=AT)
    partner = queries.partners_of(town.initiative).get(organisation=town.council)
    initiatives.leave(partner=partner, by=town.olu, because=None, at=AT)
    with pytest.raises(initiatives.HasLeft):
        initiatives.leave(partner=partner, by=town.olu, because=None, at=AT)
    assert not queries.partners_of(town.initiative).filter(organisation=town.council).exists()


def test_a_task_is_taken_up_once(town: Town) -> None:
    taken = task(town)
    initiatives.adopt(initiative=town.initiative, obligation=taken, by=town.cara, at=AT)
    assert queries.tasks_of(town.initiative) == [taken]
    assert taken not in queries.tasks_to_take_up()
    with pytest.raises(initiatives.AlreadyTakenUp):
        initiatives.adopt(initiative=town.initiative, obligation=taken, by=town.cara, at=AT)


def test_an_initiative_has_one_purse(town: Town) -> None:
    with pytest.raises(initiatives.AlreadyHasAPurse):
        initiatives.open_fund(initiative=town.initiative, host=town.clinic, purpose="More", by=town.cara, at=AT)


def test_pounds_and_hours_are_put_in_side_by_side(town: Town) -> None:
    purse = queries.purse_of(queries.fund_for(None, filled(town).pk))
    assert [(each.name, str(each.amount)) for each in purse.pounds_from] == [
        ("Invented Council", "£3,000.00"),
        ("Invented Clinic", "£1,500.00"),
    ]
    assert [(each.name, str(each.amount)) for each in purse.hours_from] == [("Invented Bench Group", "40 h")]
    assert (purse.pounds_in, purse.pounds_free, purse.pounds_out) == (Money.pounds(4500), Money.pounds(4500), Money(0))
    assert books.totals() == {"gbp": 0, "minutes": 0}


def test_a_contribution_sent_twice_is_one(town: Town) -> None:
    id = uuid4()
    for _ in range(2):
        initiatives.contribute(
            fund=town.fund, organisation=town.council, amount=Money.pounds(10), by=town.olu, at=AT, id=id
        )
    assert queries.purse_of(queries.fund_for(None, town.fund.pk)).pounds_in == Money.pounds(10)
    with pytest.raises(initiatives.SentTwice):
        initiatives.contribute(
            fund=town.fund, organisation=town.council, amount=Money.pounds(11), by=town.olu, at=AT, id=id
        )


def test_only_partners_put_something_in(town: Town) -> None:
    with pytest.raises(initiatives.OnlyPartnersPutIn):
        initiatives.contribute(fund=town.fund, organisation=town.firm, amount=Money.pounds(10), by=town.cara, at=AT)


def test_a_payment_goes_all_the_way_and_its_page_can_say_who_asked(town: Town) -> None:
    payment = initiatives.propose_payment(
        fund=filled(town), payee=town.firm, amount=Money.pounds(1200), words="Four benches", by=town.cara, at=AT
    )
    assert [each.page for each in queries.waiting_for(town.tess, AT)] == ["ledger:payment"]
    ledger.authorise(payment=payment, by=town.olu, at=AT)
    payment = ledger.authorise(payment=payment, by=town.tess, at=AT)
    ledger.send(payments=[payment], by=town.tess, at=AT)
    payment = ledger.confirm(payment=payment, paid_on=date(2026, 3, 3), by=town.olu, at=AT)
    assert queries.waiting_for(town.tess, AT) == []
    purse = queries.purse_of(queries.fund_for(None, town.fund.pk))
    assert (purse.pounds_out, purse.pounds_free) == (Money.pounds(1200), Money.pounds(3300))
    (last,) = thread.steps_about(payment).order_by("-id")[:1]
    assert town.concern.step in thread.roots(last)


def test_no_more_is_paid_than_is_in_the_purse(town: Town) -> None:
    payment = initiatives.propose_payment(
        fund=filled(town), payee=town.firm, amount=Money.pounds(4500), words="Many", by=town.cara, at=AT
    )
    other = initiatives.propose_payment(
        fund=town.fund, payee=town.firm, amount=Money.pounds(1), words="One more", by=town.cara, at=AT
    )
    for each in (town.olu, town.tess):
        ledger.authorise(payment=payment, by=each, at=AT)
    with pytest.raises(ledger.NotEnough, match=r"Only £0\.00 is free there now, and this needs £1\.00"):
        ledger.authorise(payment=other, by=town.olu, at=AT)


def test_no_more_is_asked_for_than_is_free_now(town: Town) -> None:
    asked: dict[str, object] = {"fund": filled(town), "payee": town.firm, "words": "Many", "by": town.cara, "at": AT}
    with pytest.raises(initiatives.MoreThanIsFree, match=r"Only £4,500\.00 is free in the purse now"):
        initiatives.propose_payment(amount=Money.pounds(4501), **asked)  # type: ignore[arg-type]
    number = uuid4()
    payment = initiatives.propose_payment(amount=Money.pounds(4500), sent_as=number, **asked)  # type: ignore[arg-type]
    for each in (town.olu, town.tess):
        ledger.authorise(payment=payment, by=each, at=AT)
    again = initiatives.propose_payment(amount=Money.pounds(4500), sent_as=number, **asked)  # type: ignore[arg-type]
    assert again == payment, "the form that was sent before is answered with what it asked for"


def test_time_counts_when_somebody_else_has_confirmed_it(town: Town) -> None:
    told = given(town)
    for person in (town.gwen,):
        with pytest.raises(initiatives.SomebodyElseConfirms):
            initiatives.confirm_hours(given=told, by=person, at=AT)
    assert queries.fund_for(None, town.fund.pk).hours_worked.holds == Minutes(0)
    confirmed = initiatives.confirm_hours(given=told, by=town.huw, at=AT)
    assert queries.fund_for(None, town.fund.pk).hours_worked.holds == Minutes.hours(3)
    with pytest.raises(initiatives.AlreadyConfirmed):
        initiatives.confirm_hours(given=confirmed, by=town.huw, at=AT)
    assert books.totals() == {"gbp": 0, "minutes": 0}


def test_the_database_refuses_time_that_its_giver_confirmed(town: Town) -> None:
    """The negative control of the verb's own question: without it the law below still holds."""
    confirmed = initiatives.confirm_hours(given=given(town), by=town.huw, at=AT)
    with pytest.raises(IntegrityError), transaction.atomic():
        GivenHours.objects.filter(pk=confirmed.pk).update(confirmed_by=town.gwen)


def test_a_group_gives_what_it_promised_and_then_more(town: Town) -> None:
    filled(town)
    for time in (Minutes.hours(30), Minutes.hours(30)):
        initiatives.confirm_hours(given=given(town, town.group, time), by=town.cara, at=AT)
    purse = queries.purse_of(queries.fund_for(None, town.fund.pk))
    assert purse.hours_given == Minutes.hours(60)
    assert purse.hours_still_promised == Minutes(0)
    assert books.totals() == {"gbp": 0, "minutes": 0}


def test_a_promise_is_not_used_up_by_somebody_else(town: Town) -> None:
    filled(town)
    initiatives.confirm_hours(given=given(town), by=town.huw, at=AT)
    assert queries.purse_of(queries.fund_for(None, town.fund.pk)).hours_still_promised == Minutes.hours(40)


def test_time_of_a_day_to_come_is_refused(town: Town) -> None:
    with pytest.raises(initiatives.NotGivenYet):
        given(town, given_on=date(2026, 3, 3))


def test_time_of_more_than_a_year_ago_is_refused(town: Town) -> None:
    with pytest.raises(initiatives.TooLongAgo):
        given(town, given_on=date(2025, 2, 28))
    assert given(town, given_on=date(2025, 3, 20)).given_on == date(2025, 3, 20)


def test_more_than_a_day_in_one_day_is_refused_of_a_person_and_not_of_a_group(town: Town) -> None:
    with pytest.raises(initiatives.MoreThanADay):
        given(town, time=Minutes.hours(25))
    assert given(town, time=Minutes.hours(24)).time == Minutes.hours(24)
    assert given(town, giver=town.group, time=Minutes.hours(40)).time == Minutes.hours(40)


def test_a_neighbour_is_not_named_on_the_thread(town: Town) -> None:
    confirmed = initiatives.confirm_hours(given=given(town), by=town.huw, at=AT)
    (line,) = telling.lines([confirmed.step])
    assert line.title == "A neighbour gave 3 h to “Benches on the way to the shops”"
    assert line.quote == "Painted a bench"


def test_time_that_nobody_confirmed_is_for_those_it_concerns(town: Town) -> None:
    told = given(town)
    for person in (None, town.nia):
        with pytest.raises(GivenHours.DoesNotExist):
            queries.hours_for(person, told.pk)
    assert queries.hours_for(town.huw, told.pk) == told
    assert [each.page for each in queries.waiting_for(town.huw, AT)] == ["initiatives:hours"]
    assert queries.waiting_for(town.gwen, AT) == []


def test_erasing_a_person_takes_their_words_and_leaves_the_minutes(town: Town) -> None:
    confirmed = initiatives.confirm_hours(given=given(town), by=town.huw, at=AT)
    assert exporters.everything_of(town.gwen)["initiatives"]["time given"][0]["what"] == "Painted a bench"
    people.erase(person=town.gwen, by=SYSTEM, at=AT)
    confirmed = queries.hours_for(None, confirmed.pk)
    assert "Painted" not in confirmed.what.shown
    assert queries.fund_for(None, town.fund.pk).hours_worked.holds == Minutes.hours(3)


def test_the_account_names_bodies_and_adds_nothing_up_across_units(town: Town) -> None:
    filled(town)
    initiatives.confirm_hours(given=given(town), by=town.huw, at=AT)
    flows = queries.flows()
    assert (str(flows.pounds_in), str(flows.hours_promised), str(flows.hours_given)) == ("£4,500.00", "40 h", "3 h")
    assert [each.name for each in flows.hours_given_by] == ["Neighbours"]


def test_every_amount_on_the_thread_is_in_words(town: Town) -> None:
    filled(town)
    titles = [line.title for line in telling.lines(list(thread.fruits(town.initiative.step)))]
    assert "Invented Council put £3,000.00 into “Benches on the way to the shops”" in titles
    assert "Invented Bench Group put 40 h into “Benches on the way to the shops”" in titles
    assert PooledFund.objects.count() == 1


def test_time_of_a_group_is_confirmed_by_somebody_outside_it(town: Town) -> None:
    told = given(town, town.group)
    inside = [person for person in (town.gwen, town.huw) if person.pk != told.told_by_id]
    for person in inside:
        assert not rules.may_confirm(person, told)
        assert queries.waiting_for(person, AT) == []
        with pytest.raises(initiatives.SomebodyElseConfirms):
            initiatives.confirm_hours(given=told, by=person, at=AT)
    assert inside
    assert [each.page for each in queries.waiting_for(town.pia, AT)] == ["initiatives:hours"]
    assert initiatives.confirm_hours(given=told, by=town.pia, at=AT).is_confirmed
