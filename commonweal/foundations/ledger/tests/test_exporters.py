"""What the ledger gives along when a person takes everything that we hold about them, and what goes with them."""

from django.test import Client

from commonweal.foundations.audit.models import Words
from commonweal.foundations.ledger import actions, queries
from commonweal.foundations.people import actions as people
from commonweal.foundations.people import exporters
from commonweal.foundations.verbs.refs import SYSTEM
from commonweal.methods.quantities import Minutes, Money

from .conftest import AT, Place


def test_a_person_takes_their_accounts_what_moved_in_them_and_what_they_asked_for(place: Place) -> None:
    place.move(Minutes(90), frm=place.hours, to=place.shared_hours)
    place.ask()
    mine = exporters.everything_of(place.ana)["ledger"]
    [account] = mine["accounts"]
    assert (account["name"], account["holds"]) == ("Hours", str(Minutes(-90)))
    assert [moved["how much"] for moved in account["what moved"]] == [str(Minutes(-90))]
    assert [payment["for"] for payment in mine["payments to you or asked for by you"]] == ["Hire of the hall"]


def test_a_stranger_takes_nothing_of_it(place: Place) -> None:
    place.ask()
    assert not any(exporters.everything_of(place.stranger)["ledger"].values())


def test_whoever_said_no_takes_their_reason_and_nobody_else_does(place: Place) -> None:
    payment = place.ask()
    actions.decline(payment=payment, words="The hall is free in March.", by=place.ben, at=AT)
    [said] = exporters.everything_of(place.ben)["ledger"]["payments that you said no to"]
    assert (said["reference"], said["why not"]) == (payment.reference, "The hall is free in March.")
    assert not exporters.everything_of(place.ana)["ledger"]["payments that you said no to"]


def test_what_an_erased_person_wrote_for_and_against_a_payment_goes_and_the_sums_stay(place: Place) -> None:
    """Each names somebody who is nobody's account: were the words left, the name would be found."""
    for_it = place.ask(Money(7_00), words="For Quillon Sedgewick's hall")
    against = place.ask(Money(8_00), words="For Marisol Tantivy's hall", by=place.cai)
    actions.decline(payment=against, words="Quillon Sedgewick has a key.", by=place.ana, at=AT)
    assert Words.objects.filter(text__contains="Sedgewick").count() == 2
    people.erase(person=place.ana, by=SYSTEM, at=AT)
    assert not Words.objects.filter(text__contains="Sedgewick").exists()
    for payment in (for_it, against):
        page = Client().get(payment.get_absolute_url()).content.decode()
        assert "Sedgewick" not in page and "the person asked to be forgotten" in page
    assert "Marisol Tantivy" in page
    objection = queries.objection_to(against)
    assert objection is not None and objection.by == place.ana.ref
    assert [queries.payment_for(place.ben, each.pk).pence for each in (for_it, against)] == [7_00, 8_00]
