import pytest

from commonweal.site import house, rooms


@pytest.mark.parametrize("room", house.rooms(), ids=lambda room: room.path)
def test_a_room_is_described_by_its_readme(room: house.Room) -> None:
    assert room.purpose, f"{room.path}/README.md does not begin by saying what the room is for"
    assert not room.missing_headings, f"{room.path}/README.md lacks {room.missing_headings}"


def test_every_folder_with_an_app_is_on_the_map() -> None:
    on_disk = {".".join(file.relative_to(house.ROOT.parent).parent.parts) for file in house.ROOT.rglob("apps.py")}
    assert on_disk - set(rooms.ROOMS) == {"commonweal.site"}
    assert set(rooms.ROOMS) <= on_disk


def test_the_map_names_every_room() -> None:
    drawn = house.as_text()
    assert all(f"  {room.path.rpartition('/')[2]} " in drawn for room in house.rooms())


def test_a_room_without_a_heading_would_be_found() -> None:
    bare = house.Room(path="toy/bare", purpose="", headings=("For whom",))
    assert "Verbs" in bare.missing_headings
