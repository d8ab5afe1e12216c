"""{% follow_button step %}: asks to be told what becomes of a step, on the page of the record that it is about."""

from typing import Any

from django import template

from commonweal.foundations.notices import queries
from commonweal.foundations.thread.models import Audience, Step

register = template.Library()


@register.inclusion_tag("notices/_follow.html", takes_context=True)
def follow_button(context: dict[str, Any], step: Step) -> dict[str, Any]:
    """Nothing for strangers, nor where the step is not public."""
    request = context["request"]
    if request.person is None or step.audience != Audience.PUBLIC:
        return {}
    return {"step": step, "is_followed": queries.is_following(request.person, step), "back": request.path}
