"""The way in to the demonstration: whom one can be, and whose story waits for whom."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.html import escape

from commonweal.foundations.verbs import clock
from commonweal.front import day
from commonweal.town import queries
from commonweal.understand.dialogue import actions as dialogue

pytestmark = pytest.mark.django_db


def page(settings: Any) -> str:
    settings.IS_DEMO = True
    response = Client().get(reverse("town:people"))
    assert response.status_code == 200
    return str(response.content.decode())


def test_the_page_is_there_in_the_demonstration_only(town: Any, settings: Any) -> None:
    assert "Sign in as Grace Okafor" in page(settings)
    settings.IS_DEMO = False
    assert Client().get(reverse("town:people")).status_code == 404
    assert Client().post(reverse("town:sign_in_as", args=[town.grace.pk])).status_code == 404


def test_each_is_told_by_what_their_own_day_says_first(town: Any, settings: Any) -> None:
    shown = page(settings)
    first = day.tasks_of(town.grace, clock.now())[0]
    assert f"Waits for them: {escape(first.what)}" in shown
    assert "Waits to hear what becomes of this:" in shown
    assert "Nothing waits for them now." in shown


def test_what_is_said_to_wait_changes_with_what_waits(town: Any, settings: Any) -> None:
    def tom() -> queries.Role:
        return next(role for role in queries.people_to_be(clock.now()) if role.person == town.tom)

    before = tom().unheard
    assert before is not None and before.contribution == town.fresh_contribution
    dialogue.set_aside(contributions=[town.fresh_contribution], reason="unclear", by=town.grace, at=clock.now())
    after = tom().unheard
    assert after is None or after.contribution != town.fresh_contribution
