"""The four stages of the cycle as people find them: what each is called, where it lives, which pages it leads to."""

from collections.abc import Iterator
from dataclasses import dataclass

import rules
from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from commonweal.foundations.people.models import Person


@dataclass(frozen=True)
class Door:
    """A page of a room, as it is offered on its stage's page."""

    page: str
    name: str | Promise
    about: str | Promise


@dataclass(frozen=True)
class Stage:
    key: str
    name: str | Promise
    #: What a resident asks here.
    question: str | Promise
    #: What comes first here, while nothing has happened yet.
    first: str | Promise
    doors: tuple[Door, ...]

    @property
    def page(self) -> str:
        return reverse(f"front:{self.key}")


STAGES = (
    Stage(
        "understand",
        _("Understand"),
        _("What is it like here, and what do people say?"),
        _("First somebody opens a conversation. Then everybody can say what would help."),
        (
            Door(
                "dialogue:conversations",
                _("Conversations"),
                _("Say what would make it better, and see what others said. Everybody gets an answer."),
            ),
            Door("places:map", _("Our areas"), _("A map and a list of the neighbourhoods, and who lives there.")),
        ),
    ),
    Stage(
        "plan",
        _("Plan"),
        _("What do we want to be different, and who does what?"),
        _("First people say in a conversation what is wrong. Then it is agreed what good looks like."),
        (
            Door(
                "outcomes:concerns",
                _("Problems and what good looks like"),
                _("What is wrong, what we agreed would be better, and the numbers that will show it."),
            ),
            Door(
                "decisions:decisions", _("What was decided"), _("By whom, by which rule, why, and who did not agree.")
            ),
        ),
    ),
    Stage(
        "do",
        _("Do"),
        _("What is being done, by whom, with whose money and time?"),
        _("First it is agreed what good looks like. Then somebody begins something together with others."),
        (
            Door(
                "initiatives:initiatives",
                _("What we do together"),
                _("Who leads, who helps, what it costs in pounds and in hours."),
            ),
            Door("organisations:everyone_here", _("Who takes part"), _("Public bodies, charities, firms and groups.")),
        ),
    ),
    Stage(
        "review",
        _("Review"),
        _("What changed, and what did we learn?"),
        _("First something is done, and its numbers come in. Then we see what changed and what we learned."),
        (
            Door("learning:lessons", _("What we learned"), _("What worked, what did not, and where it holds.")),
            Door("accountability:account", _("The account"), _("Promises, money, hours and results, in the open.")),
            Door(
                "publishing:findings", _("What we found out"), _("What helps and what does not, and how sure we are.")
            ),
            Door("publishing:measures", _("Our numbers"), _("Everything we count, to look at or to take away.")),
        ),
    ),
)


@dataclass(frozen=True)
class Desk:
    """A page where somebody does a part of their work, offered to those whom its rule lets in; to all who are signed
    in where it has none."""

    page: str
    name: str | Promise
    rule: str = ""


DESKS = (
    Desk("dialogue:desk", _("Suggestions to put together"), "gather suggestions"),
    Desk("dialogue:moderation", _("Suggestions to look at"), "moderate suggestions"),
    Desk("dialogue:care", _("Held for care"), "see that something is held for care"),
    Desk("decisions:desk", _("Answering desk"), "see to answers"),
    Desk("notices:letters", _("Letters to post"), "see to the post"),
    Desk("notices:failures", _("Messages that did not arrive"), "see to the post"),
    Desk("people:everybody", _("People and roles"), "keep people and their roles"),
    Desk("audit:redactions", _("Words to be removed"), "settle a redaction"),
    Desk("audit:trail", _("Audit trail"), "read the audit trail"),
    Desk("people:person", _("What we hold about you")),
    Desk("notices:wishes", _("What we tell you")),
)

BY_KEY = {stage.key: stage for stage in STAGES}

#: Where rooms of the foundations belong, as people see it; a part of a room may belong elsewhere than the whole.
PLACED = {
    "decisions": "plan",
    "decisions/desk": "understand",
    "decisions/owed": "understand",
    "decisions/answers": "understand",
    "places": "understand",
    "organisations": "do",
    "ledger": "do",
    "published": "review",
}


def stage_of(path: str) -> str:
    """The stage that an address belongs to, or nothing.

    >>> stage_of("/plan/outcomes/"), stage_of("/decisions/"), stage_of("/people/sign-in/")
    ('plan', 'plan', '')
    >>> stage_of("/decisions/desk/"), stage_of("/decisions/answers/1/"), stage_of("/")
    ('understand', 'understand', '')
    """
    first, second = [*path.strip("/").split("/"), ""][:2]
    return first if first in BY_KEY else PLACED.get(f"{first}/{second}") or PLACED.get(first, "")


def doors(stage: Stage) -> Iterator[tuple[Door, str]]:
    """The doors of a stage that this house has, each with its address."""
    for door in stage.doors:
        try:
            yield door, reverse(door.page)
        except NoReverseMatch:
            continue


def desks(person: Person) -> list[tuple[str | Promise, str]]:
    """Where this person's work is done, each with its address."""
    theirs = (desk for desk in DESKS if not desk.rule or rules.test_rule(desk.rule, person))
    return [(desk.name, reverse(desk.page)) for desk in theirs]
