"""What was private shows nowhere; what was taken away is nowhere: not in a row, a file, a page, a feed or a mail.

Unmistakable words are said by verbs all through a story. Then one item is redacted and one person erased, and we look
for the words everywhere: in every column of every table, in the bytes of the database's file, in the folder of the
demonstration's mail, in every page that a crawl reaches, in feeds, files, the API, the audit trail and what others take
with them. The trail is still whole, and sums and steps are what they were.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from urllib.parse import urljoin

import pytest
from django.apps import apps
from django.db import connection, transaction
from django.test import Client, TestCase, override_settings

from commonweal.do.initiatives import actions as initiatives
from commonweal.foundations.audit import actions as audit
from commonweal.foundations.audit import queries as trail
from commonweal.foundations.decisions import actions as decisions
from commonweal.foundations.decisions.models import Decision
from commonweal.foundations.ledger import actions as ledger
from commonweal.foundations.ledger import queries as books
from commonweal.foundations.ledger.models import Entry
from commonweal.foundations.notices import actions as notices
from commonweal.foundations.notices import delivery
from commonweal.foundations.organisations import actions as organisations
from commonweal.foundations.people import actions as people
from commonweal.foundations.people.bundle import bundle_of
from commonweal.foundations.people.models import Person
from commonweal.foundations.thread.models import Step
from commonweal.foundations.verbs import clock
from commonweal.foundations.verbs.refs import SYSTEM
from commonweal.methods.quantities import Minutes, Money
from commonweal.town import building
from commonweal.town.building import Town
from commonweal.understand.dialogue import actions as dialogue
from commonweal.understand.dialogue.models import Contribution
from tests.postgres import count_rows

pytestmark = pytest.mark.django_db

#: What must go: of Zelda, who is erased, and of the one item that is redacted.
ZELDA = {
    "name": "Zeldaqx Quandry",
    "shown": "Zeldaqxshown",
    "email": "zeldaqx@mailqx.example",
    "address": "77 Zeldaqxrow",
    "postcode": "ZQ9 9XZ",
    "suggestion": "Zeldaqx says the bus never comes",
    "on word of": "Zeldaqx phoned the desk",
    "reply": "Zeldaqx replies that it is late",
    "hours": "Zeldaqx sat with a neighbour",
    "dissent": "Zeldaqx thinks otherwise",
    "interest": "Zeldaqx owns the hall",
    "payment": "Zeldaqx paid for the bolts",
    "no": "Zeldaqx has enough nails",
}
REDACTED = "Redactqx Street 12 is where she lives"

#: What is private and stays, and never shows to a stranger or to another resident.
PRIVATE = {
    "email": "amina.privqx@people.example",
    "address": "9 Privqxaddress Close",
    "postcode": "PQ1 1QX",
    "paper": "Paulqx Paperperson",
    "paper address": "3 Paperqxrow",
    "source": "Sourceqx his letter of May",
    "held": "Heldqx suggestion about a neighbour",
    "exempt": "Exemptqx names a family",
    "exempt question": "Exemptqxquestion go to court?",
    "parties": "Partyqx only for the parties",
    "link mail": "linkqx@council.example",
    "draft": "Draftqx not published yet",
    "told hours": "Tellqx not confirmed yet",
    "payment to a person": "Fareqx to the hospital",
}


@dataclass(frozen=True)
class Said:
    town: Town
    zelda: Person
    redacted: Any
    at: datetime
    folder: Path


@pytest.fixture(scope="module")
def said(django_db_setup: None, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Said]:
    """The town, with everybody's words in it; mail goes to a folder, as in the demonstration."""
    folder = tmp_path_factory.mktemp("mail")
    backend = "commonweal.foundations.notices.mail.ConsoleAndFiles"
    with (
        django_db_blocker.unblock(),
        transaction.atomic(),
        override_settings(EMAIL_BACKEND=backend, MAIL_FOLDER=folder),
    ):
        at = clock.now()
        town = building.build(at=at)
        zelda, redacted = zelda_speaks(town, at)
        _private_things_are_said(town, at)
        delivery.sweep(at=at + timedelta(hours=1))
        count_rows()
        yield Said(town, zelda, redacted, at, folder)
        transaction.set_rollback(True)


def zelda_speaks(town: Town, at: datetime) -> tuple[Person, Any]:
    zelda = people.join(name=ZELDA["name"], email=ZELDA["email"], at=at, postcode=ZELDA["postcode"])
    people.set_contact(
        person=zelda, by=zelda, at=at, postal_address=ZELDA["address"], shown_as=ZELDA["shown"], reach="mail"
    )
    people.entrust(person=zelda, kind="partner", by=SYSTEM, at=at, from_on=at.date())
    organisations.belong(
        person=zelda, organisation=town.neighbours, by=SYSTEM, at=at, from_on=at.date(), part="officer"
    )
    own = dialogue.suggest(
        conversation=town.next_conversation, words=ZELDA["suggestion"], shows_name=True, by=zelda, at=at
    )
    phoned = dialogue.key_in(
        conversation=town.next_conversation,
        words=ZELDA["suggestion"],
        given_on=at.date(),
        on_word_of=ZELDA["on word of"],
        person=zelda,
        channel="phone",
        by=town.grace,
        at=at,
    )
    other = dialogue.suggest(conversation=town.next_conversation, words=REDACTED, by=town.tom, at=at)
    theme = dialogue.gather(contributions=[own, phoned.contribution, other], title="The bus", by=town.grace, at=at)
    decisions.assign(owed=theme.owed, name=ZELDA["name"], email=ZELDA["email"], by=town.grace, at=at)
    decisions.draft(owed=theme.owed, reason_code="adopted", words="We ask the firm.", by=town.daniel, at=at)
    decisions.clear(owed=theme.owed, by=town.grace, at=at)
    answer = decisions.publish(owed=theme.owed, by=town.grace, at=at)
    line = theme.owed.lines.get(contribution=own.ref)
    decisions.reply(answer=answer, line=line, words=ZELDA["reply"], by=zelda, at=at)
    decisions.decide(
        question="Shall the bus run on Sundays?",
        options=["Yes", "No"],
        outcome="Yes",
        rule="The board",
        reasons="People asked for it.",
        dissents=[(zelda, ZELDA["dissent"])],
        interests=[(zelda, ZELDA["interest"])],
        by=town.grace,
        because=answer.step,
        at=at,
    )
    given = initiatives.give_hours(
        fund=town.fund, giver=zelda, time=Minutes(90), given_on=at.date(), what=ZELDA["hours"], by=zelda, at=at
    )
    initiatives.confirm_hours(given=given, by=town.beth, at=at)
    initiatives.begin(title="Sunday bus", story="We try it.", lead=zelda, by=town.grace, because=[answer.step], at=at)
    initiatives.propose_payment(
        fund=town.fund, payee=town.trust, amount=Money(12_00), words=ZELDA["payment"], by=zelda, at=at
    )
    nails = initiatives.propose_payment(
        fund=town.fund, payee=town.trust, amount=Money(9_00), words="Nails", by=town.beth, at=at
    )
    ledger.decline(payment=nails, words=ZELDA["no"], by=zelda, at=at)
    notices.follow(step=answer.step, by=zelda, at=at)
    people.consent(person=zelda, purpose="tests.x", wording_version="1", by=zelda, at=at)
    return zelda, other


def _private_things_are_said(town: Town, at: datetime) -> None:
    people.set_contact(
        person=town.amina, by=town.amina, at=at, postal_address=PRIVATE["address"], postcode=PRIVATE["postcode"]
    )
    Person.objects.filter(pk=town.amina.pk).update(email=PRIVATE["email"])
    paul = dialogue.key_in(
        conversation=town.next_conversation,
        words="More benches, please",
        given_on=at.date(),
        on_word_of=PRIVATE["source"],
        name=PRIVATE["paper"],
        postal_address=PRIVATE["paper address"],
        by=town.grace,
        at=at,
    )
    held = dialogue.suggest(conversation=town.next_conversation, words=PRIVATE["held"], by=town.rhian, at=at)
    dialogue.hold(contribution=held, by=town.grace, reason="personal", at=at)
    theme = dialogue.gather(contributions=[paul.contribution], title="Benches", by=town.grace, at=at)
    decisions.assign(owed=theme.owed, name="Lena Officer", email=PRIVATE["link mail"], by=town.grace, at=at)
    decisions.draft(owed=theme.owed, reason_code="adopted", words=PRIVATE["draft"], by=town.daniel, at=at)
    decisions.decide(
        question=PRIVATE["exempt question"],
        options=["Yes", "No"],
        outcome="No",
        rule="The board",
        reasons=PRIVATE["exempt"],
        by=town.grace,
        because=theme.step,
        at=at,
        is_public=False,
        exempt_because="names a family",
    )
    asked = decisions.ask_assent(
        subject=town.outcome, party=town.neighbours, by=town.grace, because=town.theme.step, at=at, is_public=False
    ).asking
    decisions.give_assent(
        subject=town.decision,
        party=town.trust,
        stance="reservation",
        words=PRIVATE["parties"],
        by=town.kwame,
        because=asked.step,
        at=at,
        is_public=False,
    )
    initiatives.give_hours(
        fund=town.fund,
        giver=town.rhian,
        time=Minutes(30),
        given_on=at.date(),
        what=PRIVATE["told hours"],
        by=town.rhian,
        at=at,
    )
    ledger.propose_payment(
        from_account=town.fund.pounds,
        to_account=ledger.open_account(owner=town.rhian, unit="gbp", name="Fares", floor=None, by=town.joan, at=at),
        amount=Money(12_00),
        beneficiary=town.rhian,
        words=PRIVATE["payment to a person"],
        by=town.beth,
        because=town.fund.step,
        at=at,
    )


# -- where we look


def cells() -> Iterator[tuple[str, str]]:
    """Every value of every column of every table, as text; bytes as they read."""
    with connection.cursor() as cursor:
        for table in sorted(connection.introspection.table_names(cursor)):
            cursor.execute(f'SELECT * FROM "{table}"')
            columns = [column[0] for column in cursor.description]
            for row in cursor.fetchall():
                for column, value in zip(columns, row, strict=True):
                    if isinstance(value, bytes | memoryview):
                        yield f"{table}.{column}", bytes(value).decode("latin-1")
                    elif value is not None:
                        yield f"{table}.{column}", str(value)


def sessions() -> Iterator[tuple[str, str]]:
    for session in apps.get_model("sessions", "Session").objects.all():
        yield "sessions", str(session.get_decoded())


def files(folder: Path) -> Iterator[tuple[str, str]]:
    for file in sorted(folder.rglob("*")):
        if file.is_file():
            yield file.name, file.read_bytes().decode("utf-8", "replace")


class Addresses(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found += [value or "" for name, value in attrs if name == "href"]


BEGIN_AT = (
    "/",
    "/understand/",
    "/plan/",
    "/do/",
    "/review/",
    "/published/",
    "/published/feed.atom",
    "/published/feed.json",
    "/audit/",
    "/audit/heads.json",
    "/api/conversations",
    "/api/measures",
    "/review/accountability/",
    "/organisations/",
    "/places/",
)
#: Away, out, or the same pages in another order.
NOT_FOLLOWED = re.compile(r"^/(leave|static|people/sign-out|language)|[?&](part|beyond)=")


def crawl(client: Client, most: int = 320) -> Iterator[tuple[str, str]]:
    """Every page that somebody reaches by following links, and each step's thread in the API."""
    waiting, seen = list(BEGIN_AT), set(BEGIN_AT)
    for step in Step.objects.order_by("-id").values_list("uuid", flat=True)[:60]:
        waiting += [f"/thread/{step}/", f"/api/thread/{step}/story"]
    while waiting and len(seen) < most:
        address = waiting.pop(0)
        answer = client.get(address)
        assert answer.status_code < 500, address
        text = b"".join(answer).decode("utf-8", "replace")
        yield address, text
        if not answer.get("Content-Type", "").startswith("text/html"):
            continue
        page = Addresses()
        page.feed(text)
        for link in page.found:
            there = urljoin(address, link).partition("#")[0]
            if there.startswith("/") and there not in seen and not NOT_FOLLOWED.search(there):
                seen.add(there)
                waiting.append(there)


def exports(people: Iterable[Person], at: datetime) -> Iterator[tuple[str, str]]:
    """What each of them takes with them: everything that they said themselves, and nothing of others."""
    for person in people:
        with zipfile.ZipFile(io.BytesIO(bundle_of(person, at=at))) as bundle:
            for name in bundle.namelist():
                yield f"export of {person}: {name}", bundle.read(name).decode("utf-8", "replace")


def where(canaries: Iterable[str], *places: Iterable[tuple[str, str]]) -> set[tuple[str, str]]:
    """(place, canary) of every canary that sings."""
    wanted = [canary.lower() for canary in canaries]
    found = set()
    for place in places:
        for name, text in place:
            low = text.lower()
            found |= {(name, canary) for canary in wanted if canary in low}
    return found


def as_(person: Person | None) -> Client:
    client = Client()
    if person is not None:
        client.force_login(person.sign_in)
    return client


def read(person: Person, record: Any) -> str:
    address = "/people/me/" if record == person else record.get_absolute_url()
    return as_(person).get(address).content.decode()


# -- what is private


@pytest.fixture(scope="module")
def public_pages(said: Said, django_db_blocker: Any) -> list[tuple[str, str]]:
    with django_db_blocker.unblock():
        return list(crawl(as_(None)))


@pytest.mark.slow
def test_what_is_private_shows_to_no_stranger(said: Said, public_pages: list[tuple[str, str]]) -> None:
    assert len(public_pages) > 150
    assert where(PRIVATE.values(), public_pages) == set()


@pytest.mark.slow
def test_what_is_private_shows_to_no_other_resident(said: Said) -> None:
    pages = list(crawl(as_(said.town.alex)))
    assert where(PRIVATE.values(), pages) == set()


def test_what_is_private_is_in_no_mail_to_others_and_in_no_export_of_others(said: Said) -> None:
    sent = [
        (name, text)
        for name, text in files(said.folder)
        if PRIVATE["link mail"] not in text and PRIVATE["email"] not in text
    ]
    assert len(sent) > 5
    assert where(PRIVATE.values(), sent) == set()
    of_others = exports((said.town.tom, said.town.alex, said.town.priya), said.at)
    assert where(PRIVATE.values(), of_others) == set()


def test_what_is_private_is_in_no_log(said: Said, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level("DEBUG")
    list(crawl(as_(None), most=60))
    assert where(PRIVATE.values(), [("log", caplog.text)]) == set()


@pytest.mark.slow
def test_the_private_words_are_there_for_those_whom_they_concern(said: Said) -> None:
    """The control: the crawl finds them where they may be."""
    held, exempt = Contribution.objects.exclude(held_at=None).get(), Decision.objects.get(is_public=False)
    desk = where(PRIVATE.values(), [(str(each), read(said.town.grace, each)) for each in (held, exempt)])
    own = where(PRIVATE.values(), [("me", read(said.town.amina, said.town.amina))])
    assert {canary for _place, canary in desk} >= {
        PRIVATE[key].lower() for key in ("held", "exempt", "exempt question")
    }
    assert {canary for _place, canary in own} >= {PRIVATE["address"].lower()}
    assert {canary for _place, canary in where(PRIVATE.values(), cells())} >= {
        value.lower() for value in PRIVATE.values()
    }


# -- what is taken away

CANARIES = [*ZELDA.values(), REDACTED, "zeldaqx", "redactqx"]


def take_away(zelda: Person, redacted: Any, town: Town, at: datetime) -> None:
    with TestCase.captureOnCommitCallbacks(execute=True):
        audit.redact(words=redacted.words, by=town.helen, second=town.owen, because="private", at=at)
        people.erase(person=Person.objects.get(pk=zelda.pk), by=town.helen, at=at)


@pytest.mark.slow
def test_what_was_taken_away_is_nowhere(said: Said, public_pages: list[tuple[str, str]]) -> None:
    # The control: before, it is in rows, pages, mail and the trail.
    assert heard(cells()) >= {each.lower() for each in CANARIES}
    assert heard(public_pages) >= {ZELDA[key].lower() for key in ("shown", "suggestion", "reply", "dissent")}
    assert ZELDA["email"] in heard(files(said.folder))
    audit.seal(at=said.at)
    before, checked = kept(), trail.verify()
    assert checked.is_sound

    with transaction.atomic():
        zeldas_browser = as_(said.zelda)
        take_away(said.zelda, said.redacted, said.town, said.at)
        audit.seal(at=said.at)

        assert where(CANARIES, cells(), sessions()) == set()
        assert where(CANARIES, files(said.folder)) == set()
        town = said.town
        everybody = (town.amina, town.tom, town.grace, town.beth, town.daniel)
        assert where(CANARIES, exports(everybody, said.at)) == set()
        assert where(CANARIES, crawl(as_(None)), crawl(as_(said.town.sunil)), crawl(as_(said.town.grace))) == set()
        assert zeldas_browser.get("/my-day/").status_code == 302
        after = trail.verify()
        assert after.is_sound and after.redactions > checked.redactions
        assert kept() == before
        assert not books.drifts() and not books.unbalanced_journals().exists()
        transaction.set_rollback(True)


def heard(*places: Iterable[tuple[str, str]]) -> set[str]:
    return {canary for _place, canary in where(CANARIES, *places)}


def kept() -> tuple[dict[str, int], int, int]:
    """The arithmetic and the thread: they stay."""
    return books.totals(), Step.objects.count(), Entry.objects.count()
