"""The same page, another record: what belongs to somebody opens to them alone, and nobody says yes to themselves."""

from __future__ import annotations

import html
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.core.signing import Signer
from django.test import Client
from django.urls import reverse

from commonweal.do.initiatives import actions as initiatives
from commonweal.foundations.audit import actions as audit
from commonweal.foundations.audit.models import Words
from commonweal.foundations.decisions import actions as decisions
from commonweal.foundations.decisions.models import Answer, Assent, Draft, Reply
from commonweal.foundations.ledger import actions as ledger
from commonweal.foundations.ledger.actions import payments
from commonweal.foundations.ledger.models import Account, Authorisation, Payment
from commonweal.foundations.notices import actions as notices
from commonweal.foundations.notices import composing
from commonweal.foundations.notices.models import Link, Notice, Wishes
from commonweal.foundations.organisations import actions as organisations
from commonweal.foundations.organisations.models import Membership
from commonweal.foundations.people import actions as people
from commonweal.foundations.people.models import Person, Role
from commonweal.foundations.verbs import clock
from commonweal.foundations.verbs.refs import SYSTEM
from commonweal.foundations.work import actions as progress
from commonweal.methods.quantities import Minutes, Money
from commonweal.town.building import Town
from commonweal.understand.dialogue import actions as dialogue
from commonweal.understand.dialogue.models import Contribution
from tests.abuse.streets import REFUSED

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)


@pytest.fixture
def at() -> datetime:
    return clock.now()


@pytest.fixture
def as_() -> Callable[[Person | None], Client]:
    def sign_in(person: Person | None) -> Client:
        client = Client(raise_request_exception=False)
        if person is not None:
            client.force_login(person.sign_in)
        return client

    return sign_in


def open_(client: Client, name: str, *args: Any) -> int:
    return client.get(reverse(name, args=args)).status_code


def send(client: Client, name: str, *args: Any, **sent: Any) -> Any:
    return client.post(reverse(name, args=args), sent)


# -- what is somebody's own


def test_a_held_suggestion_opens_to_its_author_and_convenors_alone(town: Town, as_: Any, at: datetime) -> None:
    held = dialogue.hold(contribution=town.fresh_contribution, by=town.grace, reason="personal", at=at)
    who = {person: open_(as_(person), "dialogue:contribution", held.pk) for person in (town.tom, town.grace)}
    others = [open_(as_(person), "dialogue:contribution", held.pk) for person in (None, town.amina, town.helen)]
    assert set(who.values()) == {200}
    assert set(others) == {404}


def test_nobody_replies_on_another_residents_line(town: Town, as_: Any) -> None:
    line = town.answer.owed.lines.get(person=town.tom)
    answer = send(as_(town.amina), "decisions:reply_to", town.answer.pk, line=str(line.pk), words="As if I were Tom")
    assert answer.status_code == 422
    assert send(as_(town.alex), "decisions:reply_to", town.answer.pk, line=str(line.pk), words="x").status_code == 302
    assert not Reply.objects.exists()


def test_a_job_opens_to_whoever_waits_for_it(town: Town, as_: Any, at: datetime) -> None:
    job = progress.begin(title="Bringing in votes", owner=town.grace, at=at)
    assert open_(as_(town.grace), "work:job", job.pk) == 200
    assert {open_(as_(person), "work:job", job.pk) for person in (town.helen, town.amina)} == {404}


def test_only_whoever_gave_a_consent_takes_it_back(town: Town, as_: Any, at: datetime) -> None:
    given = people.consent(person=town.amina, purpose="tests.x", wording_version="1", by=town.amina, at=at)
    for person in (town.tom, town.helen):
        assert send(as_(person), "people:withdraw_consent", given.pk).status_code == 404
    given.refresh_from_db()
    assert given.is_current
    assert send(as_(town.amina), "people:withdraw_consent", given.pk).status_code == 302


def test_a_payment_to_a_person_opens_to_those_it_concerns(town: Town, as_: Any, at: datetime) -> None:
    to = ledger.open_account(owner=town.amina, unit="gbp", name="Expenses", floor=None, by=town.daniel, at=at)
    payment = ledger.propose_payment(
        from_account=town.fund.pounds,
        to_account=to,
        amount=Money(12_00),
        beneficiary=town.amina,
        words="Bus fares to the hospital",
        by=town.beth,
        because=town.fund.step,
        at=at,
    )
    sees = [town.amina, town.beth, town.joan, town.sunil]
    assert {open_(as_(person), "ledger:payment", payment.pk) for person in sees} == {200}
    others = [None, town.tom, town.kwame, town.grace, town.helen]
    assert {open_(as_(person), "ledger:payment", payment.pk) for person in others} == {404}
    assert {open_(as_(person), "ledger:account", to.pk) for person in others} == {404}
    listed = {who: as_(who).get(reverse("initiatives:fund", args=[town.fund.pk])) for who in (*others, town.joan)}
    assert [who for who, page in listed.items() if b"Bus fares" in page.content] == [town.joan]


def test_an_exempt_decision_opens_to_those_at_the_desk_alone(town: Town, as_: Any, at: datetime) -> None:
    kept = decisions.decide(
        question="Shall we go to court?",
        options=["Yes", "No"],
        outcome="No",
        rule="The board",
        reasons="It names a family.",
        by=town.grace,
        because=town.theme.step,
        at=at,
        is_public=False,
        exempt_because="names a family",
    )
    assert open_(as_(town.grace), "decisions:decision", kept.pk) == 200
    others = [None, town.amina, town.beth, town.alex]
    assert {open_(as_(person), "decisions:decision", kept.pk) for person in others} == {404}
    assert {open_(as_(person), "thread:step", kept.step.uuid) for person in others} == {404}
    assert {open_(as_(person), "thread:story", kept.step.uuid) for person in others} == {404}
    assert as_(None).get(reverse("front:story", args=[kept.step.uuid])).status_code == 404


# -- for whom one speaks


def test_a_member_of_another_organisation_does_not_answer_for_a_party(town: Town, as_: Any, at: datetime) -> None:
    asking = decisions.ask_assent(
        subject=town.outcome, party=town.neighbours, by=town.grace, because=town.outcome.step, at=at
    ).asking
    before = Assent.objects.count()
    for person in (town.beth, town.kwame, town.grace, town.alex):
        assert send(as_(person), "decisions:asking", asking.pk, stance="assent").status_code == 403
        assert send(as_(person), "outcomes:answer", asking.pk, stance="assent").status_code in (403, 404)
        with pytest.raises(decisions.NotTheirsToGive):
            decisions.give_assent(
                subject=town.outcome, party=town.neighbours, stance="assent", by=person, because=asking.step, at=at
            )
    assert Assent.objects.count() == before
    assert send(as_(town.tom), "decisions:asking", asking.pk, stance="assent").status_code == 302


def test_whoever_left_an_organisation_speaks_for_it_no_more(town: Town, as_: Any, at: datetime) -> None:
    asking = decisions.ask_assent(
        subject=town.outcome, party=town.neighbours, by=town.grace, because=town.outcome.step, at=at
    ).asking
    part = Membership.objects.get(person=town.tom, organisation=town.neighbours)
    organisations.leave(membership=part, by=town.tom, at=at, on=at.date() - DAY)
    assert send(as_(town.tom), "decisions:asking", asking.pk, stance="assent").status_code == 403


def test_a_partner_promises_nothing_for_another_partner(town: Town, as_: Any) -> None:
    sent = {"organisation": str(town.trust.pk), "pounds": "500", "sent_as": str(uuid4())}
    answer = send(as_(town.beth), "initiatives:contribute", town.fund.pk, **sent)
    assert answer.status_code in REFUSED
    assert "govuk-error-summary" in answer.content.decode()


# -- who says yes to money


def propose(town: Town, at: datetime, *, by: Person, pounds: int = 900, payee: Any = None) -> Payment:
    payee = payee or town.charity
    return initiatives.propose_payment(
        fund=town.fund, payee=payee, amount=Money(pounds * 100), words="A bus", by=by, at=at
    )


def test_the_treasurer_of_another_body_authorises_nothing(town: Town, as_: Any, at: datetime) -> None:
    payment = propose(town, at, by=town.beth)
    for person in (town.kwame, town.grace, town.helen, town.sunil, town.tom):
        assert send(as_(person), "ledger:authorise", payment.pk).status_code == 403
        assert send(as_(person), "initiatives:send", payment.pk).status_code == 403
    assert not Authorisation.objects.filter(payment=payment).exists()


def test_the_beneficiary_never_authorises(town: Town, as_: Any, at: datetime) -> None:
    """Also where they keep the account that it comes from: the council pays the council, and Joan belongs to it."""
    payment = propose(town, at, by=town.beth, payee=town.council)
    page = as_(town.joan).post(reverse("ledger:authorise", args=[payment.pk]), follow=True)
    assert str(ledger.OwnPayment.plainly) in html.unescape(page.content.decode())
    assert not Authorisation.objects.filter(payment=payment).exists()


def test_whoever_asked_is_no_yes(town: Town, as_: Any, at: datetime, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(payments, "four_eyes_above", lambda on: Money(100_00))
    small, large = propose(town, at, by=town.joan, pounds=5), propose(town, at, by=town.joan, pounds=900)
    for payment in (small, large):
        page = as_(town.joan).post(reverse("ledger:authorise", args=[payment.pk]), follow=True)
        assert str(ledger.TooFewEyes.plainly) in html.unescape(page.content.decode())
    assert not Authorisation.objects.filter(payment__in=[small, large]).exists()
    assert {each.state for each in Payment.objects.filter(pk__in=[small.pk, large.pk])} == {"proposed"}


def test_money_is_neither_sent_nor_paid_before_two_said_yes(town: Town, as_: Any, at: datetime) -> None:
    payment = propose(town, at, by=town.beth)
    before = Account.objects.get(pk=town.fund.pounds.pk).balance
    assert send(as_(town.joan), "initiatives:send", payment.pk).status_code == 302
    day = {"paid_on_day": "1", "paid_on_month": "3", "paid_on_year": "2026"}
    assert send(as_(town.joan), "initiatives:paid", payment.pk, **day).status_code in REFUSED
    payment.refresh_from_db()
    assert payment.state == Payment.State.PROPOSED
    assert Account.objects.get(pk=town.fund.pounds.pk).balance == before


def test_nobody_confirms_time_of_their_own(town: Town, as_: Any, at: datetime) -> None:
    given = initiatives.give_hours(
        fund=town.fund, giver=town.amina, time=Minutes(60), given_on=at.date(), what="Tea", by=town.tom, at=at
    )
    assert {send(as_(who), "initiatives:confirm_hours", given.pk).status_code for who in (town.amina, town.tom)} == {
        403
    }
    assert send(as_(town.alex), "initiatives:confirm_hours", given.pk).status_code == 404
    assert open_(as_(None), "initiatives:hours", given.pk) == 404


# -- two people


def test_a_steward_does_not_confirm_their_own_redaction(town: Town, as_: Any, at: datetime) -> None:
    words = town.contribution.words
    proposal = audit.propose_redaction(words=words, by=town.helen, because="private", at=at)
    page = as_(town.helen).post(reverse("audit:redaction", args=[proposal.pk]), {"answer": "confirm"}, follow=True)
    assert str(audit.NobodyRedactsAlone.plainly) in html.unescape(page.content.decode())
    assert not Words.objects.get(pk=words.pk).is_removed
    assert send(as_(town.grace), "audit:redaction", proposal.pk, answer="confirm").status_code == 404
    assert send(as_(town.owen), "audit:redaction", proposal.pk, answer="confirm").status_code == 302
    assert Words.objects.get(pk=words.pk).is_removed


def test_whoever_wrote_an_answer_does_not_clear_it(town: Town, as_: Any, at: datetime) -> None:
    decisions.draft(owed=town.open_owed, reason_code="adopted", words="Yes.", by=town.grace, at=at)
    for act in ("clear", "publish"):
        send(as_(town.grace), f"decisions:{act}", town.open_owed.pk)
    assert not Draft.objects.get(owed=town.open_owed).cleared_by
    assert not Answer.objects.filter(owed=town.open_owed).exists()


# -- links, without an account


def offer(town: Town, at: datetime, *, days: int = 14, **also: Any) -> notices.OfferedLink:
    wanted = {"purpose": "decisions.draft", "subject": town.open_owed, **also}
    return notices.offer_link(
        name="Liam Doyle",
        email="liam.doyle@council.example",
        by=town.grace,
        because=town.open_owed.step,
        at=at,
        expires_at=at + days * DAY,
        **wanted,
    )


DRAFT = {"reason_code": "adopted", "words": "We will do it."}


def test_a_link_is_used_once(town: Town, as_: Any, at: datetime) -> None:
    offered = offer(town, at)
    assert as_(None).post(offered.path, DRAFT).status_code == 302
    again = as_(None).post(offered.path, DRAFT)
    assert (again.status_code, Draft.objects.filter(owed=town.open_owed).count()) == (410, 1)
    assert as_(None).get(offered.path).status_code == 410


def test_a_link_that_ran_out_or_was_withdrawn_is_gone(town: Town, as_: Any, at: datetime) -> None:
    late, withdrawn = offer(town, at - 20 * DAY), offer(town, at)
    notices.withdraw(link=withdrawn.link, by=town.grace, at=at)
    for offered in (late, withdrawn):
        assert as_(None).get(offered.path).status_code == 410
        assert as_(None).post(offered.path, DRAFT).status_code == 410
    assert not Draft.objects.filter(owed=town.open_owed).exists()


def test_asking_somebody_else_closes_the_first_ones_link(town: Town, as_: Any, at: datetime) -> None:
    first = decisions.assign(owed=town.open_owed, name="Liam", email="liam@council.example", by=town.grace, at=at)
    decisions.assign(owed=town.open_owed, name="Lena", email="lena@council.example", by=town.grace, at=at)
    assert as_(None).post(first.path, DRAFT).status_code == 410


def test_a_link_of_one_purpose_serves_no_other(town: Town, as_: Any, at: datetime) -> None:
    """To assent with a link for drafting, to draft with one for assenting, to draft another answer: all refused."""
    to_draft, to_assent = offer(town, at), offer(town, at, purpose="decisions.assent")
    assert as_(None).get(to_assent.path).status_code == 404
    assert as_(None).post(to_assent.path, DRAFT).status_code == 404
    with pytest.raises(decisions.NotTheirsToGive):
        decisions.give_assent(
            subject=town.outcome,
            party=town.charity,
            stance="assent",
            by=to_draft.link,
            because=town.outcome.step,
            at=at,
        )
    for link, owed in ((to_assent.link, town.open_owed), (to_draft.link, town.owed)):
        with pytest.raises((decisions.answering.NotAsked, decisions.AlreadyAnswered)):
            decisions.draft(owed=owed, by=link, at=at, **DRAFT)
    assert not Link.objects.filter(used_at__isnull=False, pk__in=[to_draft.link.pk, to_assent.link.pk]).exists()


def test_a_link_opens_nothing_else_of_the_house(town: Town, as_: Any, at: datetime) -> None:
    client = as_(None)
    client.get(offer(town, at).path)
    assert open_(client, "decisions:see_to", town.open_owed.pk) == 302
    assert open_(client, "front:my_day") == 302


@pytest.mark.parametrize("token", ["x", "A" * 43, "..%2f..%2fetc", "a" * 5000, "%00", "ünï", "null"])
def test_a_forged_link_is_not_found(town: Town, as_: Any, token: str) -> None:
    for method in ("get", "post"):
        assert getattr(as_(None), method)(f"/notices/link/{token}/").status_code == 404


def test_a_forged_stop_link_stops_nothing(town: Town, as_: Any) -> None:
    true = composing.stop_address(town.amina, Notice.Cadence.OWN).rsplit("/", 2)[1]
    signature = true.rpartition(":")[2]
    forged = [
        f"{town.tom.pk}:own:{signature}",
        f"{town.amina.pk}:weekly:{signature}",
        Signer(salt="another room").sign(f"{town.amina.pk}:own"),
        Signer(key="guessed", salt="commonweal.notices.stop").sign(f"{town.amina.pk}:own"),
        true[:-1],
    ]
    for signed in forged:
        assert as_(None).post(reverse("notices:stop", args=[signed])).status_code == 404
    assert not Wishes.objects.exists()
    assert as_(None).post(reverse("notices:stop", args=[true])).status_code == 200
    assert not Wishes.objects.get(person=town.amina).wants_own


def test_an_old_stop_link_writes_nothing_about_somebody_who_is_forgotten(town: Town, as_: Any, at: datetime) -> None:
    address = composing.stop_address(town.amina, Notice.Cadence.OWN).partition("8000")[2]
    people.erase(person=town.amina, by=town.amina, at=at)
    assert as_(None).post(address).status_code == 404
    assert not Wishes.objects.exists()


# -- what ends, ends with the next request


@pytest.fixture
def grace_at_her_desk(town: Town, as_: Any) -> Iterator[Client]:
    client = as_(town.grace)
    assert open_(client, "dialogue:desk") == 200
    yield client


def test_a_role_that_was_withdrawn_is_refused_at_the_next_request(
    town: Town, grace_at_her_desk: Client, at: datetime
) -> None:
    role = Role.objects.get(person=town.grace, kind="convenor")
    people.withdraw_role(role=role, by=town.helen, at=at, on=at.date() - DAY)
    assert open_(grace_at_her_desk, "dialogue:desk") == 403
    assert send(grace_at_her_desk, "decisions:publish", town.open_owed.pk).status_code == 403
    assert open_(grace_at_her_desk, "front:my_day") == 200


def test_a_role_that_begins_tomorrow_opens_nothing_today(town: Town, as_: Any, at: datetime) -> None:
    people.entrust(person=town.alex, kind="steward", by=SYSTEM, at=at, from_on=at.date() + DAY)
    assert open_(as_(town.alex), "people:everybody") == 403


def test_the_session_of_somebody_erased_has_ended(town: Town, grace_at_her_desk: Client, at: datetime) -> None:
    people.erase(person=town.grace, by=town.helen, at=at)
    assert open_(grace_at_her_desk, "front:my_day") == 302
    assert open_(grace_at_her_desk, "dialogue:desk") == 302
    answer = send(grace_at_her_desk, "dialogue:suggest", town.next_conversation.pk, words="x", shows_name="no")
    assert answer.status_code == 302 and answer["Location"].startswith(reverse("people:sign_in"))


def test_a_new_password_ends_every_other_session(town: Town, as_: Any, at: datetime) -> None:
    elsewhere = as_(town.amina)
    people.set_password(person=town.amina, password="three plain words", by=town.amina, at=at)
    assert open_(elsewhere, "front:my_day") == 302


def test_a_receipt_opens_one_line_in_one_browser(town: Town, as_: Any, at: datetime) -> None:
    given = notices.receipt(subject=town.on_paper, at=at)
    holder, stranger = as_(None), as_(None)
    assert send(holder, "notices:receipt", words=given.code).status_code == 302
    assert open_(holder, "notices:line") == 200
    assert open_(stranger, "notices:line") == 302
    assert Contribution.objects.filter(pk=town.on_paper.pk).exists()
