"""From the yes to the paying system and back: the file that goes out, what comes back, and what is taken back."""

from __future__ import annotations

import csv
import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, transaction
from django.urls import reverse

from commonweal.foundations.ledger import actions, files, queries
from commonweal.foundations.ledger.models import Dispatch, Payment, Stray
from commonweal.foundations.organisations.models import Membership, Organisation
from commonweal.foundations.people import actions as people
from commonweal.foundations.verbs.refs import SYSTEM
from commonweal.methods.quantities import Money

from .conftest import AT
from .test_views import signed_in

TEN_POUNDS = Money(10_00)
TO_SEND = "ledger:to_send"
ADDRESS = "/ledger/outcomes/"
NOT_OURS = b"reference,status,date,reason\nNOTOURS1,paid,2026-05-12,\n"


def authorised(place, amount=TEN_POUNDS):
    payment = place.ask(amount)
    for person in (place.ben, place.cai):
        payment = actions.authorise(payment=payment, by=person, at=AT)
    return payment


@pytest.fixture
def sent(place):
    payment = authorised(place)
    actions.send(payments=[payment], by=place.ana, at=AT)
    return Payment.objects.get(pk=payment.pk)


def upload(client, *rows):
    text = "reference,status,date,reason\n" + "".join(f"{row}\n" for row in rows)
    return client.post(reverse("ledger:outcomes"), {"file": SimpleUploadedFile("back.csv", text.encode())})


def carried(page):
    form = page.context["confirm"]
    return {name: form[name].value() for name in ("name", "content", "digest")}


def test_a_treasurer_ticks_payments_and_downloads_one_file(place):
    payments = [authorised(place), authorised(place, Money(20_00))]
    treasurer = signed_in(place.ana)
    assert "£20.00 to Invented Hall Trust" in treasurer.get(reverse(TO_SEND)).content.decode()
    page = treasurer.post(reverse(TO_SEND), {"payments": [each.pk for each in payments]}, follow=True)
    assert "Nothing in it is paid yet." in page.content.decode()
    dispatch = Dispatch.objects.get()
    assert {each.state for each in Payment.objects.all()} == {"sent"}
    answer = treasurer.get(reverse("ledger:dispatch_file", args=[dispatch.pk]))
    assert "attachment" in answer["Content-Disposition"]
    rows = list(csv.reader(io.StringIO(answer.content.decode())))
    assert tuple(rows[0]) == queries.DISPATCH_COLUMNS
    assert {row[0]: row[3] for row in rows[1:]} == {payments[0].reference: "10.00", payments[1].reference: "20.00"}
    assert "2 payments wait for an answer" in treasurer.get(reverse(TO_SEND)).content.decode()


def test_nothing_ticked_or_nothing_of_ones_own_is_refused(place):
    payment = authorised(place)
    assert signed_in(place.ana).post(reverse(TO_SEND)).status_code == 422
    Membership.objects.create(organisation=place.charity, person=place.stranger, part="officer", from_on=AT.date())
    other = signed_in(place.stranger)
    assert other.post(reverse(TO_SEND), {"payments": [payment.pk]}).status_code == 422
    assert "No payment waits to be sent." in other.get(reverse(TO_SEND)).content.decode()
    assert not Dispatch.objects.exists()


def test_who_keeps_no_money_has_no_such_pages(place, sent, client):
    for name, args in ((TO_SEND, []), ("ledger:outcomes", []), ("ledger:failed", [sent.pk])):
        assert signed_in(place.stranger).get(reverse(name, args=args)).status_code == 403
        assert client.get(reverse(name, args=args)).status_code == 302
    for name in ("ledger:dispatch", "ledger:dispatch_file"):
        assert signed_in(place.stranger).get(reverse(name, args=[sent.dispatch_id])).status_code == 404
        assert client.get(reverse(name, args=[sent.dispatch_id])).status_code == 302


def test_a_link_is_shown_to_those_who_may_open_it(place, sent, client):
    """An auditor reads the file and sends nothing; a stranger reads the payment and not the file."""
    auditor = people.join(name="fay", email="fay@invented.example", at=AT, is_invented=True)
    people.entrust(person=auditor, kind="auditor", by=SYSTEM, at=AT, from_on=AT.date())
    file, beyond = sent.dispatch.get_absolute_url(), (reverse(TO_SEND), reverse("ledger:outcomes"))
    for person, sends in ((auditor, False), (place.ana, True)):
        assert file in signed_in(person).get(sent.get_absolute_url()).content.decode()
        page = signed_in(person).get(file).content.decode()
        assert [address in page for address in beyond] == [sends, sends]
        assert {signed_in(person).get(address).status_code for address in beyond} == {200 if sends else 403}
    for stranger in (client, signed_in(place.stranger)):
        assert file not in stranger.get(sent.get_absolute_url()).content.decode()


def test_payments_of_two_bodies_do_not_go_into_one_file(place):
    other = Organisation.objects.create(name="Invented Parish", kind="council")
    for person in (place.ana, place.ben, place.cai):
        Membership.objects.create(organisation=other, person=person, part="treasurer", from_on=AT.date())
    till = actions.open_account(owner=other, unit="gbp", name="Till", by=place.ana, at=AT)
    place.move(Money(50_00), frm=place.world, to=till)
    first, place.pot = authorised(place), till
    second = authorised(place)
    with pytest.raises(actions.SeveralKeepers):
        actions.send(payments=[first, second], by=place.ana, at=AT)
    answer = signed_in(place.ana).post(reverse(TO_SEND), {"payments": [first.pk, second.pk]})
    assert answer.status_code == 422
    assert not Dispatch.objects.exists()


def test_a_payee_called_like_a_formula_is_text_in_the_file():
    assert files.written(("a", "b"), [("=1+1", " @x"), ("CW", "10.00")]).splitlines() == [
        "a,b",
        "'=1+1,' @x",
        "CW,10.00",
    ]


def test_what_the_paying_system_says_is_looked_at_first_and_then_believed(place, sent):
    treasurer = signed_in(place.ana)
    page = upload(treasurer, f"{sent.reference},paid,2026-05-14,")
    assert "Nothing has changed yet." in page.content.decode()
    assert Payment.objects.get().state == "sent"
    done = treasurer.post(reverse("ledger:outcomes"), carried(page), follow=True)
    assert "1 payment is paid." in done.content.decode()
    paid = Payment.objects.get()
    assert (paid.state, paid.heard_from, paid.heard_in is not None) == ("confirmed", place.ana.ref, True)
    assert "which ana brought in" in treasurer.get(paid.get_absolute_url()).content.decode()
    again = upload(treasurer, f"{sent.reference},paid,2026-05-14,")
    assert "There is nothing new in this file." in again.content.decode()


def test_other_bytes_than_those_looked_at_are_refused(place, sent):
    treasurer = signed_in(place.ana)
    page = upload(treasurer, f"{sent.reference},paid,2026-05-14,")
    other = upload(treasurer, f"{sent.reference},failed,2026-05-14,closed")
    mixed = carried(page) | {"content": carried(other)["content"]}
    for wrong in (mixed, {"content": "x"}, carried(page) | {"content": "%%%"}):
        assert treasurer.post(reverse("ledger:outcomes"), wrong).status_code == 422
    assert Payment.objects.get().state == "sent"


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("NOTOURS1,paid,2999-01-01,", "row 2, column “date”"),
        ("A-NUMBER-THAT-IS-TOO-LONG,paid,2026-05-14,", "row 2, column “reference”"),
        ("{},perhaps,2026-05-14,", "row 2, column “status”"),
        ("{},paid,14/05/2026,", "row 2, column “date”"),
        ("{},paid,2999-01-01,", "row 2, column “date”"),
    ],
)
def test_a_file_that_cannot_be_is_refused_with_file_row_and_column(place, sent, row, said):
    answer = upload(signed_in(place.ana), row.format(sent.reference))
    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert "back.csv" in answer.content.decode()
    assert Payment.objects.get().state == "sent"


def test_nobody_tells_what_became_of_another_bodys_payment(place, sent):
    Membership.objects.create(organisation=place.charity, person=place.stranger, part="officer", from_on=AT.date())
    other = signed_in(place.stranger)
    page = upload(other, f"{sent.reference},paid,2026-05-14,")
    assert "We sent no payments with these numbers." in page.content.decode()
    assert "1 row is not ours and was kept." in other.post(ADDRESS, carried(page), follow=True).content.decode()
    assert Payment.objects.get().state == "sent"


def test_rows_that_are_not_ours_are_shown_first_with_their_numbers_and_then_kept_to_look_at(place, sent):
    treasurer, strays = signed_in(place.ana), reverse("ledger:strays")
    assert "Every payment that the paying system told us of is ours." in treasurer.get(strays).content.decode()
    rows = (f"{sent.reference},paid,2026-05-14,", "NOTOURS1,paid,2026-05-13,")
    page = upload(treasurer, *rows)
    shown = " ".join(page.content.decode().split())
    for number, row in ((sent.reference, 2), ("NOTOURS1", 3)):
        assert f'{number}</th><td class="govuk-table__cell" data-label="Row">{row}<' in shown
    assert not Stray.objects.exists()
    done = treasurer.post(ADDRESS, carried(page), follow=True).content.decode()
    assert "1 payment is paid. 1 row is not ours and was kept." in done
    assert strays in done
    for person in (place.ana, place.ben):
        listed = signed_in(person).get(strays).content.decode()
        assert "NOTOURS1" in listed and "back.csv, row 3" in listed and "Paid on 13 May 2026" in listed
    again = upload(treasurer, *rows).content.decode()
    assert "1 row is not ours and was kept before." in again
    assert "There is nothing new in this file." in again


def test_another_bodys_strays_are_not_shown(place, sent):
    actions.take_in(outcomes=files.read_outcomes(NOT_OURS, name="back.csv"), by=place.ana, at=AT)
    Membership.objects.create(organisation=place.charity, person=place.stranger, part="officer", from_on=AT.date())
    assert "NOTOURS1" not in signed_in(place.stranger).get(reverse("ledger:strays")).content.decode()
    auditor = people.join(name="fay", email="fay@invented.example", at=AT, is_invented=True)
    assert signed_in(auditor).get(reverse("ledger:strays")).status_code == 403
    people.entrust(person=auditor, kind="auditor", by=SYSTEM, at=AT, from_on=AT.date())
    assert "NOTOURS1" in signed_in(auditor).get(reverse("ledger:strays")).content.decode()
    for changed in (lambda: Stray.objects.update(is_paid=False), lambda: Stray.objects.all()._raw_delete("default")):
        with pytest.raises(DatabaseError, match="ledger stray is never"), transaction.atomic():
            changed()


def test_a_treasurer_says_that_it_could_not_be_paid_and_the_money_is_free(place, sent):
    treasurer, address = signed_in(place.ana), reverse("ledger:failed", args=[sent.pk])
    assert treasurer.get(address).status_code == 200
    assert treasurer.post(address, {"failure": "closed"}).status_code == 422
    assert treasurer.post(address, {"failure": "perhaps", "heard_as": "B1"}).status_code == 422
    page = treasurer.post(address, {"failure": "closed", "heard_as": "B1"}, follow=True).content.decode()
    assert "ana, on" in page
    assert "Its own number for it: B1" in page
    place.pot.refresh_from_db()
    assert (place.pot.held, Payment.objects.get().state) == (0, "failed")
    assert treasurer.post(address, {"failure": "closed", "heard_as": "B1"}).status_code == 422


def test_a_payment_is_taken_back_by_whoever_asked_before_it_is_sent(place, sent):
    for payment in (place.ask(by=place.stranger), authorised(place)):
        client = signed_in(place.stranger if payment.state == "proposed" else place.ana)
        address = reverse("ledger:withdraw", args=[payment.pk])
        assert "Take this payment back" not in signed_in(place.cai).get(payment.get_absolute_url()).content.decode()
        assert signed_in(place.cai).post(address).status_code == 403
        assert "Take this payment back" in client.get(payment.get_absolute_url()).content.decode()
        client.post(reverse("ledger:withdraw", args=[payment.pk]))
        assert Payment.objects.get(pk=payment.pk).state == "withdrawn"
    place.pot.refresh_from_db()
    assert place.pot.held == sent.pence
    page = signed_in(place.ana).post(reverse("ledger:withdraw", args=[sent.pk]), follow=True)
    assert "has moved on" in page.content.decode()
    assert signed_in(place.stranger).post(reverse("ledger:withdraw", args=[sent.pk])).status_code == 403


def test_the_table_refuses_a_settled_payment_of_which_nobody_told_us(place, sent):
    actions.release(hold=sent.hold, by=place.ana, at=AT)
    with pytest.raises(DatabaseError, match="a_payment_goes|a_settled_payment|a_failed"), transaction.atomic():
        Payment.objects.update(state="failed", failure="other")


MADE_IT = "You made its file, and it needs two people"


def test_whoever_made_the_file_does_not_say_by_hand_that_it_was_paid(place, sent):
    with pytest.raises(actions.MadeTheFile):
        actions.confirm(payment=sent, paid_on=AT.date(), by=place.ana, at=AT, heard_as="B1")
    assert Payment.objects.get().state == "sent"
    assert MADE_IT in signed_in(place.ana).get(sent.get_absolute_url()).content.decode()
    assert MADE_IT not in signed_in(place.ben).get(sent.get_absolute_url()).content.decode()
    actions.confirm(payment=sent, paid_on=AT.date(), by=place.ben, at=AT, heard_as="B1")


def test_below_the_limit_one_person_sees_a_payment_through(place, monkeypatch):
    monkeypatch.setattr("commonweal.foundations.ledger.actions.payments.four_eyes_above", lambda on: Money(10_00))
    payment = place.ask(TEN_POUNDS)
    actions.authorise(payment=payment, by=place.ben, at=AT)
    actions.send(payments=[payment], by=place.ana, at=AT)
    assert MADE_IT not in signed_in(place.ana).get(payment.get_absolute_url()).content.decode()
    actions.confirm(payment=payment, paid_on=AT.date(), by=place.ana, at=AT, heard_as="B1")
    assert Payment.objects.get().state == "confirmed"


def test_the_page_says_before_a_file_is_made_who_will_not_confirm_it(place):
    authorised(place)
    page = signed_in(place.ana).get(reverse(TO_SEND)).content.decode()
    assert "Whoever makes the file does not also say by hand" in page
