"""What import-linter cannot see: keys written as text, and whether its own contracts hold at all."""

import copy
from pathlib import Path

import grimp
import pytest
from django.apps import apps
from django.db import models
from importlinter import configuration
from importlinter.application import use_cases
from importlinter.domain.contract import registry

configuration.configure()

CONTRACTS = str(Path(__file__).resolve().parents[2] / ".importlinter")

#: Lowest first. A key may point to the same room, to a lower storey, or to a lower row of its own storey.
STOREYS = ["foundations", "understand", "plan", "do", "review", "front", "town", "site"]
ROWS = {
    "foundations": [
        {"verbs"},
        {"look", "work", "intake", "calendar"},
        {"audit"},
        {"people"},
        {"places"},
        {"organisations"},
        {"thread"},
        {"notices"},
        {"decisions", "ledger"},
        {"publishing"},
    ],
    "understand": [{"diagnosis", "dialogue"}],
    "plan": [{"outcomes"}, {"foresight"}, {"choices"}, {"commissioning"}],
    "do": [{"coproduction"}, {"initiatives"}, {"personal_plans"}],
    "review": [{"learning"}, {"accountability"}],
}
OURS = "commonweal."


def height(module: str) -> tuple[int, int]:
    storey, room = module.removeprefix(OURS).split(".")[:2]
    rows = ROWS.get(storey, [])
    row = next((number for number, names in enumerate(rows) if room in names), 0)
    return STOREYS.index(storey), row


def may_point(source: str, target: str) -> bool:
    """Whether a key of a record in `source` may point to one in `target`."""
    same_room = source.split(".")[:3] == target.split(".")[:3]
    return same_room or height(target) < height(source)


def keys() -> list[models.Field]:
    return [
        field
        for model in apps.get_models(include_auto_created=True)
        if model.__module__.startswith(OURS)
        for field in model._meta.get_fields()
        if isinstance(field, models.ForeignKey | models.ManyToManyField | models.OneToOneField)
        and field.model.__module__.startswith(OURS)
        and field.related_model.__module__.startswith(OURS)
    ]


def test_foreign_keys_point_down_the_house() -> None:
    wrong = [
        f"{field.model.__module__}.{field} → {field.related_model.__module__}"
        for field in keys()
        if not may_point(field.model.__module__, field.related_model.__module__)
    ]
    assert keys()
    assert not wrong


def test_a_key_across_storeys_gives_the_lower_record_no_way_back() -> None:
    wrong = [
        str(field)
        for field in keys()
        if height(field.model.__module__)[0] != height(field.related_model.__module__)[0]
        and not field.remote_field.hidden
    ]
    assert not wrong, f"keys across storeys take related_name='+': {wrong}"


@pytest.mark.parametrize(
    ("source", "target"),
    [
        ("commonweal.understand.dialogue.models", "commonweal.plan.outcomes.models"),
        ("commonweal.foundations.ledger.models", "commonweal.foundations.decisions.models"),
        ("commonweal.foundations.people.models", "commonweal.foundations.thread.models"),
    ],
)
def test_a_key_that_points_up_or_sideways_would_be_found(source: str, target: str) -> None:
    assert not may_point(source, target)


#: An import for each contract that would break it.
PLANTED = {
    "ground": ("commonweal.foundations.thread.queries", "commonweal.understand.dialogue.models"),
    "pure": ("commonweal.methods.bookkeeping", "django"),
    "review": ("commonweal.review.learning.queries", "commonweal.review.accountability.queries"),
    "do": ("commonweal.do.stranger", "commonweal.do.initiatives.models"),
    "plan": ("commonweal.plan.stranger", "commonweal.plan.outcomes.models"),
    "understand": ("commonweal.understand.stranger", "commonweal.understand.dialogue.models"),
    "foundations": ("commonweal.foundations.audit.actions", "commonweal.foundations.people.models"),
    "methods": ("commonweal.methods.quantities", "commonweal.methods.bookkeeping"),
    "inside": ("commonweal.understand.dialogue.models", "commonweal.understand.dialogue.queries"),
    "doors": ("commonweal.front.views", "commonweal.understand.dialogue.views"),
    "acyclic": ("commonweal.foundations.verbs.refs", "commonweal.foundations.audit.models"),
}


@pytest.fixture(scope="module")
def graph() -> grimp.ImportGraph:
    return grimp.build_graph("commonweal", include_external_packages=True, cache_dir=None)


@pytest.fixture(scope="module")
def contracts() -> dict[str, dict]:
    options = use_cases.read_user_options(CONTRACTS)
    use_cases._register_contract_types(options)
    return {each["id"]: each for each in options.contracts_options}


def is_kept(contract: dict, session: dict, graph: grimp.ImportGraph) -> bool:
    kind = registry.get_contract_class(contract["type"])
    return kind(contract["name"], session, contract).check(graph, verbose=False).kept


@pytest.mark.parametrize("id", PLANTED)
def test_a_contract_is_kept_and_would_find_an_import_that_breaks_it(
    id: str, contracts: dict[str, dict], graph: grimp.ImportGraph
) -> None:
    session = use_cases.read_user_options(CONTRACTS).session_options
    assert is_kept(contracts[id], session, copy.deepcopy(graph))
    broken = copy.deepcopy(graph)
    importer, imported = PLANTED[id]
    for module in (importer, imported):
        if module not in broken.modules:
            broken.add_module(module)
    broken.add_import(importer=importer, imported=imported)
    assert not is_kept(contracts[id], session, broken)


def test_every_contract_has_an_import_that_would_break_it(contracts: dict[str, dict]) -> None:
    assert set(contracts) == set(PLANTED)
