"""What a zip may not do."""

import io
import stat
import zipfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from commonweal.foundations import intake
from commonweal.foundations.intake import UnusableFile, open_bundle


def zipped(**files: bytes) -> bytes:
    return zip_of({name.replace("__", "."): content for name, content in files.items()})


def zip_of(files: dict[str, bytes], how: int = zipfile.ZIP_DEFLATED) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", how) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return packed.getvalue()


def refused(content: bytes) -> str:
    with pytest.raises(UnusableFile) as refusal:
        bundle = open_bundle(content, name="export.zip")
        for name in bundle.names:
            bundle.source(name)
    assert refusal.value.file in {"export.zip", *zipfile_names(content)}
    return str(refusal.value)


def zipfile_names(content: bytes) -> list[str]:
    try:
        return zipfile.ZipFile(io.BytesIO(content)).namelist()
    except Exception:
        return []


def test_a_zip_of_tables_is_opened_by_name() -> None:
    bundle = open_bundle(zipped(votes__csv=b"a\n1\n", comments__csv=b"b\n2\n"))
    assert set(bundle.names) == {"votes.csv", "comments.csv"}
    assert bundle.source("votes.csv").content == b"a\n1\n"


def test_a_zip_with_one_table_is_read_as_that_table() -> None:
    table = intake.read_table(zipped(votes__csv=b"a\n1\n"), columns=[intake.Column("a", intake.whole_number)])
    assert table.name == "votes.csv"
    assert table.rows[0]["a"] == 1


def test_a_folder_is_opened_in_the_same_way(tmp_path: Path) -> None:
    (tmp_path / "votes.csv").write_bytes(b"a\n1\n")
    bundle = open_bundle(tmp_path)
    assert bundle.names == ("votes.csv",)
    assert "comments.csv" not in bundle
    with pytest.raises(UnusableFile, match="only these: votes.csv"):
        bundle.source("../comments.csv")


def test_a_link_in_a_folder_is_passed_over(tmp_path: Path) -> None:
    (tmp_path / "votes.csv").symlink_to("/etc/passwd")
    assert open_bundle(tmp_path).names == ()


@pytest.mark.parametrize("name", ["../votes.csv", "/etc/votes.csv", "a/../../votes.csv", "C:votes.csv"])
def test_a_name_that_leads_outside_is_refused(name: str) -> None:
    assert "leads outside" in refused(zip_of({name: b"a\n"}))


def test_a_bomb_is_refused_before_it_is_unpacked() -> None:
    assert "swells" in refused(zipped(votes__csv=b"0" * 30_000_000))


def test_a_bomb_that_lies_about_its_size_never_grows_beyond_what_it_said() -> None:
    content = zipped(votes__csv=b"0" * 3_000_000)
    size = (3_000_000).to_bytes(4, "little")
    lied = content.replace(size, (1_000).to_bytes(4, "little"))
    assert lied != content
    refused(lied)


def test_many_files_are_refused() -> None:
    assert "1001 files" in refused(zip_of({f"{number}.csv": b"a" for number in range(1_001)}))
    assert "2500 files" in refused(zip_of({f"{number}.csv": b"a" for number in range(2_500)}))


def test_more_than_the_total_is_refused() -> None:
    limits = intake.Limits(unpacked_bytes=2_000_000)
    content = zip_of({f"{number}.csv": b"0" * 900_000 for number in range(3)})
    with pytest.raises(UnusableFile, match="at most 2 MB"):
        open_bundle(content, limits=limits)


def test_a_zip_in_a_zip_is_refused_by_name_and_by_its_bytes() -> None:
    inner = zipped(a__csv=b"a")
    assert "packed file" in refused(zip_of({"inner.zip": inner}))
    assert "packed file" in refused(zip_of({"inner.csv": inner}))


def test_a_link_in_a_zip_is_refused() -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        member = zipfile.ZipInfo("votes.csv")
        member.external_attr = (stat.S_IFLNK | 0o777) << 16
        archive.writestr(member, "/etc/passwd")
    assert "a link" in refused(packed.getvalue())


def test_two_files_of_one_name_are_refused() -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive, pytest.warns(UserWarning):
        archive.writestr("votes.csv", "a")
        archive.writestr("votes.csv", "b")
    assert "same name" in refused(packed.getvalue())


def test_an_unusual_packing_is_refused() -> None:
    assert "unusual" in refused(zip_of({"votes.csv": b"a" * 100}, zipfile.ZIP_LZMA))


def test_a_file_that_is_no_zip_is_refused() -> None:
    assert "something else" in refused(b"a,b\n")


def test_a_file_without_a_name_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    nameless = zipfile.ZipInfo("votes.csv")
    nameless.filename = ""
    monkeypatch.setattr(zipfile.ZipFile, "infolist", lambda _: [nameless])
    assert "broken" in refused(zipped(votes__csv=b"a"))


@settings(max_examples=200, deadline=None)
@given(st.integers(0, 400), st.binary(min_size=1, max_size=8), st.booleans())
def test_a_broken_zip_is_refused_and_nothing_else_happens(place: int, junk: bytes, cut: bool) -> None:
    content = zipped(votes__csv=b"a\n1\n" * 50, comments__csv=b"b\n2\n")
    content = b"PK\x03\x04" + (content[:place] if cut else content[:place] + junk + content[place + len(junk) :])[4:]
    try:
        bundle = open_bundle(content)
        for name in bundle.names:
            bundle.source(name)
    except UnusableFile as refusal:
        assert str(refusal)
