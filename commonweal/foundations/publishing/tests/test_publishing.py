import csv
import io
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from uuid import UUID, uuid4
from xml.etree import ElementTree

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.utils import DatabaseError
from django.urls import reverse
from django.utils.translation import override
from hypothesis import assume, given
from hypothesis import strategies as st

from commonweal.foundations.audit import actions as audit
from commonweal.foundations.audit.models import Words
from commonweal.foundations.decisions import actions as decisions
from commonweal.foundations.places.models import Area, Place
from commonweal.foundations.publishing import actions, queries, tables, tasks, units
from commonweal.foundations.publishing.models import Finding, Measure
from commonweal.foundations.thread import actions as thread
from commonweal.foundations.thread import kinds
from commonweal.foundations.thread.models import Step
from commonweal.foundations.verbs import guards
from commonweal.foundations.verbs.refs import SYSTEM, Ref
from commonweal.methods.quantities import Period

AT = datetime(2026, 5, 3, 10, tzinfo=UTC)
ATOM = "{http://www.w3.org/2005/Atom}"

if "tests.heard" not in {kind.name for kind in kinds.all_kinds()}:
    kinds.declare(
        "tests.heard",
        title="Something was heard",
        word="Heard",
        words=lambda ids: Words.objects.filter(pk__in=ids).values_list("pk", "text"),
    )


def month_of(year: int, month: int) -> Period:
    return Period(date(year, month, 1), date(year, month + 1, 1))


def publish(value: Decimal | int | None = 7, **also) -> Measure:
    given = {
        "key": "tests.lamps",
        "title": "Lamps",
        "period": month_of(2026, 4),
        "value": value,
        "unit": "lamps",
        "source": "Counted on the street",
        "rung": "measured",
        "by": SYSTEM,
        "at": AT,
    }
    return actions.publish_measure(**{**given, **also})


def heard(text: str = "It is dark here", audience: str = "public") -> Step:
    words = audit.keep_words(text)
    return thread.record(kind="tests.heard", subject=words, because=None, at=AT, audience=audience)


def ward() -> Area:
    place = Place.objects.create(name="Testham")
    return Area.objects.create(place=place, name="Oak", gss_code="E05000001", valid_from=date(2020, 1, 1))


# -- measures


def test_the_same_value_again_changes_nothing_and_another_revises_in_the_open(db) -> None:
    first = publish(7)
    assert publish(7) == first
    second = publish(8)
    assert second.supersedes == first
    assert [each.value for each in queries.current("tests.lamps")] == [8]
    assert queries.revised(second) == [first]


def test_a_published_value_never_changes_even_by_hand(db) -> None:
    publish(7)
    with pytest.raises(DatabaseError), transaction.atomic():
        Measure.objects.update(value=9)
    with guards.lifted(connection):
        assert Measure.objects.update(value=9) == 1


def test_a_value_is_first_published_once_in_the_database_too(db) -> None:
    first = publish(7)
    first.pk = uuid4()
    with pytest.raises(IntegrityError), transaction.atomic():
        first.save(force_insert=True)


def test_what_cannot_be_known_says_why(db) -> None:
    assert publish(None, unknown_because="fewer than ten answered").value is None
    for wrong in ({"value": None}, {"value": 7, "unknown_because": "both"}):
        with pytest.raises(actions.NeitherKnownNorSaid):
            publish(**wrong)


def test_a_number_without_a_source_is_refused(db) -> None:
    with pytest.raises(actions.NoSource):
        publish(source="  ")


def test_an_area_has_a_series_of_its_own(db) -> None:
    oak = ward()
    publish(7), publish(3, area=oak), publish(9, period=month_of(2026, 5))
    assert [each.value for each in queries.current("tests.lamps")] == [7, 9]
    assert queries.latest("tests.lamps", area=oak).value == 3
    assert sorted(each.value for each in queries.newest_of_each()) == [3, 9]


def test_a_finding_keeps_its_claim_as_words_and_is_revised_once(db) -> None:
    first = actions.publish_finding(
        claim="Lamps help.", context="One park.", strength="compared", source="A trial", by=SYSTEM, at=AT
    )
    second = actions.publish_finding(
        claim="Lamps help a little.",
        strength="compared",
        source="A trial",
        by=SYSTEM,
        at=AT,
        effect=Decimal("2"),
        low=Decimal("1"),
        high=Decimal("3"),
        supersedes=first,
    )
    assert list(queries.findings()) == [second]
    with pytest.raises(actions.RevisedAlready):
        actions.publish_finding(claim="x", strength="compared", source="y", by=SYSTEM, at=AT, supersedes=first)
    with pytest.raises(IntegrityError), transaction.atomic():
        actions.publish_finding(
            claim="x",
            strength="compared",
            source="y",
            by=SYSTEM,
            at=AT,
            effect=Decimal(9),
            low=Decimal(1),
            high=Decimal(3),
        )
    assert Finding.objects.count() == 2


# -- the answer rate


def test_the_answer_rate_of_a_month_is_published_once(db) -> None:
    assert tasks.catch_up(at=AT) == 0  # nothing was ever owed
    step = heard()
    decisions.owe(subject=step.subject, because=step, by=SYSTEM, at=AT - timedelta(days=60), working_days=5)
    assert (tasks.catch_up(at=AT), tasks.catch_up(at=AT + timedelta(days=1))) == (5, 0)
    slow = queries.current("decisions.days_to_answer").get()
    assert (slow.value, slow.unknown_because, slow.n) == (None, "no answer has come yet", 0)
    assert queries.current("decisions.overdue").get().value == 1
    measure = queries.latest(tasks.ANSWER_RATE)
    assert (measure.value, measure.n, measure.when, measure.rung) == (0, 1, "Apr 2026", "measured")
    assert tasks.catch_up(at=AT + timedelta(days=31)) == 5


def test_a_rate_of_nothing_cannot_be_known(db) -> None:
    measure = tasks.publish_answer_rate(month=date(2026, 4, 1), at=AT)
    assert measure.value is None and measure.unknown_because


# -- tables


DANGEROUS = "=+-@\t\r＝＋－＠"


@given(st.sampled_from(DANGEROUS), st.text(), st.sampled_from(["", " ", "  ", "\n", "\u3000"]))
def test_no_text_is_left_as_a_formula(sign: str, rest: str, before: str) -> None:
    cell = tables.safe(before + sign + rest)
    assert cell.startswith("'")


@given(st.text())
def test_a_harmless_text_comes_out_as_it_went_in(text: str) -> None:
    assume(text[:1].isalnum() and "\x00" not in text)
    assert tables.safe(text) == text


def test_a_file_is_read_back_as_it_was_written() -> None:
    rows = [["=HYPERLINK(1)", -5, Decimal("1.50"), None, 'a,"b"\nc'], ["－1", 0, Decimal("0"), True, "ŵ"]]
    answer = tables.csv_response(rows, ["a", "@b", "c", "d", "e"], 'x"; y.csv')
    text = b"".join(answer.streaming_content).decode("utf-8-sig")
    assert list(csv.reader(io.StringIO(text, newline=""))) == [
        ["a", "'@b", "c", "d", "e"],
        ["'=HYPERLINK(1)", "-5", "1.5", "", 'a,"b"\nc'],
        ["'－1", "0", "0", "yes", "ŵ"],
    ]
    assert answer["Content-Disposition"] == 'attachment; filename="xy.csv"'


# -- pages


def test_a_series_is_shown_as_chart_and_table_with_what_was_put_right(db, client) -> None:
    for month in (1, 2, 3):
        publish(month, period=month_of(2026, month))
    publish(5, period=month_of(2026, 2), at=AT + timedelta(days=1))
    shown = client.get(Measure.objects.first().get_absolute_url()).content.decode()
    assert (
        "<svg" in shown
        and "first published as 2\N{NO-BREAK SPACE}lamps, put right to 5\N{NO-BREAK SPACE}lamps" in shown
    )
    assert "Mar 2026" in client.get(reverse("publishing:measures")).content.decode()


def test_no_line_ends_between_a_number_and_its_unit() -> None:
    said = [units.with_unit(Decimal("1200"), unit) for unit in ("lamps", "of 2,000 homes", "%", "£")]
    assert said == ["1,200\N{NO-BREAK SPACE}lamps", "1,200\N{NO-BREAK SPACE}of 2,000 homes", "1,200%", "£1,200"]


def test_the_chart_of_a_share_has_the_same_sign_as_its_table(db, client) -> None:
    for month in (1, 2):
        publish(month, period=month_of(2026, month), unit="per cent")
    shown = client.get(Measure.objects.first().get_absolute_url()).content.decode()
    assert "2%" in shown and "per cent" not in shown


def test_a_series_goes_out_as_csv_and_json_with_its_revisions(db, client) -> None:
    publish(1000), publish(Decimal("1000.5"), title="=EVIL()", at=AT + timedelta(days=1))
    measure = Measure.objects.first()
    text = b"".join(client.get(reverse("publishing:measure_csv", args=[measure.pk])).streaming_content).decode()
    assert "'=EVIL()" in text and ",1000," in text and ",1000.5," in text
    values = client.get(reverse("publishing:measure_json", args=[measure.pk])).json()["values"]
    assert [each["value"] for each in values] == ["1000", "1000.5"]
    assert {(each["first_day"], each["last_day"], each["rung"]) for each in values} == {
        ("2026-04-01", "2026-04-30", "measured")
    }


def test_files_say_the_same_in_every_language(db, client) -> None:
    measure = publish(7, rung="before_after")
    addresses = [reverse(f"publishing:{name}", args=[measure.pk]) for name in ("measure_csv", "measure_json")]

    def taken_away() -> list[bytes]:
        return [b"".join(client.get(address)) for address in addresses]

    english = taken_away()
    client.cookies["django_language"] = "cy"
    assert taken_away() == english
    assert b"before_after" in english[0] and b"before_after" in english[1]


def test_a_time_and_how_a_number_stands_are_told_in_the_readers_language(db, client) -> None:
    measure = publish(7, period=Period(date(2026, 2, 1), date(2026, 3, 1)), rung="claimed")
    with override("cy"):
        welsh = measure.when
    assert welsh != measure.when == "Feb 2026"
    assert "Claimed: nobody has checked" in client.get(measure.get_absolute_url()).content.decode()
    client.cookies["django_language"] = "cy"
    page = client.get(measure.get_absolute_url()).content.decode()
    assert welsh in page and "Feb 2026" not in page


def test_what_stands_otherwise_is_a_revision(db) -> None:
    first = publish(7, rung="claimed")
    assert publish(7, rung="comparison").supersedes == first


def test_a_number_says_how_it_stands_by_a_code_that_is_known(db) -> None:
    with pytest.raises(ValueError, match="proven"):
        publish(rung="proven")
    first = publish(7)
    with guards.lifted(connection), pytest.raises(IntegrityError), transaction.atomic():
        Measure.objects.filter(pk=first.pk).update(rung="proven")


def test_a_number_is_about_a_time(db) -> None:
    first = publish(7)
    with guards.lifted(connection), pytest.raises(IntegrityError), transaction.atomic():
        Measure.objects.filter(pk=first.pk).update(until_on=first.from_on)


def test_the_newest_value_is_about_the_latest_time(db) -> None:
    publish(1, period=Period(date(2025, 1, 1), date(2026, 1, 1)))
    publish(2, period=Period(date(2026, 1, 1), date(2026, 2, 1)))
    quarter = publish(3, period=Period(date(2026, 1, 1), date(2026, 4, 1)))
    assert queries.latest("tests.lamps") == quarter
    assert list(queries.newest_of_each()) == [quarter]


def test_an_unknown_value_is_shown_in_words(db, client) -> None:
    measure = publish(None, unknown_because="fewer than ten answered")
    assert "Cannot be known: fewer than ten answered" in client.get(measure.get_absolute_url()).content.decode()


def test_the_list_costs_no_more_for_more_series(db, client, django_assert_max_num_queries) -> None:
    for number in range(60):
        publish(number, key=f"tests.{number}", title=f"Series {number}")
    with django_assert_max_num_queries(12):
        assert client.get(reverse("publishing:measures")).status_code == 200
        assert client.get(reverse("publishing:findings")).status_code == 200


def found(**also) -> Finding:
    given = {"claim": "Lamps <b>help</b>.", "strength": "by_lot", "source": "A trial", "by": SYSTEM, "at": AT}
    return actions.publish_finding(**given | also)


def test_an_empty_list_says_what_comes_first(db, client) -> None:
    assert "First people agree what good looks like" in client.get(reverse("publishing:measures")).content.decode()
    assert "First something is tried and counted" in client.get(reverse("publishing:findings")).content.decode()


def test_a_finding_tells_how_much_how_sure_and_where(db, client) -> None:
    effect = {"effect": Decimal(3), "low": Decimal(1), "high": Decimal(5), "unit": "%", "n": 212}
    step = heard("It began here")
    finding = found(context="One park.", because=step, **effect)
    shown = client.get(finding.get_absolute_url()).content.decode()
    for said in ("Lamps &lt;b&gt;help", "Compared by lot", "3% (between 1% and 5%)", "212", "A trial", "One park."):
        assert said in shown
    assert reverse("thread:story", args=[step.uuid]) in shown
    assert finding.get_absolute_url() in client.get(reverse("publishing:findings")).content.decode()


def test_a_finding_with_the_least_in_it_says_what_is_not_known(db, client) -> None:
    private = heard("for one", "plan")
    shown = client.get(found(because=private).get_absolute_url()).content.decode()
    assert "Not measured as a number" in shown
    assert "Nobody has said yet where and for whom it held." in shown
    assert str(private.uuid) not in shown


def test_a_finding_that_was_put_right_leads_to_the_newer_one_and_back(db, client) -> None:
    first = found()
    second = found(claim="Lamps help a little.", supersedes=first)
    old, new = (client.get(each.get_absolute_url()).content.decode() for each in (first, second))
    assert f'href="{second.get_absolute_url()}">Lamps help a little.</a>' in old
    assert f'href="{first.get_absolute_url()}">Lamps &lt;b&gt;help' in new
    listed = client.get(reverse("publishing:findings")).content.decode()
    assert second.get_absolute_url() in listed and first.get_absolute_url() not in listed


def test_the_claim_of_a_finding_that_was_removed_is_gone_from_its_page(db, client) -> None:
    finding = found(claim="A name that must go.")
    Words.objects.filter(pk=finding.claim_id).update(text="", salt=b"", removed_at=AT, removed_because="private")
    for page in (finding.get_absolute_url(), reverse("publishing:findings")):
        assert "A name that must go." not in client.get(page).content.decode()


def test_a_finding_names_what_it_was_found_in_and_keeps_quiet_about_what_is_not_public(db, client) -> None:
    """A theme, in the town a lesson: any record with a public step and a page of its own."""
    area = ward()
    for audience, is_named in (("public", True), ("parties", False)):
        step = thread.record(
            kind="tests.heard", subject=Ref("places", "area", uuid4()), because=None, at=AT, audience=audience
        )
        shown = client.get(found(subject=step.subject).get_absolute_url()).content.decode()
        assert ("It was found in this:" in shown) == is_named
        assert (str(step.subject.uuid) in shown) == is_named
    assert "It was found in this:" not in client.get(found(subject=area).get_absolute_url()).content.decode()


def test_there_is_no_page_of_a_finding_that_is_not_there(db, client) -> None:
    assert client.get(reverse("publishing:finding", args=[uuid4()])).status_code == 404


# -- feeds


def test_the_feed_is_valid_atom_with_ids_that_stay(db, client) -> None:
    step = heard('Dark & wet <b>"here"</b> \x0b')
    twice = [client.get(reverse("publishing:feed")) for _ in range(2)]
    assert twice[0].content == twice[1].content
    assert twice[0]["Content-Type"].startswith("application/atom+xml")
    feed = ElementTree.fromstring(twice[0].content)
    for needed in ("id", "title", "updated", "author", "link"):
        assert feed.find(ATOM + needed) is not None
    (entry,) = feed.findall(f"{ATOM}entry")
    assert entry.find(f"{ATOM}id").text == f"urn:uuid:{step.uuid}"
    assert "Dark & wet" in entry.find(f"{ATOM}summary").text
    for moment in feed.iter(f"{ATOM}updated"):
        assert datetime.fromisoformat(moment.text.replace("Z", "+00:00"))


def test_an_empty_feed_is_still_a_feed(db, client) -> None:
    assert ElementTree.fromstring(client.get(reverse("publishing:feed")).content).findall(f"{ATOM}entry") == []
    assert client.get(reverse("publishing:feed_json")).json()["items"] == []


def test_feeds_hold_public_steps_alone(db, client) -> None:
    heard("open"), heard("for parties", "parties"), heard("for one", "plan")
    for name in ("publishing:feed", "publishing:feed_json"):
        shown = client.get(reverse(name)).content.decode()
        assert "open" in shown and "for parties" not in shown and "for one" not in shown


def test_removed_words_leave_the_feed(db, client) -> None:
    step = heard("a name that must go")
    assert "a name that must go" in client.get(reverse("publishing:feed")).content.decode()
    Words.objects.filter(pk=step.subject.uuid).update(text="", salt=b"", removed_at=AT, removed_because="private")
    for name in ("publishing:feed", "publishing:feed_json"):
        assert "a name that must go" not in client.get(reverse(name)).content.decode()


def test_the_json_feed_says_what_the_atom_feed_says(db, client) -> None:
    step = heard()
    item = client.get(reverse("publishing:feed_json")).json()["items"][0]
    assert (item["id"], item["content_text"], item["tags"]) == (f"urn:uuid:{step.uuid}", "It is dark here", ["Heard"])
    assert isinstance(UUID(item["id"].removeprefix("urn:uuid:")), UUID)
    assert Ref.parse(str(step.subject)) == step.subject
