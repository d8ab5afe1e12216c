"""The ledger beside sixty lines of Python that say what it should do, through histories that Hypothesis makes up.

COMMONWEAL_LEDGER_HISTORIES sets how many: 100 in the tests, more in the drill.
"""

from __future__ import annotations

import os
from uuid import uuid4

import pytest
from django.db import transaction
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from commonweal.foundations.ledger import actions, queries
from commonweal.foundations.ledger.models import Account, Journal
from commonweal.methods.quantities import Money

from .conftest import AT, build_place

HISTORIES = int(os.environ.get("COMMONWEAL_LEDGER_HISTORIES", "100"))
STEPS = 15

places = st.integers(0, 2)
pence = st.integers(1, 400)


class Model:
    """What the ledger should do, without a database."""

    def __init__(self):
        self.held = [0, 300, 0]
        self.aside = [0, 0, 0]
        self.floors = [None, 0, -100]
        self.ceilings = [None, None, 500]
        self.posted = {}

    def spend(self, id, frm, to, amount):
        if id in self.posted:
            return "repeated" if self.posted[id] == (frm, to, amount) else "conflict"
        if not self.is_free(frm, amount):
            return "not enough"
        if self.ceilings[to] is not None and self.held[to] + amount > self.ceilings[to]:
            return "no room"
        self.held[frm] -= amount
        self.held[to] += amount
        self.posted[id] = (frm, to, amount)
        return "posted"

    def is_free(self, place, amount):
        floor = self.floors[place]
        return floor is None or self.held[place] - self.aside[place] - amount >= floor


class Histories(RuleBasedStateMachine):
    broken = False

    @initialize()
    def begin(self):
        self.savepoint = transaction.atomic()
        self.savepoint.__enter__()
        self.place = build_place()
        self.place.move(Money(97_00), frm=self.place.pot, to=self.place.world)
        self.jar = actions.open_account(
            owner=self.place.ben, unit="gbp", name="Jar", by=self.place.ben, at=AT, floor=-100, ceiling=500
        )
        self.accounts = [self.place.world, self.place.pot, self.jar]
        self.start = [account.balance for account in self.fresh()]
        self.model = Model()
        self.holds = []
        self.ids = []
        self.journals = []

    def fresh(self):
        rows = Account.objects.in_bulk([account.pk for account in self.accounts])
        return [rows[account.pk] for account in self.accounts]

    def spend(self, id, frm, to, amount):
        before = Journal.objects.filter(pk=id).exists()
        try:
            journal = self.place.move(Money(amount), id=id, frm=self.accounts[frm], to=self.accounts[to])
        except actions.NotEnough:
            return "not enough"
        except actions.NoRoom:
            return "no room"
        except actions.IdempotencyConflict:
            return "conflict"
        if not before:
            self.journals.append((journal, frm, to, amount))
        return "repeated" if before else "posted"

    @rule(frm=places, to=places, amount=pence)
    def post(self, frm, to, amount):
        if frm == to:
            return
        id = uuid4()
        self.ids.append((id, frm, to, amount))
        assert self.spend(id, frm, to, amount) == self.expected(id, frm, to, amount)

    @precondition(lambda self: self.ids)
    @rule(data=st.data(), change=st.sampled_from([0, 0, 1]))
    def post_again(self, data, change):
        id, frm, to, amount = data.draw(st.sampled_from(self.ids))
        assert self.spend(id, frm, to, amount + change) == self.expected(id, frm, to, amount + change)

    def expected(self, id, frm, to, amount):
        # The ledger finds a shortage first and a repetition of the same id next: the answer is the same.
        return self.model.spend(id, frm, to, amount)

    @rule(place=places, amount=pence)
    def hold(self, place, amount):
        is_free = self.model.is_free(place, amount)
        try:
            made = actions.hold(
                account=self.accounts[place], amount=Money(amount), because=self.place.step, by=self.place.ana, at=AT
            )
        except actions.NotEnough:
            assert not is_free
            return
        assert is_free
        self.model.aside[place] += amount
        self.holds.append((made, place, amount))

    @precondition(lambda self: self.holds)
    @rule(data=st.data())
    def release(self, data):
        made, place, amount = self.holds.pop(data.draw(st.integers(0, len(self.holds) - 1)))
        actions.release(hold=made, by=self.place.ana, at=AT)
        self.model.aside[place] -= amount

    @precondition(lambda self: self.journals)
    @rule(data=st.data())
    def correct(self, data):
        journal, frm, to, amount = data.draw(st.sampled_from(self.journals))
        is_new = journal.pk not in self.model.__dict__.setdefault("corrected", set())
        try:
            actions.correct(journal=journal, id=uuid4(), because=self.place.step, by=self.place.ana, at=AT)
        except actions.AlreadyCorrected:
            assert not is_new
        except actions.NotEnough:
            assert is_new
            assert not self.model.is_free(to, amount)
        except actions.NoRoom:
            assert self.model.held[frm] + amount > (self.model.ceilings[frm] or 10**12)
        else:
            assert is_new
            self.model.corrected.add(journal.pk)
            self.model.held[to] -= amount
            self.model.held[frm] += amount

    @invariant()
    def the_ledger_holds_what_the_model_holds(self):
        if not hasattr(self, "model"):
            return
        if self.broken:
            self.model.held[1] += bool(self.journals)
        accounts = self.fresh()
        moved = [account.balance - start for account, start in zip(accounts, self.start, strict=True)]
        assert moved == [held - start for held, start in zip(self.model.held, [0, 300, 0], strict=True)]
        assert [account.held for account in accounts] == self.model.aside
        assert queries.totals()["gbp"] == 0

    def teardown(self):
        if not hasattr(self, "savepoint"):
            return
        try:
            assert not queries.drifts()
            assert not queries.unbalanced_journals().exists()
        finally:
            transaction.set_rollback(True)
            self.savepoint.__exit__(None, None, None)


def run(machine, histories):
    run_state_machine_as_test(
        machine,
        settings=settings(
            max_examples=histories,
            stateful_step_count=STEPS,
            deadline=None,
            database=None,
            phases=[Phase.generate],
            suppress_health_check=list(HealthCheck),
        ),
    )


def test_the_ledger_does_what_the_model_does_in_every_history(db):
    """Told as it is found, without the search for a shorter history, which would take minutes against a database."""
    run(Histories, HISTORIES)


def test_a_model_that_is_a_penny_off_is_noticed(db):
    class Broken(Histories):
        broken = True

    with pytest.raises(AssertionError):
        run(Broken, 20)
