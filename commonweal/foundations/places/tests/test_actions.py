"""Verbs about the place, and the questions that they answer."""

from datetime import UTC, date, datetime
from types import SimpleNamespace
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction

from commonweal.foundations.audit.models import Entry
from commonweal.foundations.intake.refusals import UnusableFile
from commonweal.foundations.places import actions, boundaries, postcodes, queries
from commonweal.foundations.places.actions import Band
from commonweal.foundations.places.models import Area, Place, Population, Postcode
from commonweal.foundations.verbs.refs import SYSTEM

from .conftest import AT, BEGAN, SURVEY, square

SIGNED: dict[str, Any] = {"by": SYSTEM, "at": AT}
REDRAWN = date(2022, 5, 5)


def test_there_is_one_place(harbourton: SimpleNamespace) -> None:
    with pytest.raises(actions.ThereIsAPlace):
        actions.set_up_place(name="Elsewhere", **SIGNED)
    assert queries.place() == harbourton.place
    with pytest.raises(IntegrityError), transaction.atomic():
        Place.objects.create(name="Elsewhere", only=False)


def test_before_a_place_is_set_up_there_is_none_and_nothing_can_be_added(db: None) -> None:
    assert queries.place() is None
    with pytest.raises(actions.NoPlaceYet):
        actions.add_area(name="Nowhere", valid_from=BEGAN, **SIGNED)


@pytest.mark.parametrize(
    ("wrong", "refusal"),
    [
        ({"gss_code": "E0900003"}, actions.NotAGssCode),
        ({"colour": "red"}, actions.NotAColour),
        ({"outline": {"type": "Point", "coordinates": [0, 51]}}, boundaries.UnusableBoundary),
    ],
)
def test_a_place_that_makes_no_sense_is_refused(db: None, wrong: dict[str, Any], refusal: type[Exception]) -> None:
    with pytest.raises(refusal):
        actions.set_up_place(name="Harbourton", **wrong, **SIGNED)
    assert queries.place() is None


def test_a_redrawn_area_keeps_its_past_and_names_its_successor(harbourton: SimpleNamespace) -> None:
    new = actions.add_area(
        name="East and Quay", gss_code="E99000009", valid_from=REDRAWN, succeeds=[harbourton.east], **SIGNED
    )
    harbourton.east.refresh_from_db()
    assert harbourton.east.valid_until == REDRAWN
    assert list(harbourton.east.succeeded_by.all()) == [new]
    assert [area.name for area in queries.areas(on=date(2021, 1, 1))] == ["East", "West"]
    assert [area.name for area in queries.areas(on=REDRAWN, kind="ward")] == ["East and Quay", "West"]
    assert queries.population(harbourton.east, 2021) is not None


def test_a_successor_may_take_the_name_and_the_code(harbourton: SimpleNamespace) -> None:
    with pytest.raises(actions.AreaExists):
        actions.add_area(name="East", valid_from=REDRAWN, **SIGNED)
    actions.add_area(name="East", gss_code="E99000001", valid_from=REDRAWN, succeeds=[harbourton.east], **SIGNED)
    with pytest.raises(actions.EndsBeforeItBegins):
        actions.add_area(name="Older", valid_from=BEGAN, succeeds=[harbourton.west], **SIGNED)


def test_the_database_keeps_one_area_in_force_for_a_code(harbourton: SimpleNamespace) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Area.objects.create(place=harbourton.place, name="Twin", gss_code="E99000001", valid_from=REDRAWN)
    with connection.cursor() as cursor:  # the control: without the law the twin comes in
        cursor.execute("DROP INDEX a_code_has_one_area_in_force")
    Area.objects.create(place=harbourton.place, name="Twin", gss_code="E99000001", valid_from=REDRAWN)


def test_a_postcode_is_found_however_it_is_typed(harbourton: SimpleNamespace) -> None:
    came = actions.add_postcodes(area=harbourton.east, codes=["ze1 1aa", "ZE11AB"], valid_from=BEGAN, **SIGNED)
    assert came == 2
    assert queries.area_of(" Ze11aa ") == harbourton.east
    assert queries.area_of("ZE1 9ZZ") is None
    assert queries.area_of("rubbish") is None


def test_a_postcode_that_moves_lies_where_it_lay_then(harbourton: SimpleNamespace) -> None:
    actions.add_postcodes(area=harbourton.east, codes=["ZE1 1AA"], valid_from=BEGAN, **SIGNED)
    assert actions.add_postcodes(area=harbourton.east, codes=["ZE1 1AA"], valid_from=REDRAWN, **SIGNED) == 0
    assert actions.add_postcodes(area=harbourton.west, codes=["ZE1 1AA"], valid_from=REDRAWN, **SIGNED) == 1
    assert queries.area_of("ZE1 1AA") == harbourton.west
    assert queries.area_of("ZE1 1AA", date(2020, 1, 1)) == harbourton.east


def test_one_wrong_postcode_keeps_all_out(harbourton: SimpleNamespace) -> None:
    with pytest.raises(postcodes.NotAPostcode):
        actions.add_postcodes(area=harbourton.east, codes=["ZE1 1AA", "nonsense"], valid_from=BEGAN, **SIGNED)
    assert not Postcode.objects.exists()


def test_the_database_keeps_a_postcode_in_one_area(harbourton: SimpleNamespace) -> None:
    Postcode.objects.create(postcode="ZE1 1AA", area=harbourton.east, valid_from=BEGAN)
    with pytest.raises(IntegrityError), transaction.atomic():
        Postcode.objects.create(postcode="ZE1 1AA", area=harbourton.west, valid_from=REDRAWN)


@pytest.mark.parametrize(
    ("ages", "persons"),
    [((0, None), 1000), ((18, None), 800), ((0, 64), 700), ((65, None), 300), ((0, 17), 200), ((0, 15), None)],
)
def test_bands_add_up_or_it_cannot_be_known(
    harbourton: SimpleNamespace, ages: tuple[int, int | None], persons: int | None
) -> None:
    count = queries.population(harbourton.east, ages=ages)
    assert (count.persons if count else None) == persons


def test_the_latest_year_answers_unless_another_is_asked_for(harbourton: SimpleNamespace) -> None:
    bands = [Band(0, None, 1100, harbourton.east)]
    actions.record_population(bands=bands, year=2023, source=SURVEY, **SIGNED)
    latest, earlier = queries.population(harbourton.east), queries.population(harbourton.east, 2021)
    assert (latest and latest.persons, earlier and earlier.persons) == (1100, 1000)
    assert queries.populations([harbourton.east, harbourton.west])[harbourton.east.pk].persons == 1100
    assert queries.population(harbourton.west) is None
    assert queries.population(None) is None


def test_a_figure_told_twice_is_one_and_told_otherwise_is_refused(harbourton: SimpleNamespace) -> None:
    before = Population.objects.count()
    actions.record_population(bands=[Band(0, 17, 200, harbourton.east)], year=2021, source=SURVEY, **SIGNED)
    assert Population.objects.count() == before
    with pytest.raises(actions.CountedDifferently):
        actions.record_population(
            bands=[Band(0, 9, 90, harbourton.east), Band(0, 17, 201, harbourton.east)],
            year=2021,
            source=SURVEY,
            **SIGNED,
        )
    assert Population.objects.count() == before, "whole or not at all"


@pytest.mark.parametrize("band", [Band(18, 17, 1), Band(-1, 4, 1), Band(0, 4, -1), Band(0, 200, 1)])
def test_ages_that_make_no_sense_are_refused(harbourton: SimpleNamespace, band: Band) -> None:
    with pytest.raises(actions.NotAnAgeBand):
        actions.record_population(bands=[band], year=2021, source=SURVEY, **SIGNED)
    with pytest.raises(actions.NoSource):
        actions.record_population(bands=[Band(0, 4, 1)], year=2021, source=" ", **SIGNED)


@pytest.mark.parametrize(("area", "age_to"), [(True, 4), (True, None), (False, 4), (False, None)])
def test_the_database_keeps_a_figure_once(harbourton: SimpleNamespace, area: bool, age_to: int | None) -> None:
    figure = {
        "place": harbourton.place,
        "area": harbourton.west if area else None,
        "age_from": 0,
        "age_to": age_to,
        "year": 2021,
        "persons": 5,
        "source": "s",
    }
    Population.objects.create(**figure)
    with pytest.raises(IntegrityError), transaction.atomic():
        Population.objects.create(**figure)


def test_every_verb_is_in_the_audit(harbourton: SimpleNamespace) -> None:
    told = set(Entry.objects.values_list("verb", flat=True))
    assert {"places.set_up_place", "places.add_area", "places.record_population"} <= told


def test_areas_come_from_a_file_whole_or_not_at_all(harbourton: SimpleNamespace) -> None:
    import json

    def collection(*features: dict[str, Any]) -> str:
        return json.dumps({"type": "FeatureCollection", "features": list(features)})

    def feature(name: str, code: str, geometry: Any) -> dict[str, Any]:
        return {"type": "Feature", "properties": {"N": name, "C": code}, "geometry": geometry}

    good = feature("North", "E99000003", square(-0.8))
    terms = {"name": "N", "code": "C", "valid_from": BEGAN, **SIGNED}
    metres = {
        "type": "Polygon",
        "coordinates": [[[525000, 190000], [525100, 190000], [525100, 190100], [525000, 190000]]],
    }
    for bad, word in (
        (feature("South", "E99000004", None), "South"),
        (feature("South", "E99000004", metres), "degrees"),
        (feature("", "E99000004", square(-0.7)), "has no N"),
    ):
        with pytest.raises(boundaries.UnusableBoundary, match=word):
            actions.take_in_areas(geojson=collection(good, bad), **terms)
    with pytest.raises(boundaries.UnusableBoundary):
        actions.take_in_areas(geojson="[not json", **terms)
    assert not Area.objects.filter(name="North").exists()
    assert [area.name for area in actions.take_in_areas(geojson=collection(good), **terms)] == ["North"]


def test_figures_and_postcodes_come_from_files(harbourton: SimpleNamespace) -> None:
    figures = b"gss_code,age_from,age_to,persons\n,0,17,400\n,18,,1600\nE99000002,0,,900\n"
    actions.take_in_population(file=figures, year=2022, source="File", **SIGNED)
    everybody = queries.population(None, 2022)
    assert everybody and everybody.persons == 2000
    actions.take_in_postcodes(file=b"postcode,gss_code\nZE2 2AA,E99000002\n", valid_from=BEGAN, **SIGNED)
    assert queries.area_of("ZE2 2AA") == harbourton.west
    with pytest.raises(actions.NoSuchArea):
        actions.take_in_postcodes(file=b"postcode,gss_code\nZE2 2AA,E88000002\n", valid_from=BEGAN, **SIGNED)
    with pytest.raises(UnusableFile):
        actions.take_in_population(file=b"gss_code,age_from\n,0\n", year=2022, source="File", **SIGNED)


def test_by_age_gives_the_finest_split_in_order(harbourton: SimpleNamespace) -> None:
    assert [(band.age_from, band.persons) for band in queries.by_age(harbourton.east)] == [
        (0, 200),
        (18, 500),
        (65, 300),
    ]
    assert queries.by_age(harbourton.west) == []


@pytest.mark.parametrize(
    "typed", ["SW1A1AA", "m1 1ae", "B338TH", "CR2 6XH", "DN55 1PT", "w1a 0ax", "EC1A1BB", "gir0aa"]
)
def test_postcodes_of_every_shape_are_known(typed: str) -> None:
    assert postcodes.normal(typed)[-4] == " "


@pytest.mark.parametrize("typed", ["", "N3", "N3 2TH extra", "12345", "QQ1 1AA", "N3 2CI", "N3\0 2TH"])
def test_what_is_no_postcode_is_refused(typed: str) -> None:
    with pytest.raises(postcodes.NotAPostcode):
        postcodes.normal(typed)


def test_the_facts_of_the_demonstration_place_are_what_was_published(shared_data: Any) -> None:
    """The typed-in figures against the files they were read from."""
    import csv
    import tomllib
    from pathlib import Path

    import commonweal

    facts = tomllib.loads((Path(commonweal.__path__[0]) / "town/facts/barnet_areas.toml").read_text())
    assert len(facts["place"]["outline"]["coordinates"][0]) <= 60
    with (shared_data / "geo/ward_population_england.csv").open() as file:
        published = {row["Ward Code 1"]: row["comparison_Population_Estimate"] for row in csv.DictReader(file)}
    assert all(ward["persons"] == float(published[ward["gss_code"]]) for ward in facts["wards"]["areas"])
    with (shared_data / "population/ons_mye2023_la_single_year_age.csv").open() as file:
        barnet = next(row for row in csv.DictReader(file) if row["code"] == "E09000003")
    for first, last, persons in facts["population"]["bands"]:
        ages = [f"{first}+"] if last == -1 else [str(age) for age in range(first, last + 1)]
        ages = ages if ages[0] in barnet else [str(first)]
        assert persons == sum(float(barnet[age]) for age in ages), first


def test_the_clock_is_not_read_by_the_verbs(harbourton: SimpleNamespace) -> None:
    assert set(Entry.objects.values_list("happened_at", flat=True)) == {datetime(2026, 3, 2, 9, 30, tzinfo=UTC)}
