"""Words that one person wrote down in the name of another: they are told, and say whether the words are theirs."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from commonweal.foundations.audit import actions as audit
from commonweal.foundations.notices import actions as notices
from commonweal.foundations.organisations import queries as organisations
from commonweal.foundations.organisations.models import Organisation
from commonweal.foundations.people.models import Person
from commonweal.foundations.thread import actions as thread
from commonweal.foundations.thread.models import Step
from commonweal.foundations.verbs.refusals import NotYours, Refusal

from .. import policy, queries
from ..models import Decision, Dissent, OwnWord, Whose


class NotYourWords(NotYours):
    plainly = _("Only the one who is named can say whether these are their words.")


class SaidWhoseAlready(Refusal):
    plainly = _("It has been said already whether these are their words.")


def tell_who_is_named(decision: Decision) -> None:
    """Nobody is named here without hearing of it. Called by `decide`, in its own transaction."""
    by, at = decision.recorded_by, decision.recorded_at
    for dissent in Dissent.objects.filter(decision=decision).exclude(party=by).order_by("pk"):
        about = _step("decisions.dissent", dissent, decision.step, at, {"by": by, "party": dissent.party})
        for person in _who_answers_for(dissent, decision):
            notices.tell(person, about=about, at=at)


@transaction.atomic
def say_whose(*, dissent: Dissent, whose: str, by: Person, at: datetime) -> OwnWord:
    """Say for whoever is named whether the words are theirs: once. It stands beside the words, which stay as they are.

    Whoever wrote them down is told where they are not.
    """
    dissent = Dissent.objects.select_for_update(of=("self",)).select_related("decision__step").get(pk=dissent.pk)
    decision = dissent.decision
    if dissent.party == decision.recorded_by or not queries.speaks_for(by, dissent.party, on=policy.day_of(at)):
        raise NotYourWords(by)
    if OwnWord.objects.filter(dissent=dissent).exists():
        raise SaidWhoseAlready(dissent)
    said = OwnWord(dissent=dissent, whose=Whose(whose), by=by.ref, at=at)
    params = {"party": dissent.party, "said": str(said.whose)}
    said.step = _step("decisions.own_word", said, decision.step, at, params)
    said.save(force_insert=True)
    audit.enter(by=by, verb="decisions.say_whose", subject=dissent, at=at, facts={"whose": str(said.whose)})
    writer = queries.person_of(decision.recorded_by)
    if writer is not None and said.whose == Whose.NOT_THEIRS:
        notices.tell(writer, about=said.step, at=at)
    return said


def _step(kind: str, subject: Dissent | OwnWord, because: Step, at: datetime, params: Mapping[str, Any]) -> Step:
    """Read by whoever may read the decision."""
    return thread.record(kind=kind, subject=subject, because=because, at=at, audience=because.audience, params=params)


def _who_answers_for(dissent: Dissent, decision: Decision) -> Iterable[Person]:
    """The person who is named, or whoever may give the word of the body that is.

    A decision that is not public opens to the person alone, so of a body nobody is told of it.
    """
    person = queries.person_of(dissent.party)
    if person is not None:
        return [person]
    body = Organisation.objects.filter(pk=dissent.party.uuid).first()
    if body is None or not decision.is_public:
        return []
    acting = organisations.acting_for(body, on=policy.day_of(decision.recorded_at))
    return list({each.person_id: each.person for each in acting}.values())
