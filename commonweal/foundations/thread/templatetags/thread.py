"""{% thread_of record %}: where a record comes from and what became of it, on the record's own page."""

from typing import Any

from django import template

from commonweal.foundations.thread import queries, telling
from commonweal.foundations.verbs.records import Record

register = template.Library()


@register.inclusion_tag("thread/beside.html", takes_context=True)
def thread_of(context: dict[str, Any], record: Record) -> dict[str, Any]:
    """The steps just before and just after the record's own. The page must load `thread/thread.css`."""
    step = queries.step_of(record)
    if step is None:
        return {}
    person = context["request"].person
    before, after = queries.neighbours(step)
    told = telling.told_apart([before, after], person=person)
    return {"step": step, "before": told[0], "after": told[1]}
