"""Schemathesis reads the API's own description and tries to make it lie: in one process, without a network.

It makes up requests that the description allows and requests that it forbids, always the same ones. Whatever is
answered must be an answer that the description names, of the shape that it names; and never a fault.
"""

import copy
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
import schemathesis
from django.core.handlers.wsgi import WSGIHandler
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from django.test import Client
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from schemathesis import GenerationMode
from schemathesis.checks import CHECKS, load_all_checks
from schemathesis.core.failures import FailureGroup

from commonweal.foundations.thread.models import Step
from commonweal.front import api, talking
from commonweal.understand.dialogue.models import Conversation

load_all_checks()
#: What must hold of every answer.
LAWS = CHECKS.get_by_names(
    ["not_a_server_error", "status_code_conformance", "content_type_conformance", "response_schema_conformance"]
)
#: Enough to find each of the broken twins below many times over, in a few seconds.
REQUESTS = 25


def described(client: Client) -> dict[str, Any]:
    description: dict[str, Any] = client.get("/api/openapi.json").json()
    return description


@contextmanager
def one_connection() -> Iterator[None]:
    """The house runs inside the test's own transaction, as it does under Django's client: no request may end it."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    try:
        yield
    finally:
        for signal in (request_started, request_finished):
            signal.connect(close_old_connections)


def lies(description: dict[str, Any], *, steps: list[Step], only: str = "/") -> list[str]:
    """What Schemathesis finds wrong, operation by operation; of those whose address begins so."""
    schema = schemathesis.openapi.from_dict(description)
    schema.app = WSGIHandler()
    known = {
        "step": [str(step.uuid) for step in steps],
        "conversation": [str(each.pk) for each in Conversation.objects.order_by("pk")],
    }
    found = []
    for operation in schema.include(path_regex=f"^{re.escape(only)}").get_all_operations():
        for mode in GenerationMode:
            try:
                with one_connection():
                    _try(operation.ok(), mode, known)
            except FailureGroup as group:
                found += [f"{operation.ok().label}: {each.title}" for each in group.exceptions]
    return found


def _try(operation: Any, mode: GenerationMode, known: dict[str, list[str]]) -> None:
    """Some requests of one operation; made-up ids are hardly ever there, so half of them are ones that are."""
    there = st.one_of(st.none(), st.fixed_dictionaries({name: st.sampled_from(ids) for name, ids in known.items()}))

    @settings(
        max_examples=REQUESTS,
        phases=[Phase.explicit, Phase.generate],
        derandomize=True,
        database=None,
        deadline=None,
        suppress_health_check=list(HealthCheck),
    )
    @given(case=operation.as_strategy(generation_mode=mode), ids=there)
    def answers_as_described(case: Any, ids: dict[str, str] | None) -> None:
        for name in (ids or {}).keys() & case.path_parameters.keys():
            case.path_parameters[name] = (ids or {})[name]
        case.call_and_validate(checks=LAWS)

    answers_as_described()


@pytest.fixture
def steps(busy: Callable[[int], None]) -> list[Step]:
    busy(3)
    return list(Step.objects.order_by("pk"))


def test_no_answer_is_a_fault_or_one_that_the_description_does_not_name(client: Client, steps: list[Step]) -> None:
    assert lies(described(client), steps=steps) == []


def test_a_fault_would_be_found(client: Client, steps: list[Step], monkeypatch: pytest.MonkeyPatch) -> None:
    """The control: a twin of the API that falls over on the second page."""

    def falls_over(page: int) -> slice:
        if page > 1:
            raise RuntimeError("a fault")
        return slice(0, 50)

    for module in (api, talking):
        monkeypatch.setattr(module, "window", falls_over)
    found = lies(described(client), steps=steps)
    assert {each.rpartition(": ")[2] for each in found} >= {"Server error"}
    assert len({each.rpartition(": ")[0] for each in found}) == len(api.OPERATIONS.keys() - {"conversation", "map"})


@pytest.mark.parametrize(
    ("address", "code"), [("/api/thread/{step}/story", "404"), ("/api/conversations", "422"), ("/api/measures", "200")]
)
def test_an_answer_that_is_not_described_would_be_found(
    client: Client, steps: list[Step], address: str, code: str
) -> None:
    """The control: a twin of the description that keeps one answer quiet."""
    twin = copy.deepcopy(described(client))
    del twin["paths"][address]["get"]["responses"][code]
    assert f"GET {address}: Undocumented status code" in lies(twin, steps=steps, only=address)


def test_another_shape_than_described_would_be_found(client: Client, steps: list[Step]) -> None:
    """The control: a twin of the description that says a conversation's question is a number."""
    twin = copy.deepcopy(described(client))
    twin["components"]["schemas"]["Conversation"]["properties"]["question"] = {"type": "integer"}
    assert "GET /api/conversations: Response violates schema" in lies(twin, steps=steps, only="/api/conversations")
