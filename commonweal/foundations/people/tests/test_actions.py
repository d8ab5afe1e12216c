"""Verbs about people, through the database."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from types import SimpleNamespace

import pytest
from django.apps import apps
from django.contrib.sessions.models import Session
from django.db import IntegrityError, connection, transaction
from django.test import Client

from commonweal.foundations.audit import actions as audit
from commonweal.foundations.audit import removals
from commonweal.foundations.audit.models import Entry
from commonweal.foundations.people import actions, erasers, exporters, queries
from commonweal.foundations.people.bundle import bundle_of
from commonweal.foundations.people.models import Consent, Person, Role, SignIn
from commonweal.foundations.verbs.refs import SYSTEM, Ref

AT = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)
ON = date(2026, 3, 2)
LATER = AT + timedelta(days=30)
MUCH_LATER = AT + timedelta(days=60)


def test_join_makes_a_person_who_signs_in_without_a_password(cast: SimpleNamespace) -> None:
    assert not cast.resident.sign_in.has_usable_password()
    assert Entry.objects.filter(verb="people.join", subject=cast.resident.ref).exists()


def test_join_writes_the_address_in_one_way_and_refuses_it_twice(cast: SimpleNamespace) -> None:
    with pytest.raises(actions.AddressTaken):
        actions.join(name="Another", email="ROSA@example.org", at=AT)
    assert Person.objects.filter(email="rosa@example.org").count() == 1


def test_join_gives_a_person_to_a_key_that_was_asked_for_before(db: None) -> None:
    key = actions.ask_for_key(email="new@example.org")
    person = actions.join(name="New", email="new@example.org", at=AT)
    assert person.sign_in == key


def test_keys_that_nobody_proved_are_thrown_away_and_others_stay(cast: SimpleNamespace) -> None:
    actions.ask_for_key(email="never@example.org")
    actions.forget_unproven_keys(before=datetime(2999, 1, 1, tzinfo=UTC))
    assert not SignIn.objects.filter(email="never@example.org").exists()
    assert SignIn.objects.filter(email="rosa@example.org").exists()


def test_a_person_on_paper_is_reached_by_letter_and_has_no_sign_in(cast: SimpleNamespace) -> None:
    assert cast.paper.reach == Person.Reach.LETTER
    assert not SignIn.objects.filter(person=cast.paper).exists()


def test_a_person_on_paper_with_an_email_address_is_reached_by_mail(cast: SimpleNamespace) -> None:
    person = actions.enter_on_paper(name="Petra Paper", by=cast.steward, at=AT, email="Petra@example.org")
    assert (person.reach, person.email) == (Person.Reach.MAIL, "petra@example.org")


def test_sessions_that_ended_go_and_others_stay(cast: SimpleNamespace, client: Client) -> None:
    client.force_login(cast.resident.sign_in)
    Client().force_login(cast.resident.sign_in)
    Session.objects.filter(pk=client.session.session_key).update(expire_date=AT - timedelta(days=9_000))
    actions.forget_ended_sessions()
    assert Session.objects.count() == 1


def test_a_guest_has_no_name_and_is_not_shown_as_forgotten(db: None) -> None:
    guest = actions.guest(at=AT)
    assert str(guest) == "Someone who gave no name"
    assert guest.reach == Person.Reach.NOTHING


def test_a_role_is_entrusted_once(cast: SimpleNamespace) -> None:
    with pytest.raises(actions.AlreadyHeld):
        actions.entrust(person=cast.steward, kind="steward", by=cast.steward, at=AT, from_on=ON)
    actions.entrust(person=cast.steward, kind="convenor", by=cast.steward, at=AT, from_on=ON)


def test_a_role_over_something_else_is_another_role(cast: SimpleNamespace) -> None:
    ward = Ref("places", "area", cast.paper.pk)
    actions.entrust(person=cast.resident, kind="councillor", by=SYSTEM, at=AT, from_on=ON, scope=ward)
    actions.entrust(person=cast.resident, kind="councillor", by=SYSTEM, at=AT, from_on=ON)
    with pytest.raises(actions.AlreadyHeld):
        actions.entrust(person=cast.resident, kind="councillor", by=SYSTEM, at=AT, from_on=ON, scope=ward)


def test_there_is_no_role_that_nobody_described(cast: SimpleNamespace) -> None:
    with pytest.raises(actions.NotARole):
        actions.entrust(person=cast.resident, kind="emperor", by=SYSTEM, at=AT, from_on=ON)


def test_a_role_that_ends_before_it_begins_is_refused(cast: SimpleNamespace) -> None:
    with pytest.raises(actions.EndsTooSoon):
        actions.entrust(
            person=cast.resident, kind="auditor", by=SYSTEM, at=AT, from_on=ON, until_on=ON - timedelta(days=1)
        )


def test_a_role_is_held_from_its_day_until_its_end(cast: SimpleNamespace) -> None:
    role = actions.entrust(person=cast.resident, kind="convenor", by=SYSTEM, at=AT, from_on=ON)
    role = actions.withdraw_role(role=role, by=cast.steward, at=LATER, on=date(2026, 4, 1))
    assert role.is_held_on(date(2026, 3, 31))
    assert not role.is_held_on(date(2026, 4, 1))
    actions.entrust(person=cast.resident, kind="convenor", by=SYSTEM, at=LATER, from_on=date(2026, 4, 1))


def test_a_role_withdrawn_on_its_first_day_was_never_held(cast: SimpleNamespace) -> None:
    role = actions.entrust(person=cast.resident, kind="convenor", by=SYSTEM, at=AT, from_on=ON)
    assert not actions.withdraw_role(role=role, by=SYSTEM, at=AT, on=ON).is_held_on(ON)


def test_the_last_steward_stays(cast: SimpleNamespace) -> None:
    role = cast.steward.roles.get()
    with pytest.raises(actions.LastSteward):
        actions.withdraw_role(role=role, by=cast.steward, at=LATER, on=LATER.date())
    with pytest.raises(actions.LastSteward):
        actions.erase(person=cast.steward, by=cast.steward, at=LATER)
    actions.entrust(person=cast.resident, kind="steward", by=cast.steward, at=AT, from_on=ON)
    actions.erase(person=cast.steward, by=cast.steward, at=LATER)
    assert list(queries.holders("steward", on=LATER.date())) == [cast.resident]


def test_the_same_yes_twice_is_one_and_new_wording_replaces_the_old(cast: SimpleNamespace) -> None:
    say_yes = {"person": cast.resident, "purpose": "dialogue.votes", "by": cast.resident}
    first = actions.consent(**say_yes, wording_version="1", at=AT)
    assert actions.consent(**say_yes, wording_version="1", at=LATER) == first
    second = actions.consent(**say_yes, wording_version="2", at=LATER)
    first.refresh_from_db()
    assert (first.withdrawn_at, second.is_current) == (LATER, True)
    assert queries.consents_to("dialogue.votes", cast.resident)
    actions.withdraw_consent(consent=second, by=cast.resident, at=LATER)
    assert not queries.consents_to("dialogue.votes", cast.resident)


@pytest.mark.parametrize("recipient", [None, Ref("organisations", "organisation", Ref.parse(str(SYSTEM)).uuid)])
def test_the_database_keeps_one_current_consent(cast: SimpleNamespace, recipient: Ref | None) -> None:
    given = {"person": cast.resident, "purpose": "p", "recipient": recipient, "wording_version": "1", "given_at": AT}
    Consent.objects.create(**given, withdrawn_at=LATER)
    Consent.objects.create(**given)
    with pytest.raises(IntegrityError), transaction.atomic():
        Consent.objects.create(**given)


@pytest.mark.parametrize(
    ("recipient", "law"),
    [
        (None, "one_current_consent_for_each_purpose"),
        (SYSTEM, "one_current_consent_for_each_purpose_and_recipient"),
    ],
)
def test_without_its_constraint_a_consent_could_be_current_twice(
    cast: SimpleNamespace, recipient: Ref | None, law: str
) -> None:
    """The control: each law holds alone for its own case, and nothing else refuses."""
    with connection.cursor() as cursor:
        cursor.execute(f"DROP INDEX {law}")  # back again when the test's transaction ends
    for _ in range(2):
        Consent.objects.create(person=cast.resident, purpose="p", recipient=recipient, wording_version="1", given_at=AT)


@pytest.mark.parametrize("scope", [None, SYSTEM])
def test_the_database_keeps_a_role_held_once(cast: SimpleNamespace, scope: Ref | None) -> None:
    held = {"person": cast.resident, "kind": "auditor", "scope": scope, "from_on": ON}
    Role.objects.create(**held, until_on=ON)
    Role.objects.create(**held)
    with pytest.raises(IntegrityError), transaction.atomic():
        Role.objects.create(**held)


def test_without_its_constraint_a_role_could_be_held_twice(cast: SimpleNamespace) -> None:
    """The control: it is the constraint that refuses, nothing else."""
    with connection.cursor() as cursor:
        cursor.execute("DROP INDEX a_role_over_everything_is_held_once")  # back again when the test's transaction ends
    for _ in range(2):
        Role.objects.create(person=cast.resident, kind="auditor", from_on=ON)


def test_contact_is_set_and_the_audit_names_what_changed_but_no_word_of_it(cast: SimpleNamespace) -> None:
    actions.set_contact(
        person=cast.resident, by=cast.resident, at=AT, shown_as="A neighbour", language="cy", contact_is_unsafe=True
    )
    cast.resident.refresh_from_db()
    assert (cast.resident.public_name, str(cast.resident), cast.resident.language) == (
        "A neighbour",
        "A neighbour",
        "cy",
    )
    entry = Entry.objects.get(verb="people.set_contact")
    assert entry.facts == {"changed": ["contact_is_unsafe", "language", "shown_as"]}


def test_nobody_is_reached_by_letter_without_an_address(cast: SimpleNamespace) -> None:
    with pytest.raises(actions.CannotBeReachedThatWay):
        actions.set_contact(person=cast.resident, by=cast.resident, at=AT, reach="letter")
    with pytest.raises(actions.CannotBeReachedThatWay):
        actions.set_contact(person=cast.paper, by=cast.steward, at=AT, reach="mail")
    with pytest.raises(TypeError):
        actions.set_contact(person=cast.resident, by=cast.resident, at=AT, erased_at=AT)


SEEDED = ("Zelda Quixote-Vane", "The Zed", "zelda.qv@example.org", "77 Seeded Terrace", "ZE9 9QV")


def seeded() -> Person:
    person = actions.join(name=SEEDED[0], email=SEEDED[2], postcode=SEEDED[4], password="a long one!", at=AT)
    return actions.set_contact(person=person, by=person, at=AT, shown_as=SEEDED[1], postal_address=SEEDED[3])


def everything_stored() -> str:
    """Every value of every table of the house, sessions opened."""
    stored = [session.get_decoded() for session in Session.objects.all()]
    for model in apps.get_models():
        if model is not Session:
            stored += list(model.objects.values_list())
    return str(stored)


def test_erase_leaves_no_seeded_word_anywhere(cast: SimpleNamespace, client: Client) -> None:
    person = seeded()
    client.force_login(person.sign_in)
    client.post("/people/sign-in/code/")
    Client().post("/people/sign-in/", {"email": SEEDED[2]})
    assert all(word in everything_stored() for word in SEEDED), "the control: the words are there before"
    actions.erase(person=person, by=person, at=LATER)
    assert [word for word in SEEDED if word in everything_stored()] == []


def test_erase_keeps_the_id_and_says_why(cast: SimpleNamespace) -> None:
    person = seeded()
    role = actions.entrust(person=person, kind="convenor", by=SYSTEM, at=AT, from_on=ON)
    consent = actions.consent(person=person, purpose="p", wording_version="1", by=person, at=AT)
    actions.erase(person=person, by=cast.steward, at=LATER, because="died")
    person.refresh_from_db()
    role.refresh_from_db()
    consent.refresh_from_db()
    assert str(person) == "Someone who asked to be forgotten"
    assert (person.erased_at, consent.withdrawn_at, role.until_on) == (LATER, LATER, LATER.date())
    assert list(queries.public_names([person.pk])) == []
    assert Entry.objects.get(verb="people.erase").facts == {"because": "died"}


@pytest.fixture
def restored(cast: SimpleNamespace) -> Iterator[tuple[Person, list[removals.Line]]]:
    """Somebody was forgotten, the list was kept, and a backup from before came back."""
    with transaction.atomic():
        person = seeded()
        before = transaction.savepoint()
        actions.erase(person=person, by=person, at=LATER)
        kept = list(removals.recorded())
        transaction.savepoint_rollback(before)
        yield person, kept


def test_who_was_forgotten_is_forgotten_again_when_an_old_backup_comes_back(
    restored: tuple[Person, list[removals.Line]],
) -> None:
    person, kept = restored
    assert all(word in everything_stored() for word in SEEDED[:2]), "the control: the names came back with the backup"
    assert audit.replay_removals(kept, at=MUCH_LATER) == (len(kept), [])
    assert [word for word in SEEDED if word in everything_stored()] == []
    assert Person.objects.get(pk=person.pk).erased_at == LATER
    assert audit.replay_removals(kept, at=MUCH_LATER) == (0, [])


def test_the_last_steward_who_was_forgotten_is_forgotten_again_too(cast: SimpleNamespace) -> None:
    line = removals.Line(cast.steward.ref, "forgotten", LATER)
    assert audit.replay_removals([line], at=LATER) == (1, [])
    assert Person.objects.get(pk=cast.steward.pk).name == ""


def test_erase_twice_and_every_verb_after_it_are_refused(cast: SimpleNamespace) -> None:
    actions.erase(person=cast.resident, by=cast.resident, at=LATER)
    after = {"person": cast.resident, "by": cast.steward, "at": LATER}
    for verb, more in (
        (actions.erase, {}),
        (actions.set_contact, {"name": "Back again"}),
        (actions.entrust, {"kind": "auditor", "from_on": ON}),
        (actions.consent, {"purpose": "p", "wording_version": "1"}),
    ):
        with pytest.raises(actions.AlreadyForgotten):
            verb(**after, **more)


def test_the_database_refuses_an_erased_person_with_a_name(cast: SimpleNamespace) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Person.objects.filter(pk=cast.resident.pk).update(erased_at=AT)
    Person.objects.filter(pk=cast.resident.pk).update(
        erased_at=AT, name="", email="", postcode="", shown_as="", postal_address="", reach="nothing"
    )


def test_erase_calls_the_other_rooms_and_is_whole_or_not_at_all(
    cast: SimpleNamespace, monkeypatch: pytest.MonkeyPatch
) -> None:
    called: list[tuple[Person, datetime]] = []
    monkeypatch.setattr(erasers, "_erasers", [lambda person, at: called.append((person, at))])
    actions.erase(person=cast.resident, by=cast.resident, at=LATER)
    assert called == [(cast.resident, LATER)]

    def fails(person: Person, at: datetime) -> None:
        raise RuntimeError

    monkeypatch.setattr(erasers, "_erasers", [fails])
    with pytest.raises(RuntimeError):
        actions.erase(person=cast.paper, by=cast.steward, at=LATER)
    cast.paper.refresh_from_db()
    assert cast.paper.name == "Percy Paper"


def test_the_same_eraser_registers_once_and_two_exporters_of_one_room_are_refused() -> None:
    before = erasers.registered()
    if before:
        erasers.register(before[0])
    assert erasers.registered() == before
    with pytest.raises(ValueError, match="people has an exporter"):
        exporters.register("people")(lambda person: {})


def test_everything_of_one_person_holds_nobody_else(cast: SimpleNamespace) -> None:
    from io import BytesIO
    from zipfile import ZipFile

    with ZipFile(BytesIO(bundle_of(cast.resident, at=AT))) as zipped:
        assert sorted(zipped.namelist()) == ["everything.html", "everything.json"]
        written = zipped.read("everything.json").decode() + zipped.read("everything.html").decode()
    assert "rosa@example.org" in written
    assert "Stella" not in written


def test_what_a_person_wrote_cannot_run_in_their_own_file(cast: SimpleNamespace) -> None:
    from io import BytesIO
    from zipfile import ZipFile

    actions.set_contact(person=cast.resident, by=cast.resident, at=AT, name="<script>x</script>")
    cast.resident.refresh_from_db()
    with ZipFile(BytesIO(bundle_of(cast.resident, at=AT))) as zipped:
        assert "<script>" not in zipped.read("everything.html").decode()


def test_public_names_prefer_what_a_person_chose_to_show(cast: SimpleNamespace) -> None:
    guest = actions.guest(at=AT)
    actions.set_contact(person=cast.resident, by=cast.resident, at=AT, shown_as="A neighbour")
    names = dict(queries.public_names([cast.resident.pk, cast.paper.pk, guest.pk]))
    assert names == {cast.resident.pk: "A neighbour", cast.paper.pk: "Percy Paper"}
