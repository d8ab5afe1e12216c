"""Sixteen at once, with real commits, where a thing may happen once. Each law has its control: what the same sixteen do
where the law is taken away. (Suggestions, themes, accounts, roles and leads have their races in their own rooms.)"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier
from typing import Any

import pytest
from django.db import connections

from commonweal.do.initiatives import actions as initiatives
from commonweal.foundations.audit import actions as audit
from commonweal.foundations.audit.models import Redaction
from commonweal.foundations.decisions import actions as decisions
from commonweal.foundations.decisions.actions import answering
from commonweal.foundations.decisions.models import Answer, Assent, Draft, Owed, Reply
from commonweal.foundations.ledger import actions as ledger
from commonweal.foundations.ledger.models import Authorisation, Hold, Payment
from commonweal.foundations.notices import actions as notices
from commonweal.foundations.notices.models import Link, Notice
from commonweal.foundations.verbs import clock
from commonweal.methods.quantities import Money
from commonweal.town import building
from commonweal.town.building import Town

pytestmark = [pytest.mark.races, pytest.mark.slow, pytest.mark.django_db(transaction=True)]

AT_ONCE = 16
LONG = timedelta(days=14)


@pytest.fixture
def town(transactional_db: None) -> Iterator[Town]:
    """The town with real commits, for each race afresh."""
    yield building.build(at=clock.now())


def together(act: Callable[[int], Any]) -> Counter[str]:
    """How sixteen ended who did it in the same moment, each on a connection of its own."""
    gate = Barrier(AT_ONCE)

    def one(number: int) -> str:
        try:
            gate.wait(timeout=60)
            act(number)
            return "done"
        except Exception as refusal:
            return type(refusal).__name__
        finally:
            connections.close_all()

    with ThreadPoolExecutor(AT_ONCE) as people:
        return Counter(people.map(one, range(AT_ONCE)))


def unlocked(kind: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """Take the law away: everybody reads the row without waiting for the others, and then all go on at once."""
    gate = Barrier(AT_ONCE)

    def read(owed: Owed) -> Owed:
        found = Owed.objects.select_related("step").get(pk=owed.pk)
        gate.wait(timeout=60)
        return found

    monkeypatch.setattr(kind, "locked", read)


def cleared(town: Town) -> Owed:
    at = clock.now()
    decisions.draft(owed=town.open_owed, reason_code="adopted", words="Yes.", by=town.daniel, at=at)
    decisions.clear(owed=town.open_owed, by=town.grace, at=at)
    return town.open_owed


def test_an_answer_is_published_once_and_everybody_told_once(town: Town) -> None:
    owed, at = cleared(town), clock.now()
    ended = together(lambda _: decisions.publish(owed=owed, by=town.grace, at=at))
    assert ended == {"done": 1, "NoDraft": AT_ONCE - 1}
    answer = Answer.objects.get(owed=owed)
    assert Notice.objects.filter(about=answer.step, to=town.amina).count() == 1


def test_a_link_saves_once(town: Town) -> None:
    at = clock.now()
    offered = decisions.assign(owed=town.open_owed, name="Liam", email="liam@council.example", by=town.grace, at=at)
    ended = together(
        lambda number: decisions.draft(
            owed=town.open_owed, reason_code="adopted", words=f"Draft {number}", by=offered.link, at=at
        )
    )
    assert ended == {"done": 1, "LinkAlreadyUsed": AT_ONCE - 1}
    assert Draft.objects.filter(owed=town.open_owed).count() == 1


def test_a_link_that_is_looked_at_before_it_is_used_saves_more_than_once(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The control: the condition stands in the UPDATE; where it is asked before, all sixteen find the link open."""
    at, gate = clock.now(), Barrier(AT_ONCE)
    offered = decisions.assign(owed=town.open_owed, name="Liam", email="liam@council.example", by=town.grace, at=at)

    def look_then_use(_: int) -> None:
        is_open = Link.objects.get(pk=offered.link.pk).is_open_at(at)
        gate.wait(timeout=60)
        assert is_open
        Link.objects.filter(pk=offered.link.pk).update(used_at=at)

    assert together(look_then_use)["done"] > 1


def test_a_party_says_one_thing_at_a_time(town: Town) -> None:
    """Every stance that was taken is there and numbered; whoever came in the same moment was told to look first."""
    at = clock.now()
    before = Assent.objects.filter(subject=town.outcome.ref, party=town.charity.ref).count()
    ended = together(
        lambda number: decisions.give_assent(
            subject=town.outcome,
            party=town.charity,
            stance="reservation",
            words=f"Reservation {number}",
            by=town.beth,
            because=town.outcome.step,
            at=at,
        )
    )
    assert set(ended) <= {"done", "SaidAtOnce"} and ended["done"] >= 1
    numbers = list(
        Assent.objects.filter(subject=town.outcome.ref, party=town.charity.ref)
        .order_by("number")
        .values_list("number", flat=True)
    )
    assert numbers == list(range(1, before + ended["done"] + 1))


def propose(town: Town) -> Payment:
    return initiatives.propose_payment(
        fund=town.fund, payee=town.charity, amount=Money(900_00), words="A bus", by=town.beth, at=clock.now()
    )


def test_one_person_at_two_windows_is_one_yes(town: Town) -> None:
    payment, at = propose(town), clock.now()
    ended = together(lambda _: ledger.authorise(payment=payment, by=town.joan, at=at))
    assert ended == {"done": 1, "AlreadyAuthorised": AT_ONCE - 1}
    payment.refresh_from_db()
    assert (payment.state, Authorisation.objects.filter(payment=payment).count()) == ("proposed", 1)


def test_counting_yeses_instead_of_people_would_let_one_person_pay(town: Town) -> None:
    """The control: a twin that asks first whether this person has said yes, and then counts."""
    payment, gate, yeses = propose(town), Barrier(AT_ONCE), []

    def look_then_count(_: int) -> None:
        said = Authorisation.objects.filter(payment=payment, by=town.joan.ref).exists()
        gate.wait(timeout=60)
        assert not said
        yeses.append(town.joan)

    together(look_then_count)
    assert len(yeses) >= payment.eyes


def test_a_payment_is_sent_and_paid_once(town: Town) -> None:
    payment, at = propose(town), clock.now()
    for person in (town.joan, town.daniel):
        payment = ledger.authorise(payment=payment, by=person, at=at)
    assert together(lambda _: ledger.send(payments=[payment], by=town.joan, at=at)) == {
        "done": 1,
        "NotThere": AT_ONCE - 1,
    }
    paid = together(lambda _: ledger.confirm(payment=payment, paid_on=at.date(), by=town.daniel, at=at))
    assert paid == {"done": 1, "NotThere": AT_ONCE - 1}
    assert not Hold.objects.filter(pk=payment.hold_id, ended_at=None).exists()


def test_a_reply_is_given_once(town: Town) -> None:
    owed, at = cleared(town), clock.now()
    answer = decisions.publish(owed=owed, by=town.grace, at=at)
    line = owed.lines.get(person=town.amina)
    ended = together(
        lambda number: decisions.reply(answer=answer, line=line, words=f"Reply {number}", by=town.amina, at=at)
    )
    assert ended == {"done": 1, "RepliedAlready": AT_ONCE - 1}
    assert Reply.objects.filter(answer=answer).count() == 1


def test_a_reply_without_the_line_s_lock_leans_on_the_database(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    """The control: sixteen who all look before anybody writes. The lock gone, only the UNIQUE constraint is left."""
    from commonweal.foundations.decisions.actions import replying

    owed, at, gate = cleared(town), clock.now(), Barrier(AT_ONCE)
    answer = decisions.publish(owed=owed, by=town.grace, at=at)
    line = owed.lines.get(person=town.amina)
    monkeypatch.setattr(replying, "_one_at_a_time", lambda *_: None)
    ended = together(lambda n: decisions.reply(answer=answer, line=line, words=f"{n}", by=town.amina, at=at))
    assert ended["RepliedAlready"] == 0 and ended["done"] == 1 and gate.n_waiting == 0
    assert Reply.objects.filter(answer=answer).count() == 1


def test_words_wait_for_one_redaction_and_go_once(town: Town) -> None:
    words, at = town.contribution.words, clock.now()
    asked = together(lambda _: audit.propose_redaction(words=words, by=town.helen, because="private", at=at))
    assert asked == {"done": 1, "AlreadyProposed": AT_ONCE - 1}
    proposal = Redaction.objects.get(words=words)
    settled = together(lambda _: audit.confirm_redaction(redaction=proposal, by=town.owen, at=at))
    assert settled["done"] == 1 and set(settled) <= {"done", "AlreadySettled", "AlreadyRemoved"}


def test_sixteen_receipts_are_sixteen_and_each_opens_its_own(town: Town) -> None:
    at, codes = clock.now(), []
    ended = together(lambda _: codes.append(notices.receipt(subject=town.on_paper, at=at).code))
    assert ended == {"done": AT_ONCE}
    assert len(set(codes)) == AT_ONCE
    opened = {notices.open_receipt(typed=code, whence="test", at=at).pk for code in codes}
    assert len(opened) == AT_ONCE


def test_without_the_lock_more_than_one_would_find_the_draft(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    """The control of publishing: all sixteen find a cleared draft where nobody waits for the others."""
    owed = cleared(town)
    unlocked(answering, monkeypatch)
    found = together(lambda _: answering.waiting_draft(answering.locked(owed)))
    assert found == {"done": AT_ONCE}
