"""Kept copies: what we said stays, what others took back goes; the same in HTML and in the file."""

from __future__ import annotations

import io
import json
import zipfile
from datetime import UTC, datetime, timedelta
from uuid import uuid4
from xml.etree import ElementTree

import pytest
from django.db import IntegrityError, transaction
from django.test import Client

from commonweal.foundations.audit import actions as audit
from commonweal.foundations.audit.models import Entry, Words
from commonweal.foundations.audit.wording import shown
from commonweal.foundations.people import actions as people
from commonweal.foundations.people.models import Person
from commonweal.foundations.publishing import actions as publishing
from commonweal.foundations.publishing import documents, docx, queries
from commonweal.foundations.publishing.copying import body_of
from commonweal.foundations.publishing.documents import Document, Heading, Linked, Listed, Named, Table, Told, says
from commonweal.foundations.publishing.models import Copy
from commonweal.foundations.thread import actions as thread
from commonweal.foundations.thread import kinds
from commonweal.foundations.thread.models import Step
from commonweal.foundations.verbs import guards
from commonweal.foundations.verbs.once import SentTwice
from commonweal.foundations.verbs.refs import Ref

AT = datetime(2026, 3, 2, 10, tzinfo=UTC)
WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


@pytest.fixture
def ada(db: None) -> Person:
    return people.join(name="Ada Invented", email="ada@example.org", at=AT, is_invented=True)


@pytest.fixture
def words(ada: Person, monkeypatch: pytest.MonkeyPatch) -> Words:
    kept = audit.keep_words("Goleuwch y llwybr <b>& =1+1</b>", language="cy")
    monkeypatch.setitem(
        kinds._namers, ("tests", "words"), lambda ids: Words.objects.filter(pk__in=ids).values_list("pk", shown())
    )
    return kept


@pytest.fixture
def step(ada: Person) -> Step:
    return thread.record(kind="publishing.copy", subject=ada, because=None, at=AT, params={"copy": ada})


@pytest.fixture
def document(words: Words, step: Step) -> Document:
    quoted = Named(Ref("tests", "words", words.pk))
    return Document(
        "Report",
        (
            Heading("What was said"),
            says("She said: ", quoted),
            Listed((("One ", Told(step.uuid)), ("Two ", Linked("https://example.org/a?b=1&c=2")))),
            Table("Counts", ("What", "How many"), ((("Lamps",), ("3",)), ((quoted,), ("4",)))),
        ),
    )


def kept(document: Document, ada: Person, step: Step, **more: object) -> Copy:
    return publishing.keep_copy(
        subject=ada, document=document, language="en-gb", by=ada, because=step, **({"at": AT} | more)
    )


def test_a_document_is_read_back_as_it_was_kept(document: Document) -> None:
    assert documents.read(json.loads(body_of(document))) == document


def test_a_copy_holds_nobody_s_words_and_shows_them(document: Document, ada: Person, step: Step) -> None:
    copy = kept(document, ada, step)
    assert "Goleuwch" not in copy.body
    page = Client().get(copy.get_absolute_url()).content.decode()
    assert '<span lang="cy">Goleuwch y llwybr &lt;b&gt;&amp; =1+1&lt;/b&gt;</span>' in page
    assert copy.fingerprint in page


def test_words_that_are_taken_away_go_from_kept_copies_and_the_fingerprint_holds(
    document: Document, words: Words, ada: Person, step: Step
) -> None:
    copy = kept(document, ada, step)
    audit.forget_words([words.pk], at=AT)
    page = Client().get(copy.get_absolute_url())
    assert "Goleuwch" not in page.content.decode() and page.context["is_whole"]
    assert "Goleuwch" not in _text(Client().get(f"{copy.get_absolute_url().rstrip('/')}.docx").content)


def test_the_fingerprint_is_sealed_and_a_changed_copy_says_so(document: Document, ada: Person, step: Step) -> None:
    copy = kept(document, ada, step)
    assert Entry.objects.get(verb="publishing.keep_copy").facts["text"] == copy.fingerprint
    with pytest.raises(IntegrityError), transaction.atomic():
        Copy.objects.filter(pk=copy.pk).update(body="{}")
    with guards.lifted():
        Copy.objects.filter(pk=copy.pk).update(body=copy.body.replace('"3"', '"30"'))
    assert b"does not match its fingerprint" in Client().get(copy.get_absolute_url()).content


def test_the_same_form_twice_keeps_one_copy(document: Document, ada: Person, step: Step) -> None:
    number = uuid4()
    assert kept(document, ada, step, sent_as=number) == kept(document, ada, step, sent_as=number)
    ben = people.join(name="Ben Invented", email="ben@example.org", at=AT, is_invented=True)
    with pytest.raises(SentTwice):
        publishing.keep_copy(subject=ben, document=document, language="cy", by=ben, because=step, at=AT, sent_as=number)
    assert Copy.objects.count() == 1


def test_an_earlier_copy_leads_to_the_later_one(document: Document, ada: Person, step: Step) -> None:
    first = kept(document, ada, step)
    later = kept(document, ada, step, at=AT + timedelta(days=1))
    assert Client().get(first.get_absolute_url()).context["later"] == later
    assert Client().get(later.get_absolute_url()).context["later"] is None
    assert list(queries.copies_of(ada)) == [later, first]


def test_a_page_of_a_copy_asks_few_questions(
    document: Document, ada: Person, step: Step, django_assert_max_num_queries: object
) -> None:
    copy = kept(Document("Long", document.blocks * 50), ada, step)
    with django_assert_max_num_queries(12):  # type: ignore[operator]
        Client().get(copy.get_absolute_url())


# The file


def _text(file: bytes) -> str:
    return " ".join(each.text or "" for each in _tree(file).iter(f"{WORD}t"))


def _tree(file: bytes, part: str = "word/document.xml") -> ElementTree.Element:
    with zipfile.ZipFile(io.BytesIO(file)) as packed:
        assert packed.testzip() is None
        return ElementTree.fromstring(packed.read(part))


def test_the_file_says_what_the_page_says(document: Document) -> None:
    file = docx.written(document, language="en-gb")
    for said in (
        "Report",
        "What was said",
        "Goleuwch y llwybr <b>& =1+1</b>",
        "https://example.org/a?b=1&c=2",
        "Lamps",
    ):
        assert said in _text(file)


def test_the_same_document_is_the_same_file(document: Document) -> None:
    assert docx.written(document, language="cy") == docx.written(document, language="cy")


def test_a_screen_reader_finds_headings_lists_table_heads_and_languages(document: Document) -> None:
    tree = _tree(docx.written(document, language="en-gb"))
    styles = [each.get(f"{WORD}val") for each in tree.iter(f"{WORD}pStyle")]
    assert styles.count("Heading1") == 1 and styles.count("ListBullet") == 2 and styles[0] == "Title"
    assert len(list(tree.iter(f"{WORD}tblHeader"))) == 1
    assert {each.get(f"{WORD}val") for each in tree.iter(f"{WORD}lang")} == {"cy"}
    declared = {each.get(f"{WORD}styleId") for each in _tree(docx.written(document, language="cy"), "word/styles.xml")}
    assert set(styles) <= declared


def test_signs_that_a_file_cannot_hold_do_not_break_it(db: None) -> None:
    nasty = "a\x00b\x0bc\ud800d\tend\nnext ]]> <w:p> \u202e"
    assert "abcd end" in _text(docx.written(Document(nasty, (says(nasty),)), language="en-gb"))
