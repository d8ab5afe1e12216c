"""Coming in: by code, by password, for the first time; and what the door tells a stranger, which is nothing."""

import re
import threading
import time
from types import SimpleNamespace

import pytest
from django.contrib.auth import get_user_model
from django.core import mail
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from commonweal.foundations.people import actions, hashers
from commonweal.foundations.people.models import Person, SignIn
from commonweal.foundations.verbs import clock

PASSWORD = "three words in-a-row"


@pytest.fixture(autouse=True)
def _cheap_hashes(settings: object) -> None:
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]  # type: ignore[attr-defined]


def code_in(message: mail.EmailMessage) -> str:
    found = re.search(r"^ {4}(\S+)$", str(message.body), re.MULTILINE)
    assert found, message.body
    return found[1]


def ask(client: Client, email: str, **more: str) -> HttpResponse:
    return client.post(reverse("people:sign_in"), {"email": email, **more}, follow=True)


def is_in(client: Client) -> bool:
    return "_auth_user_id" in client.session


def with_password(person: Person) -> None:
    actions.set_password(person=person, password=PASSWORD, by=person, at=clock.now())


def by_password(client: Client, email: str, password: str, **more: str) -> HttpResponse:
    return client.post(reverse("people:sign_in_by_password"), {"login": email, "password": password, **more})


def test_a_code_by_mail_lets_in(cast: SimpleNamespace, client: Client) -> None:
    page = ask(client, "rosa@example.org")
    assert page.redirect_chain[-1][0].startswith(reverse("people:code"))
    assert mail.outbox[0].to == ["rosa@example.org"]
    answer = client.post(reverse("people:code"), {"code": code_in(mail.outbox[0]), "action": "verify"})
    assert (answer.status_code, answer["Location"]) == (302, "/")
    assert is_in(client)
    assert client.get(reverse("people:person")).context["person"] == cast.resident


def test_a_wrong_code_lets_nobody_in_and_three_end_it(cast: SimpleNamespace, client: Client) -> None:
    ask(client, "rosa@example.org")
    for _ in range(2):
        page = client.post(reverse("people:code"), {"code": "wrong", "action": "verify"})
        assert "not the code" in page.content.decode()
    last = client.post(reverse("people:code"), {"code": "wrong", "action": "verify"}, follow=True)
    assert last.redirect_chain[-1][0] == reverse("people:sign_in")
    assert "Too many tries" in last.content.decode()
    client.post(reverse("people:code"), {"code": code_in(mail.outbox[0]), "action": "verify"})
    assert not is_in(client)


def test_a_code_works_once_and_only_where_it_was_asked_for(cast: SimpleNamespace, client: Client) -> None:
    ask(client, "rosa@example.org")
    code = {"code": code_in(mail.outbox[0]), "action": "verify"}
    stranger = Client()
    stranger.post(reverse("people:code"), code)
    assert not is_in(stranger)
    client.post(reverse("people:code"), code)
    client.post(reverse("people:sign_out"))
    client.post(reverse("people:code"), code)
    assert not is_in(client)


def test_another_code_can_be_sent_and_the_first_stops_working(cast: SimpleNamespace, client: Client) -> None:
    ask(client, "rosa@example.org")
    client.post(reverse("people:code"), {"action": "resend"})
    first, second = (code_in(message) for message in mail.outbox)
    client.post(reverse("people:code"), {"code": first, "action": "verify"})
    assert not is_in(client)
    client.post(reverse("people:code"), {"code": second, "action": "verify"})
    assert is_in(client)


def test_the_mail_is_in_the_persons_language_and_says_nothing_private(cast: SimpleNamespace, client: Client) -> None:
    ask(client, "rosa@example.org")
    message = mail.outbox[0]
    assert message.subject == "Your code"
    assert code_in(message) not in message.subject


def test_after_signing_in_the_house_speaks_the_persons_language(cast: SimpleNamespace, client: Client) -> None:
    actions.set_contact(person=cast.resident, by=cast.resident, at=clock.now(), language="cy")
    with_password(cast.resident)
    assert by_password(client, "rosa@example.org", PASSWORD).cookies["django_language"].value == "cy"
    assert client.get(reverse("people:person"))["Content-Language"] == "cy"


def test_joining_makes_nobody_before_the_code(db: None, client: Client) -> None:
    client.post(reverse("people:join"), {"name": "Nia New", "email": "nia@example.org"})
    assert not Person.objects.filter(email="nia@example.org").exists()
    client.post(reverse("people:code"), {"code": code_in(mail.outbox[0]), "action": "verify"})
    assert is_in(client)
    assert Person.objects.get(email="nia@example.org").name == "Nia New"


def test_a_key_that_nobody_proved_opens_nothing_and_can_be_asked_for_again(db: None, client: Client) -> None:
    client.post(reverse("people:join"), {"name": "Nia New", "email": "nia@example.org"})
    other = Client()
    ask(other, "nia@example.org")
    assert "Nobody has joined" in mail.outbox[1].body
    other.post(reverse("people:join"), {"name": "Nia Again", "email": "nia@example.org"})
    other.post(reverse("people:code"), {"code": code_in(mail.outbox[2]), "action": "verify"})
    assert Person.objects.get(email="nia@example.org").name == "Nia Again"


def test_joining_twice_tells_only_the_owner_of_the_address(cast: SimpleNamespace, client: Client) -> None:
    known = client.post(reverse("people:join"), {"name": "X", "email": "rosa@example.org"}, follow=True)
    unknown = Client().post(reverse("people:join"), {"name": "X", "email": "nobody@example.org"}, follow=True)
    assert same_words(known, "rosa@example.org") == same_words(unknown, "nobody@example.org")
    assert known.redirect_chain == unknown.redirect_chain
    assert [message.subject for message in mail.outbox] == ["You have joined already", "Your code"]
    assert Person.objects.filter(email="rosa@example.org").count() == 1


def same_words(page: HttpResponse, email: str) -> str:
    text = page.content.decode().replace(email, "ADDRESS")
    return re.sub(r'(csrfmiddlewaretoken" value="|X-CSRFToken&quot;: &quot;|X-CSRFToken": ")[^"&]+', "", text)


def test_asking_for_a_code_tells_a_stranger_nothing(cast: SimpleNamespace) -> None:
    known = ask(Client(), "rosa@example.org")
    unknown = ask(Client(), "nobody@example.org")
    assert same_words(known, "rosa@example.org") == same_words(unknown, "nobody@example.org")
    assert known.redirect_chain == unknown.redirect_chain
    assert [message.to for message in mail.outbox] == [["rosa@example.org"], ["nobody@example.org"]]


def test_a_wrong_password_says_the_same_for_everybody(cast: SimpleNamespace) -> None:
    with_password(cast.steward)
    pages = [
        same_words(by_password(Client(), email, "not the password"), email)
        for email in ("stella@example.org", "rosa@example.org", "nobody@example.org")
    ]
    assert pages[0] == pages[1] == pages[2]
    assert "is not right" in pages[0]


def test_a_password_is_hashed_once_whether_or_not_the_address_is_known(
    cast: SimpleNamespace, settings: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The time it takes is the time of one hash, for somebody known, without a password, and unknown."""
    settings.PASSWORD_HASHERS = ["commonweal.foundations.people.hashers.OneAtATime"]  # type: ignore[attr-defined]
    with_password(cast.steward)
    hashed: list[str] = []
    plain = hashers.OneAtATime.encode
    monkeypatch.setattr(
        hashers.OneAtATime,
        "encode",
        lambda self, password, *rest: hashed.append(password) or plain(self, password, *rest),
    )
    for email in ("stella@example.org", "rosa@example.org", "nobody@example.org"):
        hashed.clear()
        by_password(Client(), email, "not the password")
        assert len(hashed) == 1, email


def test_a_password_lets_in_and_changes_the_session(cast: SimpleNamespace, client: Client) -> None:
    with_password(cast.resident)
    client.get(reverse("people:sign_in_by_password"))
    session = client.session
    session["before"] = "1"
    session.save()
    before = session.session_key
    client.cookies["sessionid"] = before
    by_password(client, "rosa@example.org", PASSWORD)
    assert is_in(client)
    assert client.session.session_key != before
    old = Client()
    old.cookies["sessionid"] = before
    assert not is_in(old)


def test_tries_are_limited_before_anything_is_hashed(
    cast: SimpleNamespace, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    with_password(cast.resident)
    for _ in range(5):
        by_password(client, "rosa@example.org", "wrong")
    monkeypatch.setattr(get_user_model(), "check_password", lambda *_: pytest.fail("hashed"))
    page = by_password(client, "rosa@example.org", PASSWORD)
    assert "Too many tries" in page.content.decode()
    assert not is_in(client)


def test_codes_for_one_address_are_limited(cast: SimpleNamespace, client: Client) -> None:
    for _ in range(3):
        ask(client, "rosa@example.org")
    page = ask(client, "rosa@example.org")
    assert "Too many tries" in page.content.decode()
    assert len(mail.outbox) == 3


@pytest.mark.parametrize("elsewhere", ["https://evil.example/", "//evil.example", "javascript:alert(1)", "\\\\evil"])
def test_next_leads_nowhere_else(cast: SimpleNamespace, client: Client, elsewhere: str) -> None:
    with_password(cast.resident)
    assert by_password(client, "rosa@example.org", PASSWORD, next=elsewhere)["Location"] == "/"


def test_next_leads_back_inside_also_by_code(cast: SimpleNamespace, client: Client) -> None:
    page = ask(client, "rosa@example.org", next="/people/me/contact/")
    where = page.redirect_chain[-1][0]
    answer = client.post(where, {"code": code_in(mail.outbox[0]), "action": "verify", "next": "/people/me/contact/"})
    assert answer["Location"] == "/people/me/contact/"


def test_whoever_mistyped_an_address_begins_again(cast: SimpleNamespace, client: Client) -> None:
    ask(client, "typo@example.org")
    assert client.get(reverse("people:sign_in")).status_code == 200
    assert client.get(reverse("people:join")).status_code == 200


def test_signing_out_takes_a_post(cast: SimpleNamespace, client: Client) -> None:
    client.force_login(cast.resident.sign_in)
    assert client.get(reverse("people:sign_out")).status_code == 405
    client.post(reverse("people:sign_out"))
    assert not is_in(client)


def test_what_a_signed_in_person_sees_is_kept_by_no_cache(cast: SimpleNamespace, client: Client) -> None:
    client.force_login(cast.resident.sign_in)
    answer = client.get("/")
    assert answer["Cache-Control"] == "private, no-store"
    assert "Cookie" in answer["Vary"]


def test_a_new_password_ends_every_other_session(cast: SimpleNamespace, client: Client) -> None:
    elsewhere = Client()
    for each in (client, elsewhere):
        each.force_login(cast.resident.sign_in)
    answer = client.post(reverse("people:password"), {"new": PASSWORD})
    assert answer.status_code == 302
    assert client.get(reverse("people:person")).status_code == 200
    assert elsewhere.get(reverse("people:person")).status_code == 302


def test_a_password_is_changed_only_by_who_knows_it_or_came_by_code(cast: SimpleNamespace, client: Client) -> None:
    with_password(cast.resident)
    by_password(client, "rosa@example.org", PASSWORD)
    page = client.post(reverse("people:password"), {"old": "wrong", "new": "another long one"})
    assert page.status_code == 422
    client.post(reverse("people:sign_out"))
    ask(client, "rosa@example.org")
    client.post(reverse("people:code"), {"code": code_in(mail.outbox[-1]), "action": "verify"})
    assert client.post(reverse("people:password"), {"new": "another long one"}).status_code == 302


def test_a_short_password_is_refused(cast: SimpleNamespace, client: Client) -> None:
    client.force_login(cast.resident.sign_in)
    assert client.post(reverse("people:password"), {"new": "short"}).status_code == 422


def test_one_password_is_hashed_at_a_time(monkeypatch: pytest.MonkeyPatch) -> None:
    at_once, most = [0], [0]

    def slow(self: object, password: str, *_: object) -> str:
        at_once[0] += 1
        most[0] = max(most[0], at_once[0])
        time.sleep(0.02)
        at_once[0] -= 1
        return password

    monkeypatch.setattr(hashers.ScryptPasswordHasher, "encode", slow)

    def most_at_once(hasher: object) -> int:
        most[0] = 0
        threads = [threading.Thread(target=hasher.encode, args=("p", "s")) for _ in range(4)]  # type: ignore[attr-defined]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        return most[0]

    assert most_at_once(hashers.OneAtATime()) == 1
    assert most_at_once(hashers.ScryptPasswordHasher()) > 1, "the control: without our limit they run together"


def test_an_erased_person_is_out_at_once(cast: SimpleNamespace, client: Client) -> None:
    client.force_login(cast.resident.sign_in)
    actions.erase(person=cast.resident, by=cast.steward, at=clock.now())
    assert client.get(reverse("people:person")).status_code == 302
    assert not SignIn.objects.filter(email="rosa@example.org").exists()
    ask(Client(), "rosa@example.org")
    assert "Nobody has joined" in mail.outbox[-1].body


def test_forms_at_the_door_are_refused_without_their_token(cast: SimpleNamespace) -> None:
    strict = Client(enforce_csrf_checks=True)
    for name in ("sign_in", "sign_in_by_password", "join", "sign_out", "code"):
        assert strict.post(reverse(f"people:{name}"), {}).status_code == 403, name


def test_a_monstrous_or_broken_address_is_refused_kindly(db: None, client: Client) -> None:
    for email in ("x" * 100_000, "not an address", "a\0b@example.org", "a@b@c", ""):
        page = client.post(reverse("people:sign_in"), {"email": email})
        assert page.status_code == 422, email[:20]
        assert mail.outbox == []
