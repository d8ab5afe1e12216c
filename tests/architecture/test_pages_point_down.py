"""Pages, too, know only what is below them: what later rooms add to a page, they offer (`thread.onward`)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from commonweal.site import house
from commonweal.site.rooms import ROOMS

#: Lowest first; a room may name the pages and the rules of its own and of those before it.
ORDER = [room.rpartition(".")[2] for room in ROOMS]

PAGE = re.compile(
    r"""\{%\s*url\s+["'](?P<tag>\w+):\w+["']|(?:reverse|reverse_lazy|redirect)\(\s*["'](?P<call>\w+):\w+["']"""
)
RULE = re.compile(r"""(?:test_rule|may)\(\s*["'](?P<rule>[^"']+)["']""")
ADDED = re.compile(r"""add_rule\(\s*["'](?P<rule>[^"']+)["']""")

#: The door of the house, to which whoever may not go on is sent; and the way in to the demonstration's people.
KNOWN = {("verbs/access.py", "people"), ("front/context.py", "town")}


def sources() -> Iterator[tuple[str, Path]]:
    """(room, file) for each template and each Python file of the rooms, without their tests."""
    for room in ROOMS:
        folder = house.ROOT.joinpath(*room.split(".")[1:])
        for file in sorted([*folder.rglob("*.py"), *folder.rglob("*.html"), *folder.rglob("*.txt")]):
            if not {"tests", "migrations"} & set(file.relative_to(folder).parts):
                yield folder.name, file


def rules_by_room() -> dict[str, str]:
    found = ((room, file.read_text(encoding="utf-8")) for room, file in sources() if file.suffix == ".py")
    return {match["rule"]: room for room, text in found for match in ADDED.finditer(text)}


def named_above(room: str, text: str, owners: dict[str, str]) -> list[str]:
    """The pages and rules that the text names, of rooms that come after `room`."""
    pages = [(match[0], match["tag"] or match["call"]) for match in PAGE.finditer(text)]
    asked = [(match[0], owners.get(match["rule"], "")) for match in RULE.finditer(text)]
    return [said for said, owner in pages + asked if owner in ORDER and ORDER.index(owner) > ORDER.index(room)]


def is_known(file: Path, said: str) -> bool:
    return any(str(file).endswith(f"/{path}") and room in said for path, room in KNOWN)


def test_no_page_and_no_view_names_a_page_or_a_rule_of_a_later_room() -> None:
    owners = rules_by_room()
    assert len(owners) > 30
    wrong = [
        f"{file.relative_to(house.ROOT)}: {said}"
        for room, file in sources()
        for said in named_above(room, file.read_text(encoding="utf-8"), owners)
        if not is_known(file, said)
    ]
    assert not wrong, wrong


@pytest.mark.parametrize(
    ("room", "text"),
    [
        ("outcomes", """<a href="{% url 'initiatives:begin' %}?because=1">"""),
        ("dialogue", '{% url "outcomes:raise_concern" as page %}'),
        ("outcomes", 'rules.test_rule("keep a lesson", request.person)'),
        ("decisions", '@may("gather suggestions")'),
        ("thread", 'return redirect("dialogue:desk")'),
    ],
)
def test_a_name_that_points_up_would_be_found(room: str, text: str) -> None:
    assert named_above(room, text, rules_by_room())


def test_a_name_that_points_down_is_none_of_these() -> None:
    text = """{% url 'thread:story' step.uuid %} test_rule("see to answers", person) redirect("outcomes:outcome")"""
    assert not named_above("initiatives", text, rules_by_room())
