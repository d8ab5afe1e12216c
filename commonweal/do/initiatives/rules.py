"""Who may do what in an initiative. Everybody may read it."""

from datetime import date

import rules
from django.db.models import QuerySet

from commonweal.foundations.ledger.models import Payment
from commonweal.foundations.ledger.rules import keeps as keeps_account
from commonweal.foundations.organisations import queries as organisations
from commonweal.foundations.organisations.models import Organisation
from commonweal.foundations.people.models import Person
from commonweal.foundations.people.rules import holds, is_known
from commonweal.foundations.verbs import clock

from .models import TAKES_PART, GivenHours, Initiative, Lead, Partner, PooledFund


@rules.predicate
def leads(person: Person | None, initiative: Initiative) -> bool:
    return person is not None and Lead.objects.filter(initiative=initiative, person=person, until_at=None).exists()


@rules.predicate
def belongs_to_a_partner(person: Person | None, initiative: Initiative) -> bool:
    if person is None:
        return False
    theirs = organisations.organisations_of(person, on=clock.today())
    return Partner.objects.filter(TAKES_PART, initiative=initiative, organisation__in=theirs).exists()


@rules.predicate
def speaks_for_a_partner(person: Person | None, fund: PooledFund) -> bool:
    """They may give a partner's word. Asking for money is giving it, so belonging to a partner is not enough."""
    return person is not None and contributors(person, fund.initiative).exists()


@rules.predicate
def leads_its_initiative(person: Person | None, fund: PooledFund) -> bool:
    return leads(person, fund.initiative)


@rules.predicate
def takes_part(person: Person | None, fund: PooledFund) -> bool:
    return leads(person, fund.initiative) or belongs_to_a_partner(person, fund.initiative)


@rules.predicate
def may_confirm(person: Person | None, given: GivenHours) -> bool:
    """Somebody who takes part, and neither gave the time, nor belongs to the group that did, nor wrote it down."""
    if person is None or person.pk in {given.told_by_id, given.giver_id}:
        return False
    return takes_part(person, given.fund) and not belongs_to_the_giver(person, given, clock.today())


@rules.predicate
def gave_or_told(person: Person | None, given: GivenHours) -> bool:
    """Whoever gave the time, or wrote it down, takes it back. Everybody else says no, and why."""
    return person is not None and person.pk in {given.told_by_id, given.giver_id}


def belongs_to_the_giver(person: Person, given: GivenHours, on: date) -> bool:
    """The person belongs to the group that gave the time, now or on the day when it was given."""
    if given.group is None:
        return False
    return any(organisations.belongs(person, given.group, on=day) for day in {on, given.given_on})


def contributors(person: Person, initiative: Initiative) -> QuerySet[Organisation]:
    """The partners for which this person may promise something: as officer or treasurer, in a group as any member."""
    partners = Partner.objects.filter(TAKES_PART, initiative=initiative)
    theirs = organisations.organisations_acted_for(person, on=clock.today())
    return theirs.filter(pk__in=partners.values("organisation"))


@rules.predicate
def speaks_for_it(person: Person | None, partner: Partner) -> bool:
    """Whoever may give the organisation's word: nobody else says yes for it, a mere member neither."""
    return organisations.acts_for(person, partner.organisation, on=clock.today())


@rules.predicate
def leads_or_speaks_for(person: Person | None, partner: Partner) -> bool:
    """Whoever leads, and whoever may give the partner's word. A mere member does not end their body's part."""
    return speaks_for_it(person, partner) or leads(person, partner.initiative)


@rules.predicate
def keeps_its_account(person: Person | None, payment: Payment) -> bool:
    """An officer or treasurer of the host."""
    return person is not None and keeps_account(person, payment.from_account)


convenes = holds("convenor")

rules.add_rule("begin an initiative", holds("convenor", "commissioner"))
rules.add_rule("run an initiative", convenes | leads)
rules.add_rule("say whether it takes part", speaks_for_it)
rules.add_rule("end a partner's part", convenes | leads_or_speaks_for)
rules.add_rule("see a payment through", keeps_its_account)
rules.add_rule("put something in", speaks_for_a_partner)
rules.add_rule("ask for a payment", convenes | leads_its_initiative | speaks_for_a_partner)
rules.add_rule("give hours", is_known)
rules.add_rule("confirm hours", may_confirm)
rules.add_rule("decline hours", may_confirm)
rules.add_rule("take back hours", gave_or_told)
