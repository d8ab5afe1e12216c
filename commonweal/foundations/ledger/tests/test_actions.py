"""Verbs of the ledger, on both engines."""

from datetime import UTC, date, datetime
from uuid import uuid4

import pytest

from commonweal.foundations.audit.models import Entry as AuditEntry
from commonweal.foundations.calendar.years import FinancialYear
from commonweal.foundations.ledger import actions, queries
from commonweal.foundations.ledger.limits import four_eyes_above
from commonweal.foundations.ledger.models import Account, Hold, Journal, Payment
from commonweal.foundations.notices.models import Notice
from commonweal.foundations.thread import queries as threads
from commonweal.foundations.thread import telling
from commonweal.foundations.thread.models import Step
from commonweal.methods.bookkeeping import DoesNotBalance, UnusableLines
from commonweal.methods.quantities import Minutes, Money

from .conftest import AT


def test_post_moves_money_and_keeps_both_balances(place):
    journal = place.move(Money(30_00))
    assert queries.balance(place.pot) == Money(70_00)
    assert queries.balance(place.hall) == Money(30_00)
    assert journal.by == place.ana.ref
    assert journal.reason == place.step
    assert not journal.is_late
    assert journal.recorded_at is not None
    assert queries.totals()["gbp"] == 0
    assert not queries.drifts()


def test_post_writes_who_did_what_and_no_step_unless_asked(place):
    steps = Step.objects.count()
    journal = place.move(Money(1_00))
    assert AuditEntry.objects.get(subject=journal.ref).verb == "ledger.post"
    assert Step.objects.count() == steps
    told = place.move(
        Money(1_00),
        kind="ledger.posting",
        params={"amount": Money(1_00), "giver": place.pot, "taker": place.hall},
    )
    assert list(threads.roots(threads.step_of(told))) == [place.step]


def test_the_same_posting_sent_again_gets_the_same_answer_and_moves_nothing(place):
    id = uuid4()
    first = place.move(Money(60_00), id=id)
    again = place.move(Money(60_00), id=id, at=datetime(2026, 5, 13, tzinfo=UTC))
    assert again == first
    assert queries.balance(place.pot) == Money(40_00)
    assert AuditEntry.objects.filter(subject=first.ref).count() == 1


def test_a_repetition_is_known_also_when_the_money_has_gone_since(place):
    id = uuid4()
    first = place.move(Money(60_00), id=id)
    place.move(Money(40_00))
    assert place.move(Money(60_00), id=id) == first


@pytest.mark.parametrize("change", ["amount", "by", "account"])
def test_the_same_id_with_another_body_is_refused(place, change):
    id = uuid4()
    place.move(Money(10_00), id=id)
    other = {
        "amount": {"amount": Money(11_00)},
        "by": {"amount": Money(10_00), "by": place.ben},
        "account": {"amount": Money(10_00), "to": place.world},
    }[change]
    with pytest.raises(actions.IdempotencyConflict):
        place.move(id=id, **other)
    assert queries.balance(place.pot) == Money(90_00)


def test_post_refuses_what_the_pot_does_not_hold(place):
    with pytest.raises(actions.NotEnough):
        place.move(Money(100_01))
    assert place.move(Money(100_00))
    assert queries.balance(place.pot) == Money(0)


def test_a_ceiling_refuses_what_is_too_much(place):
    jar = actions.open_account(owner=place.ana, unit="gbp", name="Jar", by=place.ana, at=AT, ceiling=Money(5_00))
    with pytest.raises(actions.NoRoom):
        place.move(Money(5_01), to=jar)
    place.move(Money(5_00), to=jar)


def test_entries_that_do_not_balance_are_refused_before_the_database_is_asked(place):
    with pytest.raises(DoesNotBalance):
        actions.post(
            id=uuid4(),
            entries=[(place.pot, Money(-5)), (place.hall, Money(4))],
            because=place.step,
            by=place.ana,
            at=AT,
        )
    with pytest.raises(UnusableLines):
        actions.post(id=uuid4(), entries=[(place.pot, Money(-5))], because=place.step, by=place.ana, at=AT)


def test_pounds_never_go_into_an_account_of_hours(place):
    with pytest.raises(actions.WrongUnit):
        place.move(Money(5), to=place.hours)
    with pytest.raises(actions.WrongUnit):
        actions.hold(account=place.hours, amount=Money(5), because=place.step, by=place.ana, at=AT)


def test_hours_may_be_owed_down_to_their_floor_and_say_hours(place):
    place.move(Minutes(120), frm=place.hours, to=place.shared_hours)
    assert str(queries.balance(place.hours)) == "-2 h"
    with pytest.raises(actions.NotEnough):
        place.move(Minutes(1), frm=place.hours, to=place.shared_hours)


def test_pounds_and_hours_move_in_one_posting_each_in_its_unit(place):
    journal = actions.post(
        id=uuid4(),
        entries=[
            (place.pot, Money(-5)),
            (place.hall, Money(5)),
            (place.hours, Minutes(-5)),
            (place.shared_hours, Minutes(5)),
        ],
        because=place.step,
        by=place.ana,
        at=AT,
    )
    assert journal.lines == 4


def test_what_is_set_aside_cannot_be_spent(place):
    held = actions.hold(account=place.pot, amount=Money(80_00), because=place.step, by=place.ana, at=AT)
    with pytest.raises(actions.NotEnough):
        place.move(Money(20_01))
    with pytest.raises(actions.NotEnough):
        actions.hold(account=place.pot, amount=Money(20_01), because=place.step, by=place.ana, at=AT)
    actions.release(hold=held, by=place.ana, at=AT)
    with pytest.raises(actions.AlreadyReleased):
        actions.release(hold=held, by=place.ana, at=AT)
    place.move(Money(100_00))
    assert not queries.drifts()


def test_a_hold_of_nothing_is_refused(place):
    with pytest.raises(actions.NothingMoves):
        actions.hold(account=place.pot, amount=Money(0), because=place.step, by=place.ana, at=AT)


def test_a_balance_as_of_a_moment_leaves_out_what_happened_later(place):
    place.move(Money(10_00), at=datetime(2026, 5, 20, tzinfo=UTC))
    assert queries.balance(place.pot, datetime(2026, 5, 19, tzinfo=UTC)) == Money(100_00)
    assert queries.balance(place.pot, datetime(2026, 5, 20, tzinfo=UTC)) == Money(90_00)
    assert queries.balance(place.pot, datetime(2026, 5, 11, tzinfo=UTC)) == Money(0)
    assert queries.balance(place.pot, known_at=datetime(2000, 1, 1, tzinfo=UTC)) == Money(0)


def test_correct_undoes_a_posting_and_names_it(place):
    journal = place.move(Money(30_00))
    put_right = actions.correct(journal=journal, id=uuid4(), because=place.step, by=place.ben, at=AT)
    assert put_right.corrects_id == journal.pk
    assert queries.balance(place.pot) == Money(100_00)
    with pytest.raises(actions.AlreadyCorrected):
        actions.correct(journal=journal, id=uuid4(), because=place.step, by=place.ben, at=AT)
    assert threads.step_of(put_right).kind == "ledger.correction"


def test_correct_puts_the_right_entries_in_their_place(place):
    journal = place.move(Money(30_00))
    right = [(place.pot, Money(-3_00)), (place.hall, Money(3_00))]
    id = uuid4()
    first = actions.correct(journal=journal, id=id, because=place.step, by=place.ben, at=AT, entries=right)
    again = actions.correct(journal=journal, id=id, because=place.step, by=place.ben, at=AT, entries=right)
    assert first == again
    assert queries.balance(place.pot) == Money(97_00)


def test_a_late_posting_falls_into_the_open_month_and_says_so(place):
    actions.close_period(month=date(2026, 5, 1), by=place.ana, at=AT)
    late = place.move(Money(1_00))
    assert late.is_late
    assert late.period.first_on == date(2026, 6, 1)
    assert late.happened_at == AT
    timely = place.move(Money(1_00), at=datetime(2026, 6, 2, tzinfo=UTC))
    assert not timely.is_late
    with pytest.raises(actions.PeriodClosed):
        actions.close_period(month=date(2026, 5, 1), by=place.ana, at=AT)


def test_a_posting_belongs_to_the_month_on_the_wall_and_not_in_greenwich(place):
    just_after_midnight_in_london = datetime(2026, 6, 30, 23, 30, tzinfo=UTC)
    assert place.move(Money(1_00), at=just_after_midnight_in_london).period.first_on == date(2026, 7, 1)


def test_closing_a_year_closes_its_twelve_months_and_the_next_year_takes_what_is_late(place):
    closed = actions.close_year(year=FinancialYear(2026), by=place.ana, at=AT)
    assert len(closed) == 12
    assert place.move(Money(1_00)).period.first_on == date(2027, 4, 1)
    with pytest.raises(actions.PeriodClosed):
        actions.close_year(year=FinancialYear(2026), by=place.ana, at=AT)


def test_an_account_closes_only_when_it_is_empty_and_stays_closed(place):
    with pytest.raises(actions.AccountNotEmpty):
        actions.close_account(account=place.pot, by=place.ana, at=AT)
    place.move(Money(100_00))
    actions.close_account(account=place.pot, by=place.ana, at=AT)
    with pytest.raises(actions.AccountClosed):
        place.move(Money(1), frm=place.hall, to=place.pot)


def test_an_owner_names_an_account_once(place):
    with pytest.raises(actions.AccountAlreadyOpen):
        actions.open_account(owner=place.council, unit="gbp", name="Pot", by=place.ana, at=AT)


def test_limits_move_with_two_people_and_never_past_what_is_there(place):
    with pytest.raises(actions.TwoPeopleNeeded):
        actions.move_limits(account=place.pot, by=place.ana, second=place.ana, at=AT, floor=Money(0))
    with pytest.raises(actions.NotEnough):
        actions.move_limits(account=place.pot, by=place.ana, second=place.ben, at=AT, floor=Money(100_01))
    actions.move_limits(account=place.pot, by=place.ana, second=place.ben, at=AT, floor=Money(50_00))
    with pytest.raises(actions.NotEnough):
        place.move(Money(50_01))


# -- payments


def test_every_payment_needs_two_people_until_the_place_says_otherwise():
    assert four_eyes_above(date(2026, 5, 12)) == Money(0)


def test_a_payment_goes_from_asked_for_to_paid_and_is_posted_only_then(place):
    payment = place.ask(Money(40_00))
    actions.authorise(payment=payment, by=place.ben, at=AT)
    assert Payment.objects.get().state == "proposed"
    actions.authorise(payment=payment, by=place.cai, at=AT)
    pot = Account.objects.get(pk=place.pot.pk)
    assert (pot.holds, pot.set_aside, pot.free) == (Money(100_00), Money(40_00), Money(60_00))
    dispatch = actions.send(payments=[payment], by=place.ana, at=AT)
    assert [row[3] for row in queries.dispatch_rows(dispatch)] == ["40.00"]
    assert queries.balance(place.pot) == Money(100_00)
    paid = actions.confirm(payment=payment, paid_on=date(2026, 5, 14), by=place.ben, at=AT)
    pot.refresh_from_db()
    assert (pot.holds, pot.set_aside) == (Money(60_00), Money(0))
    assert paid.journal.lines == 2
    told = [step.kind.removeprefix("ledger.payment_") for step in threads.steps_about(payment).order_by("id")]
    assert told == ["proposed", "authorised", "sent", "confirmed"]
    last = threads.steps_about(payment).order_by("-id")[0]
    assert place.step in list(threads.roots(last))
    assert not queries.drifts()


def test_a_payment_that_failed_sets_its_money_free(place):
    payment = place.ask(Money(40_00))
    for person in (place.ben, place.cai):
        actions.authorise(payment=payment, by=person, at=AT)
    actions.send(payments=[payment], by=place.ana, at=AT)
    actions.fail(payment=payment, failure="details", by=place.ana, at=AT)
    pot = Account.objects.get(pk=place.pot.pk)
    assert (pot.holds, pot.set_aside) == (Money(100_00), Money(0))
    assert Journal.objects.count() == 1


def test_a_payment_withdrawn_sets_its_money_free(place):
    payment = place.ask(Money(40_00))
    for person in (place.ben, place.cai):
        actions.authorise(payment=payment, by=person, at=AT)
    actions.withdraw(payment=payment, by=place.ana, at=AT)
    assert not Hold.objects.filter(ended_at=None).exists()
    with pytest.raises(actions.NotThere):
        actions.send(payments=[payment], by=place.ana, at=AT)


def test_one_person_never_authorises_twice(place):
    payment = place.ask()
    actions.authorise(payment=payment, by=place.ben, at=AT)
    with pytest.raises(actions.AlreadyAuthorised):
        actions.authorise(payment=payment, by=place.ben, at=AT)


def test_whoever_asked_is_none_of_those_who_authorise(place, monkeypatch):
    monkeypatch.setattr("commonweal.foundations.ledger.actions.payments.four_eyes_above", lambda on: Money(10_00))
    small, large = place.ask(Money(10_00)), place.ask(Money(10_01))
    assert (small.eyes, large.eyes) == (1, 2)
    for payment in (small, large):
        with pytest.raises(actions.TooFewEyes):
            actions.authorise(payment=payment, by=place.ana, at=AT)
    assert actions.authorise(payment=small, by=place.ben, at=AT).state == "authorised"
    assert actions.authorise(payment=large, by=place.ben, at=AT).state == "proposed"
    assert actions.authorise(payment=large, by=place.cai, at=AT).state == "authorised"


@pytest.mark.parametrize("yeses", [0, 1, 2])
def test_one_no_ends_a_payment_and_sets_its_money_free_and_whoever_asked_is_told(place, yeses):
    payment = place.ask(Money(40_00))
    for person in (place.ben, place.cai)[:yeses]:
        actions.authorise(payment=payment, by=person, at=AT)
    declined = actions.decline(payment=payment, words="The hall is free in March.", by=place.cai, at=AT, language="en")
    assert (declined.state, declined.settled_at) == ("declined", AT)
    assert not Hold.objects.filter(ended_at=None).exists()
    assert Account.objects.get(pk=place.pot.pk).free == Money(100_00)
    objection = queries.objection_to(payment)
    assert (objection.by, objection.words.text) == (place.cai.ref, "The hall is free in March.")
    told = Notice.objects.get(to=place.ana)
    assert told.about.kind == "ledger.payment_declined"
    assert AuditEntry.objects.filter(verb="ledger.decline", subject=payment.ref, by=place.cai.ref).exists()
    for again in (actions.authorise, actions.withdraw):
        with pytest.raises(actions.NotThere):
            again(payment=payment, by=place.ben, at=AT)
    assert not queries.drifts()


@pytest.mark.parametrize("words", ["", "  ", "\n"])
def test_a_no_says_why(place, words):
    payment = place.ask()
    with pytest.raises(actions.SayWhyNot):
        actions.decline(payment=payment, words=words, by=place.ben, at=AT)
    payment.refresh_from_db()
    assert (payment.state, queries.objection_to(payment)) == ("proposed", None)


def test_nobody_says_no_who_asked_for_it_or_gets_it_nor_once_it_was_sent(place):
    payment = place.ask()
    with pytest.raises(actions.TakeItBack):
        actions.decline(payment=payment, words="x", by=place.ana, at=AT)
    with pytest.raises(actions.OwnPayment):
        actions.decline(payment=place.ask(beneficiary=place.ben), words="x", by=place.ben, at=AT)
    for person in (place.ben, place.cai):
        actions.authorise(payment=payment, by=person, at=AT)
    actions.send(payments=[payment], by=place.ana, at=AT)
    with pytest.raises(actions.NotThere):
        actions.decline(payment=payment, words="x", by=place.ben, at=AT)


def test_the_step_of_a_paid_payment_names_the_day_it_was_paid_not_when_we_were_told(place):
    payment = place.ask(Money(40_00))
    for person in (place.ben, place.cai):
        actions.authorise(payment=payment, by=person, at=AT)
    actions.send(payments=[payment], by=place.ana, at=AT)
    actions.confirm(payment=payment, paid_on=date(2026, 5, 14), by=place.ben, at=datetime(2026, 5, 20, tzinfo=UTC))
    step = threads.steps_about(payment).order_by("-id")[0]
    assert telling.title(step) == "We heard that £40.00 was paid to Invented Hall Trust on 14 May 2026"


def test_the_beneficiary_authorises_nothing_nor_does_anybody_who_belongs_to_it(place):
    payment = place.ask(beneficiary=place.ben)
    with pytest.raises(actions.OwnPayment):
        actions.authorise(payment=payment, by=place.ben, at=AT)
    to_council = place.ask(beneficiary=place.council)
    with pytest.raises(actions.OwnPayment):
        actions.authorise(payment=to_council, by=place.cai, at=AT)


def test_a_payment_is_not_authorised_beyond_what_the_pot_holds(place):
    payment = place.ask(Money(100_01))
    with pytest.raises(actions.NotEnough, match=r"Only £100\.00 is free there now, and this needs £100\.01"):
        actions.authorise(payment=payment, by=place.ben, at=AT)
    assert Payment.objects.get().authorisations.count() == 0


def test_what_was_spent_between_two_yeses_is_missed_at_the_second(place):
    first, second = place.ask(Money(60_00)), place.ask(Money(60_00))
    for payment, people in ((first, [place.ben]), (second, [place.ben, place.cai])):
        for person in people:
            actions.authorise(payment=payment, by=person, at=AT)
    with pytest.raises(actions.NotEnough):
        actions.authorise(payment=first, by=place.cai, at=AT)


def test_nothing_is_sent_or_paid_out_of_turn(place):
    payment = place.ask()
    with pytest.raises(actions.NotThere):
        actions.send(payments=[payment], by=place.ana, at=AT)
    with pytest.raises(actions.NotThere):
        actions.confirm(payment=payment, paid_on=date(2026, 5, 14), by=place.ana, at=AT)


def test_payments_of_nothing_or_of_hours_are_refused(place):
    with pytest.raises(actions.NothingMoves):
        place.ask(Money(0))
    with pytest.raises(actions.WrongUnit):
        actions.propose_payment(
            from_account=place.hours,
            to_account=place.shared_hours,
            amount=Money(5),
            beneficiary=place.charity,
            words="",
            by=place.ana,
            because=place.step,
            at=AT,
        )


def test_a_payment_asked_for_twice_under_one_number_is_one(place):
    number = uuid4()
    first = place.ask(sent_as=number)
    assert place.ask(sent_as=number) == first
    for other in ({"amount": Money(6_00)}, {"by": place.ben}):
        with pytest.raises(actions.SentTwice):
            place.ask(sent_as=number, **other)
    assert Payment.objects.count() == 1
