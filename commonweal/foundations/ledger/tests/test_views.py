"""Pages of the ledger: what a stranger sees, what an authoriser does, what nobody else may."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from commonweal.foundations.ledger import actions, queries
from commonweal.foundations.ledger.models import Payment
from commonweal.foundations.organisations.models import Membership, Organisation
from commonweal.foundations.people import actions as people
from commonweal.foundations.thread import actions as thread
from commonweal.foundations.thread.models import Audience
from commonweal.foundations.verbs.refs import SYSTEM, Ref
from commonweal.methods.quantities import Minutes, Money

from .conftest import AT


@pytest.fixture
def visit(client):
    return client.get


def signed_in(person):
    client = Client()
    client.force_login(person.sign_in, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


def test_anybody_sees_a_public_account_with_its_reasons(place, visit):
    page = visit(place.pot.get_absolute_url()).content.decode()
    assert "£100.00" in page
    assert reverse("thread:step", args=[place.step.uuid]) in page


def test_an_empty_account_says_so(place, visit):
    assert "Nothing has come in or gone out yet" in visit(place.hall.get_absolute_url()).content.decode()


def test_a_persons_hours_are_theirs_and_never_show_pounds(place, visit):
    place.move(Minutes(90), frm=place.shared_hours, to=place.hours)
    assert visit(place.hours.get_absolute_url()).status_code == 404
    assert signed_in(place.stranger).get(place.hours.get_absolute_url()).status_code == 404
    own = signed_in(place.ana).get(place.hours.get_absolute_url()).content.decode()
    assert "1 h 30 min" in own
    assert "£" not in own


def test_a_private_reason_is_not_told_to_strangers(place, visit):
    place.step = thread.record(
        kind="ledger.payment_proposed",
        subject=Ref("ledger", "payment", uuid4()),
        because=None,
        at=AT,
        audience=Audience.PLAN,
        params={"amount": Money(5), "beneficiary": place.ana},
    )
    place.move(Money(5_00))
    page = visit(place.pot.get_absolute_url()).content.decode()
    assert "A step that is not public" in page
    assert "ana" not in page


def test_a_long_account_pages_and_asks_no_more_questions(place, visit, django_assert_max_num_queries):
    for _ in range(60):
        place.move(Money(1))
    with django_assert_max_num_queries(12):
        page = visit(place.pot.get_absolute_url()).content.decode()
    assert "?page=2" in page
    assert visit(f"{place.pot.get_absolute_url()}?page=2").status_code == 200


def test_a_posting_hides_the_name_of_an_account_that_is_not_public(place, visit):
    journal = place.move(Minutes(90), frm=place.shared_hours, to=place.hours)
    page = visit(reverse("ledger:journal", args=[journal.pk])).content.decode()
    assert "An account that is not public" in page
    assert "Hours shared" in page


def test_a_posting_shows_what_it_puts_right(place, visit):
    journal = place.move(Money(5))
    put_right = actions.correct(journal=journal, id=uuid4(), because=place.step, by=place.ana, at=AT)
    assert str(put_right.pk) in visit(reverse("ledger:journal", args=[journal.pk])).content.decode()
    assert str(journal.pk) in visit(reverse("ledger:journal", args=[put_right.pk])).content.decode()


def test_anybody_sees_who_asked_for_a_payment_and_that_it_is_not_paid_yet(place, visit, django_assert_max_num_queries):
    payment = place.ask(Money(12_34))
    with django_assert_max_num_queries(12):
        page = visit(payment.get_absolute_url()).content.decode()
    assert "£12.34" in page
    assert "Hire of the hall" in page
    assert reverse("thread:step", args=[place.step.uuid]) in page
    assert "paid on" not in page
    assert "Authorise this payment" not in page


def test_two_authorisers_say_yes_on_the_page(place):
    payment = place.ask()
    for person in (place.ben, place.cai):
        client = signed_in(person)
        assert "Authorise this payment" in client.get(payment.get_absolute_url()).content.decode()
        answer = client.post(reverse("ledger:authorise", args=[payment.pk]), follow=True)
        assert "You have authorised this payment" in answer.content.decode()
    assert Payment.objects.get().state == "authorised"


def test_a_second_yes_of_the_same_person_is_refused_in_words(place):
    payment = place.ask()
    client = signed_in(place.ben)
    client.post(reverse("ledger:authorise", args=[payment.pk]))
    answer = client.post(reverse("ledger:authorise", args=[payment.pk]), follow=True)
    assert "It needs someone else as well" in answer.content.decode()


def test_somebody_else_may_not_authorise(place, client):
    payment = place.ask()
    address = reverse("ledger:authorise", args=[payment.pk])
    assert signed_in(place.stranger).post(address).status_code == 403
    assert client.post(address).status_code == 302
    assert signed_in(place.ben).get(address).status_code == 405
    assert Payment.objects.get().authorisations.count() == 0


def test_a_payment_to_a_person_is_not_shown_to_strangers(place, visit):
    payment = place.ask(beneficiary=place.stranger)
    assert visit(payment.get_absolute_url()).status_code == 404
    own = signed_in(place.stranger).get(payment.get_absolute_url())
    assert "was asked for" in own.content.decode()
    assert signed_in(place.cai).get(payment.get_absolute_url()).status_code == 200


@pytest.mark.parametrize("page", ["account", "journal", "payment"])
def test_what_there_is_not_is_not_found(place, visit, page):
    assert visit(reverse(f"ledger:{page}", args=[uuid4()])).status_code == 404


def commissioner(name="dee"):
    person = people.join(name=name, email=f"{name}@invented.example", at=AT, is_invented=True)
    people.entrust(person=person, kind="commissioner", by=SYSTEM, at=AT, from_on=AT.date())
    return person


def test_a_commissioner_authorises_what_the_council_pays_and_nothing_of_another_body(place):
    dee, asked = commissioner(), place.ask()
    others = Organisation.objects.create(name="Invented Clinic", kind="nhs")
    Membership.objects.create(organisation=others, person=place.stranger, part="officer", from_on=AT.date())
    till = actions.open_account(owner=others, unit="gbp", name="Till", by=place.ana, at=AT)
    place.pot = till
    elsewhere = place.ask()
    assert list(queries.waiting_for(dee, on=AT.date())) == [asked]
    assert list(queries.waiting_for(place.stranger, on=AT.date())) == [elsewhere]
    answers = [
        signed_in(dee).post(reverse("ledger:authorise", args=[each.pk])).status_code for each in (asked, elsewhere)
    ]
    assert answers == [302, 403]
    assert not list(queries.waiting_for(dee, on=AT.date()))


def test_what_waits_is_what_one_may_authorise(place):
    """The rule and the list agree, for each of them."""
    dee = commissioner()
    Membership.objects.create(organisation=place.charity, person=place.ben, part="member", from_on=AT.date())
    payment = place.ask()
    everybody = (place.ana, place.ben, place.cai, place.stranger, dee)
    waits = {person for person in everybody if payment in queries.waiting_for(person, on=AT.date())}
    shown = {
        person
        for person in everybody
        if "Authorise this payment" in signed_in(person).get(payment.get_absolute_url()).content.decode()
    }
    assert waits == shown == {place.cai, dee}


def test_a_no_needs_its_reason_and_the_page_says_it_to_everybody_without_blame(place, visit):
    payment = place.ask()
    keeper, address = signed_in(place.ben), reverse("ledger:decline", args=[payment.pk])
    assert address in keeper.get(payment.get_absolute_url()).content.decode()
    assert keeper.get(address).status_code == 200
    assert keeper.post(address, {"words": " "}).status_code == 422
    assert Payment.objects.get().state == "proposed"
    done = keeper.post(address, {"words": "The hall is free in March."}, follow=True).content.decode()
    assert "Whoever asked for it is told why." in done
    page = visit(payment.get_absolute_url()).content.decode()
    for said in ("This will not be paid", "No money has moved", "The hall is free in March.", "Said no", "ben"):
        assert said in page
    again = keeper.post(address, {"words": "Once more"})
    assert again.status_code == 422
    assert "has moved on" in again.content.decode()


def test_who_may_not_authorise_may_not_say_no(place, client):
    payment = place.ask()
    address = reverse("ledger:decline", args=[payment.pk])
    assert signed_in(place.stranger).post(address, {"words": "x"}).status_code == 403
    assert client.post(address, {"words": "x"}).status_code == 302
    asked = signed_in(place.ana)
    assert address not in asked.get(payment.get_absolute_url()).content.decode()
    assert "You can take it back." in asked.post(address, {"words": "x"}).content.decode()
    assert Payment.objects.get().state == "proposed"


def test_the_page_of_a_payment_says_how_many_are_wanted_beside_whoever_asked(place, visit):
    payment = place.ask()
    page = visit(payment.get_absolute_url()).content.decode()
    assert "2 people have to say yes. Whoever asked is not one of them" in page
    actions.authorise(payment=payment, by=place.ben, at=AT)
    assert "One more person has to say yes." in visit(payment.get_absolute_url()).content.decode()


def test_each_date_of_a_payment_stands_under_its_own_name(place, visit):
    payment = place.ask()
    for person in (place.ben, place.cai):
        actions.authorise(payment=payment, by=person, at=AT + timedelta(days=1))
    actions.send(payments=[payment], by=place.ana, at=AT + timedelta(days=2))
    told = AT + timedelta(days=5)
    payment = actions.confirm(payment=payment, paid_on=date(2026, 5, 15), by=place.ben, at=told, heard_as="B1")
    page = " ".join(visit(payment.get_absolute_url()).content.decode().split())
    for said in ("This was paid on 15 May 2026", "ana, 12 May 2026", "ben, 13 May 2026", "14 May 2026"):
        assert said in page
    assert "15 May 2026, as the paying system says" in page
    assert "ben, on 17 May 2026, from what the paying system says" in page
    assert "In the books on 17 May 2026" in visit(reverse("ledger:journal", args=[payment.journal_id])).content.decode()
