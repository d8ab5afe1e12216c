"""Who may do what with problems, outcomes, numbers and tasks. Everybody may read them."""

import rules

from commonweal.foundations.decisions.models import Asking
from commonweal.foundations.organisations import queries as organisations
from commonweal.foundations.organisations.models import Organisation
from commonweal.foundations.people.models import Person
from commonweal.foundations.people.rules import holds
from commonweal.foundations.verbs import clock

from .models import Indicator, Obligation, Reading

keeps_outcomes = holds("convenor", "commissioner")


@rules.predicate
def speaks_for_the_party(person: Person | None, asking: Asking) -> bool:
    party = Organisation(pk=asking.party.uuid)
    return organisations.acts_for(person, party, on=clock.today())


@rules.predicate
def acts_for_the_owner(person: Person | None, indicator: Indicator) -> bool:
    return organisations.acts_for(person, indicator.owner, on=clock.today())


@rules.predicate
def acts_for_the_owner_of_its_indicator(person: Person | None, reading: Reading) -> bool:
    return organisations.acts_for(person, reading.indicator.owner, on=clock.today())


@rules.predicate
def acts_for_who_does_it(person: Person | None, obligation: Obligation) -> bool:
    return organisations.acts_for(person, obligation.organisation, on=clock.today())


rules.add_rule("raise a concern", holds("convenor", "commissioner", "practitioner", "partner", "councillor"))
rules.add_rule("reword a concern", keeps_outcomes)
rules.add_rule("propose an outcome", keeps_outcomes)
rules.add_rule("ask a party", keeps_outcomes)
rules.add_rule("answer for a party", speaks_for_the_party)
rules.add_rule("agree an outcome", keeps_outcomes)
rules.add_rule("define an indicator", keeps_outcomes)
rules.add_rule("record a reading", keeps_outcomes | acts_for_the_owner)
rules.add_rule("correct a reading", keeps_outcomes | acts_for_the_owner_of_its_indicator)
rules.add_rule("write down an obligation", keeps_outcomes)
rules.add_rule("finish an obligation", keeps_outcomes | acts_for_who_does_it)
