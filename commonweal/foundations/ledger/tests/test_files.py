"""What comes back from the paying system and from the general ledger: whole, or refused with row and column."""

from datetime import date

import pytest

from commonweal.foundations.intake.refusals import UnusableFile
from commonweal.foundations.ledger import actions, files, queries
from commonweal.foundations.ledger.models import Payment, Stray
from commonweal.foundations.ledger.reconciling import reconcile
from commonweal.foundations.organisations.models import Membership
from commonweal.methods.quantities import Money

from .conftest import AT


@pytest.fixture
def sent(place):
    payments = [place.ask(Money(10_00)), place.ask(Money(20_00))]
    for payment in payments:
        for person in (place.ben, place.cai):
            actions.authorise(payment=payment, by=person, at=AT)
    actions.send(payments=payments, by=place.ana, at=AT)
    return payments


def outcomes(*rows):
    text = "reference,status,date,reason\n" + "".join(f"{row}\n" for row in rows)
    return files.read_outcomes(text.encode(), name="back.csv")


def test_the_file_that_comes_back_settles_each_payment_once(place, sent):
    back = outcomes(f"{sent[0].reference},paid,2026-05-12,", f"{sent[1].reference},failed,2026-05-12,details")
    assert actions.take_in(outcomes=back, by=place.ana, at=AT) == actions.TakenIn(1, 1, 0)
    assert queries.balance(place.pot) == Money(90_00)
    assert actions.take_in(outcomes=back, by=place.ana, at=AT) == actions.TakenIn(0, 0, 2)
    assert queries.balance(place.pot) == Money(90_00)
    assert not queries.drifts()


def test_a_file_with_one_wrong_row_settles_nothing(place, sent):
    back = outcomes(
        f"{sent[0].reference},paid,2026-05-12,",
        "NOTOURS1,paid,2026-05-12,",
        f"{place.ask().reference},paid,2026-05-12,",
    )
    with pytest.raises(UnusableFile) as refusal:
        actions.take_in(outcomes=back, by=place.ana, at=AT)
    assert (refusal.value.row, refusal.value.column) == (4, "status")
    assert not Payment.objects.filter(state="confirmed").exists()
    assert not Stray.objects.exists()


def test_a_row_that_is_not_ours_is_kept_once_and_settles_nothing(place, sent):
    rows = ("NOTOURS1,paid,2026-05-11,", f"{sent[0].reference},paid,2026-05-12,", "NOTOURS2,failed,2026-05-12,closed")
    assert actions.take_in(outcomes=outcomes(*rows), by=place.ana, at=AT) == actions.TakenIn(1, 0, 0, 2)
    kept = [(each.row, each.reference, each.is_paid, each.whose) for each in Stray.objects.order_by("row")]
    assert kept == [(2, "NOTOURS1", True, place.council.ref), (4, "NOTOURS2", False, place.council.ref)]
    assert queries.balance(place.pot) == Money(90_00)
    more = outcomes(*rows, "NOTOURS1X,paid,2026-05-12,")
    heard = actions.look_at(outcomes=more, by=place.ben, at=AT)
    assert ([word.row for word in heard.strays], heard.kept, heard.known) == ([5], 2, 1)
    assert actions.take_in(outcomes=more, by=place.ben, at=AT) == actions.TakenIn(0, 0, 1, 1)
    assert Stray.objects.count() == 3


def test_where_several_bodies_could_own_a_file_its_strays_are_for_whoever_brought_it_in(place, sent):
    Membership.objects.create(organisation=place.charity, person=place.ana, part="treasurer", from_on=AT.date())
    actions.take_in(outcomes=outcomes("NOTOURS1,paid,2026-05-12,"), by=place.ana, at=AT)
    assert Stray.objects.get().whose == place.ana.ref
    seen = {who: queries.strays_seen_by(getattr(place, who), on=AT.date()).count() for who in ("ana", "ben")}
    assert seen == {"ana": 1, "ben": 0}


def test_a_file_that_says_otherwise_than_before_is_refused(place, sent):
    actions.take_in(outcomes=outcomes(f"{sent[0].reference},paid,2026-05-12,"), by=place.ana, at=AT)
    with pytest.raises(UnusableFile):
        actions.take_in(outcomes=outcomes(f"{sent[0].reference},failed,2026-05-12,closed"), by=place.ana, at=AT)


@pytest.mark.parametrize(("rows", "column"), [(["X,perhaps,2026-05-12,"], "status"), (["X,paid,14/05/2026,"], "date")])
def test_a_cell_that_cannot_be_read_is_named(rows, column):
    with pytest.raises(UnusableFile) as refusal:
        outcomes(*rows)
    assert refusal.value.column == column


def general_ledger(*rows):
    return files.read_general_ledger(("reference,date,amount\n" + "".join(f"{row}\n" for row in rows)).encode())


def test_books_that_agree_to_the_penny_say_so(place, sent):
    actions.take_in(outcomes=outcomes(f"{sent[0].reference},paid,2026-05-12,"), by=place.ana, at=AT)
    first = place.pot.entries.order_by("id")[0].journal_id.hex[:12]
    theirs = general_ledger(f"{sent[0].reference},2026-05-12,-10.00", f'{first},2026-05-12,"100.00"')
    found = reconcile(place.pot, theirs, from_on=date(2026, 5, 1), until_on=date(2026, 6, 1))
    assert found.agrees
    assert found.by == Money(0)
    assert found.ours == queries.balance(place.pot)


def test_a_penny_and_a_missing_line_are_listed(place, sent):
    actions.take_in(outcomes=outcomes(f"{sent[0].reference},paid,2026-05-12,"), by=place.ana, at=AT)
    theirs = general_ledger(f"{sent[0].reference},2026-05-12,-10.01", "JOURNAL7,2026-05-13,5.00")
    found = reconcile(place.pot, theirs, from_on=date(2026, 5, 1), until_on=date(2026, 6, 1))
    differences = {each.reference: (each.by, each.rows) for each in found.differences}
    assert differences[sent[0].reference] == (Money(-1), (2,))
    assert differences["JOURNAL7"] == (Money(5_00), (3,))
    assert len(found.differences) == 3
    assert found.by == Money(-95_01)
