from uuid import UUID, uuid4

import pytest
from django.db import connection, models
from django.test.utils import isolate_apps

from commonweal.foundations.verbs.records import Record
from commonweal.foundations.verbs.refs import LONGEST, SYSTEM, Ref, RefField

NUMBER = UUID("00000000-0000-0000-0000-00000000000a")


def test_a_ref_is_written_as_room_kind_and_number():
    ref = Ref("zoo", "lion", NUMBER)
    assert str(ref) == "zoo:lion:00000000-0000-0000-0000-00000000000a"
    assert Ref.parse(str(ref)) == ref
    assert ref.ref is ref


@pytest.mark.parametrize("text", ["", "zoo", "zoo:lion", "zoo:lion:five", "zoo:lion:5:6", "zoo:lion:"])
def test_parse_refuses_what_is_no_ref(text):
    with pytest.raises(ValueError):  # noqa: PT011
        Ref.parse(text)


def test_a_ref_without_a_page_says_so():
    assert Ref("zoo", "lion", NUMBER).page is None
    assert SYSTEM.page is None


def test_a_ref_to_a_page_is_reversed_by_its_name():
    assert Ref("audit", "words", NUMBER).page == f"/audit/words/{NUMBER}/"


@isolate_apps("commonweal.foundations.verbs")
def test_a_record_has_a_ref_and_without_a_page_no_address():
    class Lion(Record):
        class Meta:
            app_label = "zoo"

    class Cub(Record):
        kind_name = "lion"

        class Meta:
            app_label = "zoo"

    lion = Lion()
    assert lion.ref == Ref("zoo", "lion", lion.id)
    assert Cub().ref.kind == "lion"
    with pytest.raises(LookupError, match="zoo:lion"):
        lion.get_absolute_url()


@isolate_apps("commonweal.foundations.verbs")
def test_the_field_takes_records_refs_and_text_and_gives_refs():
    class Lion(Record):
        class Meta:
            app_label = "zoo"

    field: models.Field = RefField(null=True)
    lion = Lion()
    assert field.max_length == LONGEST
    assert field.db_index
    for value in (lion, lion.ref, str(lion.ref)):
        assert field.get_prep_value(value) == str(lion.ref)
        assert field.to_python(value) == lion.ref
    for nothing in (None, ""):
        assert field.get_prep_value(nothing) is None
        assert field.to_python(nothing) is None
    assert field.from_db_value(str(lion.ref), None, connection) == lion.ref
    assert field.from_db_value(None, None, connection) is None


def test_the_field_refuses_text_that_is_no_ref():
    with pytest.raises(ValueError):  # noqa: PT011
        RefField().get_prep_value("Robert'); DROP TABLE lions;--")


def test_a_ref_always_fits_its_column():
    assert len(str(Ref("personal_plans", "a_rather_long_kind_name_indeed", uuid4()))) < LONGEST


@pytest.mark.parametrize("is_indexed", [True, False])
def test_a_migration_is_told_whether_the_field_has_an_index(is_indexed):
    assert RefField(db_index=is_indexed).clone().db_index is is_indexed


@pytest.mark.django_db
def test_a_field_without_an_index_of_its_own_has_none_in_the_database():
    with connection.cursor() as cursor:
        made = connection.introspection.get_constraints(cursor, "audit_entry")
    assert {tuple(each["columns"]) for each in made.values() if each["index"]} == {("by",), ("subject",)}
    assert len([each for each in made.values() if each["index"] and each["columns"] == ["by"]]) == 1
