"""What the database itself refuses, whoever asks and however."""

from __future__ import annotations

from uuid import UUID, uuid4

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from commonweal.foundations.audit import actions as audit
from commonweal.foundations.intake import actions as intake
from commonweal.foundations.ledger import actions, queries
from commonweal.foundations.ledger.models import (
    Account,
    Authorisation,
    Entry,
    Hold,
    Journal,
    Objection,
    Payment,
    Period,
)
from commonweal.foundations.thread.models import Step
from commonweal.foundations.verbs import guards
from commonweal.methods.quantities import Money

from .conftest import AT

IS_SQLITE = connection.vendor == "sqlite"
BROKEN = (IntegrityError, DatabaseError)


def commit():
    """What the end of a transaction would look at."""
    connection.check_constraints()


def journal_row(place, *, id, lines=2, period=None):
    Journal.objects.create(
        id=id,
        digest=b"0" * 32,
        reason=place.step,
        by=place.ana,
        happened_at=AT,
        period=period or Period.objects.get(),
        is_late=False,
        lines=lines,
    )


def by_hand(place, *amounts, lines=None, period=None):
    """Post as no verb does: straight into the tables, in the order that the engine needs."""
    id = uuid4()
    accounts = [place.world, place.pot, place.hall]
    lines = len(amounts) if lines is None else lines
    with transaction.atomic():
        if connection.vendor == "postgresql":
            journal_row(place, id=id, lines=lines, period=period)
        for account, amount in zip(accounts, amounts, strict=False):
            with connection.cursor() as cursor:
                cursor.execute(
                    "INSERT INTO ledger_entry (journal_id, account_id, amount) VALUES (%s, %s, %s)",
                    [_id(id), _id(account.pk), amount],
                )
        if connection.vendor != "postgresql":
            journal_row(place, id=id, lines=lines, period=period)
        commit()
    return id


def _id(uuid):
    return uuid if connection.vendor == "postgresql" else uuid.hex


def test_a_whole_journal_put_in_by_hand_is_taken_and_moves_the_balances(place):
    by_hand(place, -7, 7)
    assert queries.balance(place.pot) == Money(100_07)
    assert not queries.drifts()


@pytest.mark.parametrize("amounts", [(-7, 8), (-7, 7, 1), (5, 5)])
def test_a_journal_that_does_not_balance_is_refused(place, amounts):
    with pytest.raises(BROKEN, match="a journal balances|takes no more entries"):
        by_hand(place, *amounts)


def test_without_its_guards_an_unbalanced_journal_gets_in(place):
    with guards.lifted():
        by_hand(place, -7, 8)
    assert queries.unbalanced_journals().count() == 1


def test_a_journal_that_claims_more_entries_than_it_has_is_refused(place):
    with pytest.raises(BROKEN):
        by_hand(place, -7, 7, lines=3)


def test_entries_to_a_journal_that_is_there_are_refused_even_when_they_balance(place):
    journal = place.move(Money(5))
    with pytest.raises(BROKEN, match="takes no more entries"), transaction.atomic():
        Entry.objects.create(journal=journal, account=place.world, amount=-9)
        Entry.objects.create(journal=journal, account=place.hours, amount=9)
        commit()


def test_nothing_posted_is_ever_changed_or_removed(place):
    journal = place.move(Money(5))
    for change in (
        lambda: Entry.objects.filter(journal=journal).update(amount=1),
        lambda: Entry.objects.filter(journal=journal)._raw_delete("default"),
        lambda: Journal.objects.filter(pk=journal.pk).update(by=place.ben.ref),
        lambda: Journal.objects.filter(pk=journal.pk)._raw_delete("default"),
    ):
        with pytest.raises(BROKEN, match="never"), transaction.atomic():
            change()


def test_a_balance_below_the_floor_is_refused_by_the_table_itself(place):
    with pytest.raises(BROKEN, match="an_account_never_falls_below_its_floor"):
        by_hand(place, 100_01, -100_01)


def test_an_entry_of_nought_and_a_journal_of_one_line_are_refused(place):
    with pytest.raises(BROKEN):
        by_hand(place, 0, 0)
    with pytest.raises(BROKEN):
        by_hand(place, lines=1)


def test_nothing_is_posted_without_a_reason_that_is_there(place):
    place.step = Step(id=place.step.pk + 1_000)
    with pytest.raises(BROKEN, match="a journal has a reason on the thread"):
        by_hand(place, -7, 7)


def test_nothing_is_posted_into_a_closed_month_by_hand(place):
    actions.close_period(month=AT.date(), by=place.ana, at=AT)
    with pytest.raises(BROKEN, match="a journal falls into an open period"):
        by_hand(place, -7, 7, period=Period.objects.get(first_on="2026-05-01"))
    with pytest.raises(BROKEN, match="a closed period stays closed"), transaction.atomic():
        Period.objects.update(closed_at=None)


def test_a_balance_is_never_typed_in(place):
    if connection.vendor == "sqlite":
        pytest.skip("SQLite cannot tell a trigger's update from another; `drifts` finds it")
    with pytest.raises(BROKEN, match="a balance moves only with an entry"), transaction.atomic():
        Account.objects.filter(pk=place.pot.pk).update(balance=1)


def test_a_balance_that_went_round_the_laws_is_found(place):
    with guards.lifted():
        Account.objects.filter(pk=place.pot.pk).update(balance=1)
    assert [drift.account for drift in queries.drifts()] == [place.pot]


def test_an_account_opens_empty_and_keeps_its_unit(place):
    with pytest.raises(BROKEN, match="an account opens empty"), transaction.atomic():
        Account.objects.create(
            owner=place.ana, unit="gbp", name="Full", balance=5, is_public=False, opened_at=AT, floor=0
        )
    with pytest.raises(BROKEN, match="never changed"), transaction.atomic():
        Account.objects.filter(pk=place.pot.pk).update(unit="minutes")


def test_a_hold_ends_once_and_keeps_its_amount(place):
    held = actions.hold(account=place.pot, amount=Money(5), because=place.step, by=place.ana, at=AT)
    with pytest.raises(BROKEN), transaction.atomic():
        Hold.objects.update(amount=1)
    actions.release(hold=held, by=place.ana, at=AT)
    with pytest.raises(BROKEN, match="a hold ends once"), transaction.atomic():
        Hold.objects.update(ended_at=None)


def test_a_payment_skips_no_state_and_is_never_authorised_by_too_few(place):
    payment = place.ask()
    for state in ("sent", "confirmed", "failed"):
        with pytest.raises(BROKEN), transaction.atomic():
            Payment.objects.update(state=state)
    held = actions.hold(account=place.pot, amount=Money(5), because=place.step, by=place.ana, at=AT)
    with pytest.raises(BROKEN, match="authorised by enough people"), transaction.atomic():
        Payment.objects.update(state="authorised", hold=held)
    with pytest.raises(BROKEN, match="never changed"), transaction.atomic():
        Payment.objects.filter(pk=payment.pk).update(pence=1)


def test_nobody_authorises_a_payment_to_themselves_by_hand(place):
    payment = place.ask(beneficiary=place.ben)
    with pytest.raises(BROKEN, match="nobody authorises a payment to themselves"), transaction.atomic():
        Authorisation.objects.create(payment=payment, by=place.ben, at=AT)


def test_every_guard_of_the_ledger_is_in_place_after_the_migrations(db):
    assert not [name for name in guards.missing() if "ledger" in name]
    assert "a_journal_balances" not in guards.missing()


def test_no_column_of_the_ledger_holds_a_fraction():
    kinds = {field.get_internal_type() for model in (Account, Entry, Hold, Payment) for field in model._meta.fields}
    assert not kinds & {"FloatField", "DecimalField"}


# -- each of the ledger's own guards, broken by hand and named by its sentence


def row(table, **values):
    """A row as no verb makes it."""
    values = {name: value.hex if IS_SQLITE and isinstance(value, UUID) else value for name, value in values.items()}
    columns = ", ".join(f'"{name}"' for name in values)
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {table} ({columns}) VALUES ({', '.join(['%s'] * len(values))})",  # noqa: S608
            list(values.values()),
        )


def sql(statement, *values):
    with connection.cursor() as cursor:
        cursor.execute(statement, [_id(each) if isinstance(each, UUID) else each for each in values])


def figures(account):
    account.refresh_from_db()
    return account.balance, account.held


def set_aside(place, *, ended_at=None):
    id = uuid4()
    row(
        "ledger_hold",
        id=id,
        account_id=place.pot.pk,
        amount=5_00,
        reason_id=place.step.pk,
        by=str(place.ana.ref),
        made_at=AT,
        ended_at=ended_at,
    )
    return id


def test_a_journal_that_is_there_takes_no_more_entries(place):
    journal = place.move(Money(5))
    said = "a_journal_that_is_there_takes_no_more_entries"
    with pytest.raises(BROKEN, match=said.replace("_", " ")), transaction.atomic():
        row("ledger_entry", journal_id=journal.pk, account_id=place.world.pk, amount=-9)


def test_an_entry_moves_the_balance(place):
    """`an_entry_moves_the_balance`: nobody writes the sum, it comes along. Without the guard it stays behind."""
    by_hand(place, -7, 7)
    assert figures(place.pot) == (100_07, 0)
    with guards.lifted():
        by_hand(place, -7, 7)
    assert figures(place.pot) == (100_07, 0)
    assert {drift.account for drift in queries.drifts()} == {place.pot, place.world}


def test_a_closed_account_stays_closed(place):
    actions.close_account(account=place.hall, by=place.ana, at=AT)
    said = "a_closed_account_stays_closed"
    with pytest.raises(BROKEN, match=said.replace("_", " ")), transaction.atomic():
        sql("UPDATE ledger_account SET closed_at = NULL WHERE id = %s", place.hall.pk)


def test_a_hold_sets_aside_and_an_ended_hold_sets_free(place):
    """`a_hold_sets_aside`, `an_ended_hold_sets_free`: also by hand; one that has ended sets nothing aside."""
    id = set_aside(place)
    assert figures(place.pot) == (100_00, 5_00)
    set_aside(place, ended_at=AT)
    assert figures(place.pot) == (100_00, 5_00)
    sql("UPDATE ledger_hold SET ended_at = made_at WHERE id = %s", id)
    assert figures(place.pot) == (100_00, 0)
    with guards.lifted():
        set_aside(place)
    assert figures(place.pot) == (100_00, 0)


def test_more_is_not_set_aside_by_hand_than_there_is(place):
    with pytest.raises(BROKEN, match="an_account_never_falls_below_its_floor"), transaction.atomic():
        for _ in range(21):
            set_aside(place)


def test_a_payment_begins_as_asked_for(place):
    asked = place.ask()
    values = {field.attname: getattr(asked, field.attname) for field in Payment._meta.concrete_fields}
    values |= {"id": uuid4(), "reference": "CWMADEBYHAND", "state": "withdrawn"}
    said = "a_payment_begins_as_asked_for"
    with pytest.raises(BROKEN, match=said.replace("_", " ")), transaction.atomic():
        Payment.objects.create(**values)
    with guards.lifted():
        Payment.objects.create(**values)


@pytest.mark.parametrize("state", ["sent", "confirmed", "failed"])
def test_a_payment_goes_forward_one_state_at_a_time(place, state):
    place.ask()
    said = "a_payment_goes_forward_one_state_at_a_time"
    with pytest.raises(BROKEN, match=said.replace("_", " ")), transaction.atomic():
        sql("UPDATE ledger_payment SET state = %s", state)


def test_a_withdrawn_payment_stays_withdrawn(place):
    actions.withdraw(payment=place.ask(), by=place.ana, at=AT)
    with pytest.raises(BROKEN, match="goes forward one state at a time"), transaction.atomic():
        sql("UPDATE ledger_payment SET state = 'proposed'")


def test_a_payment_is_authorised_by_enough_people(place):
    payment = place.ask()
    actions.authorise(payment=payment, by=place.ben, at=AT)
    said, hold = "a_payment_is_authorised_by_enough_people", set_aside(place)
    with pytest.raises(BROKEN, match=said.replace("_", " ")), transaction.atomic():
        sql("UPDATE ledger_payment SET state = 'authorised', hold_id = %s WHERE id = %s", hold, payment.pk)
    Authorisation.objects.create(payment=payment, by=place.cai, at=AT)
    sql("UPDATE ledger_payment SET state = 'authorised', hold_id = %s WHERE id = %s", hold, payment.pk)


def test_whoever_asked_for_a_payment_does_not_authorise_it(place):
    payment = place.ask()
    said = "whoever_asked_for_a_payment_does_not_authorise_it"
    with pytest.raises(BROKEN, match=said.replace("_", " ")), transaction.atomic():
        Authorisation.objects.create(payment=payment, by=place.ana, at=AT)
    with guards.lifted():
        Authorisation.objects.create(payment=payment, by=place.ana, at=AT)


def test_a_declined_payment_has_somebody_who_said_why(place):
    payment = place.ask()
    said = "a_declined_payment_has_somebody_who_said_why"
    with pytest.raises(BROKEN, match=said.replace("_", " ")), transaction.atomic():
        sql("UPDATE ledger_payment SET state = 'declined' WHERE id = %s", payment.pk)
    objection(place, payment)
    sql("UPDATE ledger_payment SET state = 'declined' WHERE id = %s", payment.pk)
    with pytest.raises(BROKEN, match="goes forward one state at a time"), transaction.atomic():
        sql("UPDATE ledger_payment SET state = 'proposed' WHERE id = %s", payment.pk)


@pytest.mark.parametrize("column", ["pence", "words_id", "proposed_by", "sent_as"])
def test_what_was_asked_for_stays_as_it_was_asked_for(place, column):
    place.ask()
    with pytest.raises(BROKEN, match="never changed"), transaction.atomic():
        sql(f"UPDATE ledger_payment SET {column} = {column}")  # noqa: S608
    with guards.lifted():
        sql(f"UPDATE ledger_payment SET {column} = {column}")  # noqa: S608


def test_a_no_is_said_once_and_stays_as_it_was_said(place):
    payment = place.ask()
    objection(place, payment)
    with pytest.raises(BROKEN), transaction.atomic():
        objection(place, payment)
    for changed in ("UPDATE ledger_objection SET at = at", "DELETE FROM ledger_objection"):
        with pytest.raises(BROKEN, match="ledger objection is never"), transaction.atomic():
            sql(changed)


def test_a_no_comes_before_a_payment_is_sent(place):
    payment = place.ask()
    actions.withdraw(payment=payment, by=place.ana, at=AT)
    said = "a_no_comes_before_a_payment_is_sent"
    with pytest.raises(BROKEN, match=said.replace("_", " ")), transaction.atomic():
        objection(place, payment)
    with guards.lifted():
        objection(place, payment)


def test_a_payment_that_is_over_sets_nothing_aside(place):
    payment = place.ask()
    for person in (place.ben, place.cai):
        actions.authorise(payment=payment, by=person, at=AT)
    said = "a_payment_that_is_over_sets_nothing_aside"
    with pytest.raises(BROKEN, match=said.replace("_", " ")), transaction.atomic():
        sql("UPDATE ledger_payment SET state = 'withdrawn' WHERE id = %s", payment.pk)
    with guards.lifted():
        sql("UPDATE ledger_payment SET state = 'withdrawn' WHERE id = %s", payment.pk)


def sent_by_ana(place):
    payment = place.ask()
    for person in (place.ben, place.cai):
        actions.authorise(payment=payment, by=person, at=AT)
    actions.send(payments=[payment], by=place.ana, at=AT)
    return payment


@pytest.mark.parametrize("source", [None, "polis:elsewhere"])
def test_whoever_made_the_file_does_not_alone_say_it_was_paid(place, monkeypatch, source):
    """Nor with another file in hand than the paying system's. The verb is blind here: it is the guard that refuses."""
    monkeypatch.setattr("commonweal.foundations.ledger.rules.made_its_file", lambda who, payment: False)
    other = source and intake.take_in(source=source, digest="0" * 64, rows=1, by=place.ana, at=AT)
    payment, said = sent_by_ana(place), "whoever_made_the_file_does_not_alone_say_it_was_paid"

    def confirm(by):
        actions.confirm(payment=payment, paid_on=AT.date(), by=by, at=AT, heard_in=other)

    with pytest.raises(BROKEN, match=said.replace("_", " ")), transaction.atomic():
        confirm(place.ana)
    with guards.lifted(), transaction.atomic():
        confirm(place.ana)
        transaction.set_rollback(True)
    confirm(place.ben)
    assert Payment.objects.get().state == "confirmed"


def objection(place, payment):
    """A no that no verb wrote."""
    Objection.objects.create(payment=payment, by=place.ben, words=audit.keep_words("No."), at=AT)
