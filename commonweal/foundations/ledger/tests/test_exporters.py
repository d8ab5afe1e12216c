"""What the ledger gives along when a person takes everything that we hold about them."""

from commonweal.foundations.people import exporters
from commonweal.methods.quantities import Minutes

from .conftest import Place


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
