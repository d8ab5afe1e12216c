"""Pages of initiatives, through the client."""

from __future__ import annotations

import re
from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from commonweal.do.initiatives import actions as initiatives
from commonweal.do.initiatives.models import FundContribution, GivenHours, Initiative
from commonweal.foundations.ledger import actions as ledger
from commonweal.foundations.ledger.models import Payment
from commonweal.foundations.organisations import actions as organisations
from commonweal.foundations.people.models import Person
from commonweal.foundations.verbs.refs import SYSTEM
from commonweal.methods.quantities import Money
from commonweal.plan.outcomes import actions as outcomes

from .conftest import AT, Town, filled
from .test_actions import given, task


def signed_in(person: Person) -> Client:
    client = Client()
    client.force_login(person.sign_in)
    return client


def text_of(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def day(name: str, when: date) -> dict[str, str]:
    return {f"{name}_day": str(when.day), f"{name}_month": str(when.month), f"{name}_year": str(when.year)}


def test_an_empty_list_says_so(db: None) -> None:
    assert "Nothing has begun yet." in text_of(Client(), reverse("initiatives:initiatives"))


def test_a_page_tells_its_head_without_its_body(town: Town) -> None:
    for address in (
        reverse("initiatives:initiatives"),
        town.initiative.get_absolute_url(),
        town.fund.get_absolute_url(),
    ):
        assert Client().head(address).status_code == 200


def test_strangers_read_who_leads_who_does_what_and_where_the_money_is(town: Town) -> None:
    filled(town)
    initiatives.adopt(initiative=town.initiative, obligation=task(town), by=town.cara, at=AT)
    initiatives.propose_payment(
        fund=town.fund, payee=town.firm, amount=Money.pounds(1200), words="Four benches", by=town.cara, at=AT
    )
    assert "Benches on the way to the shops" in text_of(Client(), reverse("initiatives:initiatives"))
    page = text_of(Client(), town.initiative.get_absolute_url())
    for said in (
        "there is nowhere to rest",
        "Cara",
        "Order benches",
        "£3,000.00",
        "40 h",
        "Four benches",
        "Invented Benches Ltd",
        "Asked for",
    ):
        assert said in page
    assert "Ask for a payment" not in page


def test_the_page_of_an_initiative_names_its_parts_and_leads_to_each_payment_and_the_whole_story(town: Town) -> None:
    payment = initiatives.propose_payment(
        fund=filled(town), payee=town.firm, amount=Money.pounds(1200), words="Four benches", by=town.cara, at=AT
    )
    page = text_of(Client(), town.initiative.get_absolute_url())
    headings = re.findall(r"<h2[^>]*>([^<]+)</h2>", page)
    assert headings[:7] == [
        "What it is about, and what we do",
        "Where it comes from",
        "Who leads",
        "Who takes part",
        "Who does what",
        "Money and hours",
        "What happened next",
    ]
    assert page.count(reverse("thread:story", args=[town.initiative.step.uuid])) == 2
    assert f'href="{payment.get_absolute_url()}#who-asked">Who asked for it, and why<' in page
    assert 'id="who-asked"' in text_of(Client(), payment.get_absolute_url())
    assert reverse("thread:story", args=[town.fund.step.uuid]) in text_of(Client(), town.fund.get_absolute_url())


@pytest.mark.parametrize("page", ["initiative", "fund", "payment"])
def test_every_page_says_the_same_day_of_payment(town: Town, page: str) -> None:
    payment = initiatives.propose_payment(
        fund=filled(town), payee=town.firm, amount=Money.pounds(12), words="Bolts", by=town.cara, at=AT
    )
    for person in (town.olu, town.tess):
        ledger.authorise(payment=payment, by=person, at=AT)
    ledger.send(payments=[payment], by=town.tess, at=AT)
    ledger.confirm(payment=payment, paid_on=date(2026, 3, 5), by=town.olu, at=AT + timedelta(days=6))
    record = {"initiative": town.initiative, "fund": town.fund, "payment": payment}[page]
    assert "on 5 March 2026" in " ".join(text_of(Client(), record.get_absolute_url()).split())


def test_the_purse_asks_for_a_yes_only_of_those_who_may_give_it(town: Town) -> None:
    fund = filled(town)
    payment = initiatives.propose_payment(
        fund=fund, payee=town.firm, amount=Money.pounds(12), words="Bolts", by=town.olu, at=AT
    )
    decline = reverse("ledger:decline", args=[payment.pk])
    asked, other = (text_of(signed_in(person), fund.get_absolute_url()) for person in (town.olu, town.tess))
    assert "This waits for somebody else’s yes." in asked
    assert "Say yes to this payment" not in asked and decline not in asked
    assert "Say yes to this payment" in other and decline in other


def test_a_field_that_may_stay_empty_says_so_and_one_of_two_does_not(town: Town) -> None:
    """Pounds or hours: neither is optional, since one of them is wanted."""
    page = text_of(signed_in(town.olu), reverse("initiatives:contribute", args=[town.fund.pk]))
    assert "(optional)" not in page
    assert "Fill in either pounds or hours." in page
    for name in ("pay", "give_hours"):
        form = text_of(signed_in(town.gwen), reverse(f"initiatives:{name}", args=[town.fund.pk]))
        assert "(optional)" not in form


def test_asking_for_a_payment_says_how_many_others_have_to_agree(town: Town) -> None:
    sent = {"payee": town.firm.pk, "amount": "12", "words": "Bolts", "sent_as": str(uuid4())}
    answer = signed_in(town.cara).post(reverse("initiatives:pay", args=[filled(town).pk]), sent, follow=True)
    assert "2 people beside you have to say yes." in answer.content.decode()


def test_an_initiative_without_purse_or_partners_says_so(town: Town) -> None:
    bare = initiatives.begin(
        title="Bare", story="Nothing yet.", lead=town.cara, by=town.cara, because=town.outcome.step, at=AT
    )
    page = text_of(Client(), bare.get_absolute_url())
    for said in ("No organisation has joined yet.", "Nobody has taken on a task yet.", "There is no shared purse yet."):
        assert said in page


def test_an_address_of_nothing_is_not_found(town: Town) -> None:
    for page in ("initiative", "fund", "hours"):
        assert Client().get(reverse(f"initiatives:{page}", args=[uuid4()])).status_code == 404


def test_a_convenor_begins_from_a_step(town: Town) -> None:
    client = signed_in(town.cara)
    assert "Open its page first" in text_of(client, reverse("initiatives:begin"))
    address = f"{reverse('initiatives:begin')}?because={town.concern.step.uuid}"
    assert "It grows from this" in text_of(client, address)
    sent = {"title": "Shade", "story": "It is too hot.", "lead": town.cara.pk, "sent_as": str(uuid4())}
    for _ in range(2):
        assert client.post(address, sent).status_code == 302
    begun = Initiative.objects.get(title="Shade")
    assert list(begun.step.causes.all()) == [town.concern.step]
    for wrong in ({"title": ""}, {"title": "Sun"}, {"sent_as": ""}):
        assert client.post(address, sent | wrong).status_code == 422
    assert client.post(reverse("initiatives:begin"), sent).status_code == 422


def test_residents_and_strangers_may_not_begin(town: Town) -> None:
    assert signed_in(town.nia).get(reverse("initiatives:begin")).status_code == 403
    assert Client().get(reverse("initiatives:begin")).status_code == 302


def test_the_lead_hands_over_lets_join_and_takes_up(town: Town) -> None:
    client = signed_in(town.cara)
    waiting = task(town)
    at = {name: reverse(f"initiatives:{name}", args=[town.initiative.pk]) for name in ("join", "adopt", "hand_over")}
    assert all(client.get(address).status_code == 200 for address in at.values())
    firm = {"organisation": town.firm.pk, "role": "delivers"}
    assert client.post(at["join"], firm | {"sent_as": str(uuid4())}).status_code == 302
    assert client.post(at["join"], firm | {"sent_as": str(uuid4())}).status_code == 422
    assert client.post(at["adopt"], {"obligation": waiting.pk}).status_code == 302
    to_herself = {"to": town.cara.pk, "sent_as": str(uuid4())}
    assert "already leads it" in client.post(at["hand_over"], to_herself, follow=True).content.decode()
    partner = town.initiative.partners.get(organisation=town.firm)
    assert signed_in(town.joe).post(reverse("initiatives:say_yes", args=[partner.pk])).status_code == 302
    assert client.post(reverse("initiatives:leave", args=[partner.pk])).status_code == 302
    assert client.post(reverse("initiatives:leave", args=[partner.pk])).status_code == 404


def test_somebody_else_may_not_run_it(town: Town) -> None:
    for name in ("join", "adopt", "hand_over", "open_fund"):
        assert signed_in(town.pia).get(reverse(f"initiatives:{name}", args=[town.initiative.pk])).status_code == 403


def test_a_purse_is_opened_at_a_partner(town: Town) -> None:
    bare = initiatives.begin(title="Bare", story="x", lead=town.cara, by=town.cara, because=town.outcome.step, at=AT)
    initiatives.join(initiative=bare, organisation=town.council, role="funds", by=town.olu, at=AT)
    address = reverse("initiatives:open_fund", args=[bare.pk])
    client = signed_in(town.cara)
    assert client.get(address).status_code == 200
    for host, status in ((town.firm, 422), (town.council, 302), (town.council, 422)):
        sent = {"host": host.pk, "purpose": "x", "sent_as": str(uuid4())}
        assert client.post(address, sent).status_code == status


def test_an_officer_puts_in_pounds_and_a_group_hours_once_each(town: Town) -> None:
    address = reverse("initiatives:contribute", args=[town.fund.pk])
    officer, member = signed_in(town.olu), signed_in(town.gwen)
    key = str(uuid4())
    for _ in range(2):
        sent = {"organisation": town.council.pk, "pounds": "1,250", "hours": "", "sent_as": key}
        assert officer.post(address, sent).status_code == 302
    sent = {"organisation": town.group.pk, "pounds": "", "hours": "20 h", "sent_as": str(uuid4())}
    assert member.post(address, sent).status_code == 302
    assert sorted(str(each.amount) for each in FundContribution.objects.all()) == ["20 h", "£1,250.00"]


@pytest.mark.parametrize(("pounds", "hours"), [("", ""), ("10", "2 h"), ("-5", ""), ("ten", ""), ("", "ninety")])
def test_a_contribution_that_cannot_be_is_refused_in_words(town: Town, pounds: str, hours: str) -> None:
    sent = {"organisation": town.council.pk, "pounds": pounds, "hours": hours, "sent_as": str(uuid4())}
    answer = signed_in(town.olu).post(reverse("initiatives:contribute", args=[town.fund.pk]), sent)
    assert answer.status_code == 422
    assert "There is a problem" in answer.content.decode()
    assert not FundContribution.objects.exists()


def test_nobody_promises_for_somebody_else(town: Town) -> None:
    address = reverse("initiatives:contribute", args=[town.fund.pk])
    sent = {"organisation": town.clinic.pk, "pounds": "10", "hours": "", "sent_as": str(uuid4())}
    assert signed_in(town.olu).post(address, sent).status_code == 422
    assert signed_in(town.nia).post(address, sent).status_code == 403


def test_a_payment_is_asked_for_authorised_by_two_sent_and_confirmed_by_hand(town: Town) -> None:
    fund = filled(town)
    sent = {"payee": town.firm.pk, "amount": "1,200", "words": "Four benches", "sent_as": str(uuid4())}
    assert signed_in(town.gwen).get(reverse("initiatives:pay", args=[fund.pk])).status_code == 200
    assert signed_in(town.nia).post(reverse("initiatives:pay", args=[fund.pk]), sent).status_code == 403
    for _ in range(2):
        assert signed_in(town.gwen).post(reverse("initiatives:pay", args=[fund.pk]), sent).status_code == 302
    other = signed_in(town.gwen).post(reverse("initiatives:pay", args=[fund.pk]), sent | {"amount": "1,300"})
    assert other.status_code == 422
    payment = Payment.objects.get()
    names = ("ledger:authorise", "initiatives:send", "initiatives:paid")
    at = {name.partition(":")[2]: reverse(name, args=[payment.pk]) for name in names}
    assert signed_in(town.gwen).post(at["authorise"]).status_code == 403
    assert "Say yes to this payment" in text_of(signed_in(town.olu), fund.get_absolute_url())
    for person in (town.olu, town.tess):
        signed_in(person).post(at["authorise"])
    payment.refresh_from_db()
    assert payment.state == Payment.State.AUTHORISED
    treasurer = signed_in(town.tess)
    assert "Whoever makes the file does not also say by hand" in text_of(treasurer, fund.get_absolute_url())
    assert "It is not paid yet." in signed_in(town.olu).post(at["send"], follow=True).content.decode()
    assert treasurer.get(at["paid"]).status_code == 200
    assert treasurer.post(at["paid"], day("paid_on", date(2026, 3, 3))).status_code == 422
    treasurer.post(at["paid"], day("paid_on", date(2026, 3, 3)) | {"heard_as": "BACS 0412"})
    payment.refresh_from_db()
    assert (payment.state, payment.heard_from, payment.heard_as) == ("confirmed", town.tess.ref, "BACS 0412")
    assert "Paid" in text_of(Client(), fund.get_absolute_url())


def test_whoever_sent_a_payment_is_told_before_they_try_to_say_that_it_was_paid(town: Town) -> None:
    payment = initiatives.propose_payment(
        fund=filled(town), payee=town.firm, amount=Money.pounds(12), words="Bolts", by=town.cara, at=AT
    )
    for person in (town.olu, town.tess):
        ledger.authorise(payment=payment, by=person, at=AT)
    ledger.send(payments=[payment], by=town.tess, at=AT)
    paid, made_it = reverse("initiatives:paid", args=[payment.pk]), "You made its file, and it needs two people"
    for page in (town.fund.get_absolute_url(), paid):
        assert made_it in text_of(signed_in(town.tess), page)
        assert made_it not in text_of(signed_in(town.olu), page)
    assert paid not in text_of(signed_in(town.tess), town.fund.get_absolute_url())
    assert 'name="heard_as"' not in text_of(signed_in(town.tess), paid)
    sent = day("paid_on", date(2026, 3, 3)) | {"heard_as": "BACS 1"}
    assert signed_in(town.tess).post(paid, sent).status_code == 422
    assert signed_in(town.olu).post(paid, sent).status_code == 302


def test_the_page_of_an_outcome_leads_to_what_grew_from_it(town: Town, django_assert_max_num_queries: object) -> None:
    with django_assert_max_num_queries(12):  # type: ignore[operator]
        page = text_of(Client(), town.outcome.get_absolute_url())
    begun, parties = page.index('id="begun"'), page.index('id="parties"')
    assert begun < page.index(town.initiative.get_absolute_url()) < parties
    assert "“Benches on the way to the shops” began. Cara leads it" in page
    other = outcomes.propose_outcome(
        concern=town.concern, statement="Shade.", implementers=[town.council], by=town.cara, at=AT
    )
    assert 'id="begun"' not in text_of(Client(), other.get_absolute_url())


def test_a_mere_member_of_a_partner_gives_nobodys_word(town: Town) -> None:
    organisations.belong(
        person=town.nia, organisation=town.clinic, by=SYSTEM, at=AT, from_on=date(2026, 1, 1), part="member"
    )
    part = {partner.organisation: partner for partner in town.initiative.partners.all()}
    pay = reverse("initiatives:pay", args=[town.fund.pk])
    leave = {body: reverse("initiatives:leave", args=[part[body].pk]) for body in (town.clinic, town.group)}
    assert signed_in(town.nia).get(pay).status_code == 403
    assert pay not in text_of(signed_in(town.nia), town.fund.get_absolute_url())
    assert signed_in(town.nia).post(leave[town.clinic]).status_code == 403
    for who in (town.cara, town.olu, town.pia, town.gwen):
        assert signed_in(who).get(pay).status_code == 200
        assert pay in text_of(signed_in(who), town.fund.get_absolute_url())
    assert signed_in(town.pia).post(leave[town.group]).status_code == 403
    assert signed_in(town.gwen).post(leave[town.group]).status_code == 302
    assert signed_in(town.pia).post(leave[town.clinic]).status_code == 302


def test_a_payment_that_is_not_out_of_a_purse_is_not_found_here(town: Town) -> None:
    elsewhere = ledger.open_account(owner=town.clinic, unit="gbp", name="Own", by=town.pia, at=AT)
    firm = ledger.open_account(owner=town.firm, unit="gbp", name="Own", by=town.pia, at=AT)
    payment = ledger.propose_payment(
        from_account=elsewhere,
        to_account=firm,
        amount=Money(1),
        beneficiary=town.firm,
        words="x",
        by=town.pia,
        because=town.concern.step,
        at=AT,
    )
    assert signed_in(town.pia).post(reverse("initiatives:send", args=[payment.pk])).status_code == 404


def test_a_neighbour_gives_time_and_somebody_who_takes_part_confirms_it(town: Town) -> None:
    address = reverse("initiatives:give_hours", args=[town.fund.pk])
    neighbour = signed_in(town.nia)
    assert neighbour.get(address).status_code == 200
    sent = {"giver": "me", "time": "2 h 30 min", "what": "Swept", "sent_as": str(uuid4()), **day("given_on", AT.date())}
    for _ in range(2):
        assert neighbour.post(address, sent).status_code == 302
    told = GivenHours.objects.get()
    page, confirm = told.get_absolute_url(), reverse("initiatives:confirm_hours", args=[told.pk])
    assert Client().get(page).status_code == 404
    assert neighbour.post(confirm).status_code == 403
    assert "Yes, this time was given" in text_of(signed_in(town.gwen), page)
    assert signed_in(town.gwen).post(confirm).status_code == 302
    shown = text_of(Client(), page)
    assert "A neighbour gave 2 h 30 min" in shown
    assert "Nia" not in shown


def test_time_for_a_group_that_is_not_ones_own_is_refused(town: Town) -> None:
    sent = {
        "giver": str(town.group.pk),
        "time": "1 h",
        "what": "x",
        "sent_as": str(uuid4()),
        **day("given_on", AT.date()),
    }
    answer = signed_in(town.nia).post(reverse("initiatives:give_hours", args=[town.fund.pk]), sent)
    assert answer.status_code == 422


@pytest.mark.parametrize(("who", "most"), [("stranger", 12), ("lead", 20), ("officer", 20)])
@pytest.mark.parametrize("page", ["initiatives", "initiative", "fund"])
def test_a_page_asks_no_more_when_it_holds_more(
    town: Town, who: str, most: int, page: str, django_assert_max_num_queries: object
) -> None:
    filled(town)
    for number in range(8):
        outcomes_task = task(town, f"Task {number}")
        initiatives.adopt(initiative=town.initiative, obligation=outcomes_task, by=town.cara, at=AT)
        initiatives.propose_payment(
            fund=town.fund, payee=town.firm, amount=Money.pounds(1), words=f"Bolt {number}", by=town.cara, at=AT
        )
        initiatives.confirm_hours(given=given(town, town.group), by=town.cara, at=AT)
        given(town)
        initiatives.begin(
            title=f"More {number}", story="x", lead=town.cara, by=town.cara, because=town.outcome.step, at=AT
        )
    outcomes.reword(concern=town.concern, words="x", by=town.cara, because=None, at=AT)
    address = {
        "initiatives": reverse("initiatives:initiatives"),
        "initiative": town.initiative.get_absolute_url(),
        "fund": town.fund.get_absolute_url(),
    }[page]
    client = Client() if who == "stranger" else signed_in({"lead": town.cara, "officer": town.olu}[who])
    client.get(address)
    with django_assert_max_num_queries(most):  # type: ignore[operator]
        assert client.get(address).status_code == 200


def test_what_is_free_stands_where_one_asks_and_where_one_says_yes(town: Town) -> None:
    fund = filled(town)
    assert "Free in the purse now: £4,500.00" in text_of(
        signed_in(town.gwen), reverse("initiatives:pay", args=[fund.pk])
    )
    payment = initiatives.propose_payment(
        fund=fund, payee=town.firm, amount=Money.pounds(600), words="Two", by=town.cara, at=AT
    )
    assert "Free in it now: £4,500.00" in text_of(Client(), payment.get_absolute_url())
    assert text_of(signed_in(town.olu), payment.get_absolute_url()).count("Free in it now: £4,500.00") == 2
    assert "Free in the purse now: £4,500.00" in text_of(signed_in(town.olu), fund.get_absolute_url())


@pytest.mark.parametrize(
    ("typed", "understood"),
    [("40", "40 h"), ("2.5", "2 h 30 min"), ("2 h 30", "2 h 30 min"), ("2 hours 5", "2 h 5 min"), ("45 min", "45 min")],
)
def test_a_field_for_hours_takes_what_can_only_be_hours_and_says_what_it_understood(
    town: Town, typed: str, understood: str
) -> None:
    sent = {"organisation": town.group.pk, "pounds": "", "hours": typed, "sent_as": str(uuid4())}
    address = reverse("initiatives:contribute", args=[town.fund.pk])
    answer = signed_in(town.gwen).post(address, sent, follow=True)
    assert f"Thank you. {understood} is in the shared purse." in answer.content.decode()


def test_time_that_was_written_down_is_told_as_it_was_understood(town: Town) -> None:
    sent = {"giver": "me", "time": "1.5", "what": "Swept", "sent_as": str(uuid4()), **day("given_on", AT.date())}
    address = reverse("initiatives:give_hours", args=[town.fund.pk])
    said = signed_in(town.nia).post(address, sent, follow=True).content.decode()
    assert "You wrote down 1 h 30 min." in said


def test_the_list_says_how_something_begins(db: None) -> None:
    assert "Begin something together about this" in text_of(Client(), reverse("initiatives:initiatives"))


def test_a_purse_without_anybody_to_look_after_it_says_who_is_missing(town: Town) -> None:
    bare = initiatives.begin(title="Bare", story="x", lead=town.cara, by=town.cara, because=town.outcome.step, at=AT)
    address, missing = reverse("initiatives:open_fund", args=[bare.pk]), "No organisation takes part yet."
    assert missing in text_of(signed_in(town.cara), address)
    initiatives.join(initiative=bare, organisation=town.council, role="funds", by=town.olu, at=AT)
    assert missing not in text_of(signed_in(town.cara), address)
