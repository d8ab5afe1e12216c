"""What pages of later rooms may show of this one: `{% load dialogue %}{% what_you_said request.person %}`."""

from typing import Any

from django import template

from commonweal.foundations.people.models import Person
from commonweal.foundations.verbs import clock

from .. import queries

register = template.Library()

#: The newest few; the rest stand on a page of their own.
SHOWN = 5


@register.inclusion_tag("dialogue/_what_you_said.html")
def what_you_said(person: Person | None) -> dict[str, Any]:
    """The newest things that a person said, and how each stands; nothing where they said nothing."""
    newest = list(queries.said_by(person)[: SHOWN + 1]) if person is not None else []
    said = queries.lines_of(newest[:SHOWN], on=clock.today()) if newest else []
    return {"said": said, "has_more": len(newest) > SHOWN}
