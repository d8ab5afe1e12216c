"""{% answered_by answer as who %}: the organisation and the service that answer, as everybody reads it."""

from typing import Any

from django import template

from .. import queries
from ..models import Answer

register = template.Library()


@register.simple_tag
def answered_by(said: Any) -> str:
    """Nothing for a draft: it is nobody's answer yet."""
    return queries.answered_by(said) if isinstance(said, Answer) else ""
