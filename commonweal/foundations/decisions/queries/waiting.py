"""What waits for a person here, for *my day*: what it is about first, then what is asked."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID

from django.utils.functional import Promise
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from commonweal.foundations.notices.waiting import Waiting
from commonweal.foundations.people.models import Person
from commonweal.foundations.thread import telling
from commonweal.foundations.thread.models import Step
from commonweal.foundations.thread.naming import known_names
from commonweal.foundations.verbs.refs import Ref

from ..models import Asking, Draft, Owed
from ..policy import day_of
from ..rules import keys_in
from .answering import is_drafter
from .assenting import bodies_spoken_for, unanswered
from .deciding import whose_to_say
from .holding import is_back, last_assigned, last_returned
from .owing import open_owed

#: So many of one kind are listed; the desk has the rest.
AT_MOST = 50
#: Of somebody's words, where a thing has no shorter name.
MOST_LETTERS = 120

ASKED: dict[str, Promise] = {
    Owed.State.OPEN: gettext_lazy("%(about)s: nobody has been asked to answer yet"),
    Owed.State.ASSIGNED: gettext_lazy("%(about)s: somebody has been asked to write the answer"),
    Owed.State.DRAFTED: gettext_lazy("%(about)s: check the answer that was written"),
    Owed.State.CLEARED: gettext_lazy("%(about)s: publish the answer"),
}
WROTE_IT = gettext_lazy("%(about)s: somebody else has to check the answer that you wrote")
SENT_BACK = gettext_lazy("%(about)s: write the answer anew, it came back to you with a note")


def waiting_for(person: Person, at: datetime) -> list[Waiting]:
    """Oldest due first: answers to see to, agreement that is asked of theirs; words that others wrote down for them."""
    waiting = [*_asked_of(person, at), *_named_in(person, at)]
    if keys_in(person):
        waiting += _at_the_desk(person)
    return sorted(waiting, key=lambda each: (each.due_on is None, each.due_on or date.max))


def _at_the_desk(person: Person) -> list[Waiting]:
    rows = list(open_owed().select_related("because")[:AT_MOST])
    abouts, own, returned = _abouts(rows, person), _written_by(person, rows), _returned_to(person, rows)
    return [
        Waiting(
            what=str(_asks(owed, own=own, returned=returned)) % {"about": abouts[owed.pk]},
            page="decisions:see_to",
            args=(owed.pk,),
            due_on=owed.due_on,
        )
        for owed in rows
    ]


def _asks(owed: Owed, *, own: set[UUID], returned: set[UUID]) -> Promise:
    if owed.state == Owed.State.DRAFTED and owed.pk in own:
        return WROTE_IT
    if owed.state == Owed.State.ASSIGNED and owed.pk in returned:
        return SENT_BACK
    return ASKED[owed.state]


def _abouts(rows: Sequence[Owed], person: Person) -> dict[UUID, str]:
    """The name of what each answers; where it has none, the step that it was promised for."""
    unnamed = [owed for owed in rows if not owed.title]
    told = telling.lines([owed.because for owed in unnamed], person=person) if unnamed else []
    by_step = {line.uuid: line.title for line in told}
    return {owed.pk: owed.title or by_step.get(owed.because.uuid) or _("An answer") for owed in rows}


def _written_by(person: Person, rows: Sequence[Owed]) -> set[UUID]:
    drafts = Draft.objects.filter(owed__in=rows, is_current=True)
    return {draft.owed_id for draft in drafts if is_drafter(person, draft)}


def _returned_to(person: Person, rows: Sequence[Owed]) -> set[UUID]:
    """What came back to them and was not given to somebody else since."""
    assigned, returned = last_assigned(rows), last_returned(rows)
    return {id for id, each in returned.items() if each.to == person.ref and is_back(each, assigned.get(id))}


def _asked_of(person: Person, at: datetime) -> list[Waiting]:
    parties = bodies_spoken_for(person, day_of(at))
    if not parties:
        return []
    asked = list(
        unanswered(Asking.objects.filter(party__in=parties)).select_related("step").order_by("asked_at")[:AT_MOST]
    )
    names, abouts = known_names(each.party for each in asked), _subjects(asked, person)
    return [
        Waiting(
            what=_("%(about)s: say whether %(party)s agrees")
            % {"about": abouts.get(each.subject) or _("A question"), "party": names.get(each.party) or _("someone")},
            page="decisions:asking",
            args=(each.pk,),
            step=each.step,
        )
        for each in asked
    ]


def _named_in(person: Person, at: datetime) -> list[Waiting]:
    return [
        Waiting(
            what=_("%(about)s: say whether what was written down for you are your words")
            % {"about": each.decision.question},
            page="decisions:decision",
            args=(each.decision_id,),
            since=each.decision.recorded_at,
        )
        for each in whose_to_say(person, on=day_of(at))[:AT_MOST]
    ]


def _subjects(asked: Sequence[Asking], person: Person) -> dict[Ref, str]:
    """What each was asked about: its name, or the words with which it entered the thread."""
    subjects = {each.subject for each in asked}
    entered: dict[Ref, Step] = {}
    for step in Step.objects.filter(subject__in=subjects).order_by("-id"):
        entered[step.subject] = step
    told = {line.uuid: line for line in telling.lines(list(entered.values()), person=person)}
    said = {subject: told[step.uuid] for subject, step in entered.items() if step.uuid in told}
    words = {subject: Truncator(line.quote).chars(MOST_LETTERS) or line.title for subject, line in said.items()}
    return words | known_names(subjects)
