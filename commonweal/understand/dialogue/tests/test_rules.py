import pytest
import rules

from commonweal.understand.dialogue import actions as dialogue

from .conftest import AT, House

CONVENORS_ONLY = [
    "open a conversation",
    "close a conversation",
    "key in a suggestion",
    "gather suggestions",
    "hold back a suggestion",
]


@pytest.mark.parametrize("rule", CONVENORS_ONLY)
def test_convenors_alone_may(house: House, rule: str) -> None:
    assert rules.test_rule(rule, house.cleo)
    assert not rules.test_rule(rule, house.ada)
    assert not rules.test_rule(rule, None)


def test_anybody_signed_in_may_make_a_suggestion(house: House) -> None:
    assert rules.test_rule("make a suggestion", house.ada)
    assert not rules.test_rule("make a suggestion", None)


def test_what_is_held_back_is_read_by_its_author_and_convenors(house: House) -> None:
    said = house.say()
    assert rules.test_rule("read this suggestion", None, said)
    held = dialogue.hold(contribution=said, by=house.cleo, reason="unkind", at=AT)
    assert [rules.test_rule("read this suggestion", who, held) for who in (None, house.ben, house.ada, house.cleo)] == [
        False,
        False,
        True,
        True,
    ]
