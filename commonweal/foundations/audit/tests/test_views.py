import json
from datetime import date
from typing import Any
from uuid import uuid4

import pytest
from django.apps import apps
from django.test import Client
from django.urls import reverse

from commonweal.foundations.audit import actions, heads
from commonweal.foundations.audit.models import Redaction
from commonweal.foundations.verbs.refs import SYSTEM, Ref

from .conftest import AT

pytestmark = pytest.mark.django_db


def signed_in(*kinds: str) -> tuple[Client, Any]:
    """Somebody invented, with a sign-in. People live above this room, so the records are asked for by name."""
    person = apps.get_model("people", "Person").objects.create(name="Invented", joined_at=AT, is_invented=True)
    for kind in kinds:
        apps.get_model("people", "Role").objects.create(person=person, kind=kind, from_on=date(2020, 1, 1))
    key = apps.get_model("people", "SignIn").objects.create_user(email=f"{person.pk}@invented.example")
    key.person = person
    key.save()
    client = Client()
    client.force_login(key, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client, person


def test_heads_are_there_for_everybody(act, client):
    assert b"There is no seal yet" in client.get(reverse("audit:heads")).content
    assert client.get(reverse("audit:latest_head")).status_code == 204
    act()
    seal = actions.seal(at=AT)
    page = client.get(reverse("audit:heads"))
    assert page.status_code == 200
    assert seal.head.root.hex() in page.content.decode()
    assert heads.parse(client.get(reverse("audit:latest_head")).content.decode()) == [seal.head]


def test_heads_for_programs_go_back_in_steps(act, client):
    for _ in range(3):
        act()
        actions.seal(at=AT)
    told = json.loads(client.get(reverse("audit:heads_json")).content)
    assert [head["size"] for head in told["heads"]] == [3, 2, 1]
    older = json.loads(client.get(reverse("audit:heads_json"), {"below": "3"}).content)
    assert [head["size"] for head in older["heads"]] == [2, 1]
    assert client.get(reverse("audit:heads_json"), {"below": "<x>"}).status_code == 400


@pytest.mark.parametrize("kind", ["steward", "auditor"])
def test_the_trail_is_open_to_stewards_and_auditors(act, kind):
    act()
    client, _person = signed_in(kind)
    page = client.get(reverse("audit:trail")).content.decode()
    assert "dialogue.suggest" in page
    assert ("/audit/words/" in page) == (kind == "steward")
    assert "A bench by the pond" not in page


def test_the_trail_is_closed_to_others(act, client):
    assert client.get(reverse("audit:trail")).status_code == 302
    someone, _person = signed_in("convenor")
    assert someone.get(reverse("audit:trail")).status_code == 403


@pytest.mark.parametrize("kind", ["steward", "auditor"])
def test_the_trail_leads_to_a_payment_and_not_to_a_file_that_a_steward_may_not_open(kind):
    about = {kind: Ref("ledger", kind, uuid4()) for kind in ("dispatch", "payment")}
    for subject in about.values():
        actions.enter(by=SYSTEM, verb="ledger.send", subject=subject, at=AT)
    client, _person = signed_in(kind)
    page = client.get(reverse("audit:trail")).content.decode()
    assert str(about["dispatch"]) in page
    assert f'href="{about["dispatch"].page}"' not in page
    assert f'href="{about["payment"].page}"' in page


def test_the_trail_pages_without_counting(act, django_assert_max_num_queries):
    for number in range(60):
        act(number=number)
    client, _person = signed_in("auditor")
    with django_assert_max_num_queries(20):
        page = client.get(reverse("audit:trail"))
    assert len(page.context["entries"]) == 50
    rest = client.get(reverse("audit:trail") + page.context["older"])
    assert len(rest.context["entries"]) == 10


def test_the_trail_is_filtered_and_refuses_nonsense(act):
    act(number=1)
    act(number=2)
    client, _person = signed_in("auditor")
    subject = "dialogue:contribution:00000000-0000-0000-0000-000000000002"
    assert len(client.get(reverse("audit:trail"), {"subject": subject}).context["entries"]) == 1
    refused = client.get(reverse("audit:trail"), {"subject": "the bench"})
    assert "Write it as room:kind:number" in refused.content.decode()
    assert refused.context["entries"] == []
    assert client.get(reverse("audit:trail"), {"before": "9" * 30}).status_code == 200
    assert client.get(reverse("audit:trail"), {"verb": "a\0b"}).status_code == 200


def test_two_people_remove_words_on_two_pages(act):
    words = act("Call 07700 900123.")
    steward, person = signed_in("steward")
    auditor, _second = signed_in("auditor")
    assert "Call 07700" in steward.get(reverse("audit:words", args=[words.pk])).content.decode()
    steward.post(reverse("audit:words", args=[words.pk]), {"because": "private"})
    redaction = Redaction.objects.get()
    own = steward.get(redaction.get_absolute_url()).content.decode()
    assert "somebody else has to agree" in own
    steward.post(redaction.get_absolute_url(), {"answer": "confirm"})
    words.refresh_from_db()
    assert words.text, "one person alone removed words"
    auditor.post(redaction.get_absolute_url(), {"answer": "confirm"})
    words.refresh_from_db()
    assert not words.text
    page = steward.get(reverse("audit:words", args=[words.pk])).content.decode()
    assert "because it gave away something private" in page
    listed = auditor.get(reverse("audit:redactions")).content.decode()
    assert redaction.get_absolute_url() in listed


def test_a_proposal_without_a_reason_is_refused(act):
    words = act()
    steward, _person = signed_in("steward")
    assert steward.post(reverse("audit:words", args=[words.pk]), {"because": "whim"}).status_code == 422
    assert not Redaction.objects.exists()


def test_words_wait_for_one_decision_at_a_time(act):
    words = act()
    steward, _person = signed_in("steward")
    for _ in range(2):
        page = steward.post(reverse("audit:words", args=[words.pk]), {"because": "private"}, follow=True)
    assert "A second person has to decide" in page.content.decode()
    assert Redaction.objects.count() == 1


def test_words_and_redactions_do_not_exist_for_others(act, steward):
    words = act()
    redaction = actions.propose_redaction(words=words, by=steward, because="private", at=AT)
    auditor, _person = signed_in("auditor")
    resident, _person = signed_in("resident")
    assert auditor.get(words.get_absolute_url()).status_code == 404
    assert resident.get(words.get_absolute_url()).status_code == 404
    assert resident.get(redaction.get_absolute_url()).status_code == 404
    assert resident.post(redaction.get_absolute_url(), {"answer": "confirm"}).status_code == 404
