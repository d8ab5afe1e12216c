"""The roles of a place as prose, for whoever must decide whom to entrust with one.

What a role may do is what rooms' rules say with `rules.holds(kind)`; the sentences here are what those rules are held
against, and what the steward reads before entrusting it.
"""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from .models import Role


@dataclass(frozen=True)
class Prose:
    """One role: for whom it is, and what whoever holds it may do beyond what everybody may."""

    kind: Role.Kind
    description: Promise
    may: tuple[Promise, ...]

    @property
    def name(self) -> str:
        return str(self.kind.label)


ROLES = {
    prose.kind: prose
    for prose in (
        Prose(
            Role.Kind.RESIDENT,
            _("Somebody who lives here, works here or uses a service here. Everyone who joins may do this much."),
            (
                _("Say what they think in open conversations, and reply to the answer"),
                _("Belong to groups, and write down the time that they give"),
                _("See and take away everything we hold about them"),
            ),
        ),
        Prose(
            Role.Kind.CONVENOR,
            _("Brings people together and sees that everybody is heard and answered. Takes no side."),
            (
                _("Open and close conversations, and gather what was said into themes"),
                _("Key in what came on paper or by phone"),
                _("Look at what people say before or after others see it, and hold it back with a reason"),
                _("Assign, clear and publish answers"),
                _("Begin initiatives and record decisions"),
                _("See to letters and to messages that did not arrive"),
            ),
        ),
        Prose(
            Role.Kind.PRACTITIONER,
            _("Works with people on their own plans: adviser, broker and advocate."),
            (_("Keep lessons"),),
        ),
        Prose(
            Role.Kind.COMMISSIONER,
            _("Decides with others what is bought, done or changed, and watches over what comes of it."),
            (
                _("Define indicators and record readings"),
                _("Record decisions"),
                _("Keep lessons"),
            ),
        ),
        Prose(
            Role.Kind.PARTNER,
            _("Speaks for an organisation that provides a service or works beside the council."),
            (
                _("Agree, or keep a reservation, in their organisation's name"),
                _("Report on what their organisation took on"),
            ),
        ),
        Prose(
            Role.Kind.COUNCILLOR,
            _("Was elected to answer to the residents of an area."),
            (_("Be named in decisions, with dissent and interests declared"),),
        ),
        Prose(
            Role.Kind.SAFEGUARDING,
            _("Receives what people tell us about harm, and acts on it."),
            (
                _("Read what is held because it may tell of harm, pass it on, or find no concern"),
                _("See who said it, and how to reach them; each reading is written down"),
            ),
        ),
        Prose(
            Role.Kind.STEWARD,
            _("Keeps this installation and its data protection. Sees who holds which role, never how anybody voted."),
            (
                _("Entrust roles and withdraw them"),
                _("See that something is held for care and late, without its words"),
                _("Forget a person, and remove words together with a second person"),
                _("See to letters and to messages that did not arrive"),
            ),
        ),
        Prose(
            Role.Kind.AUDITOR,
            _("Checks that what was done is what was written down. Changes nothing."),
            (
                _("Read the audit and verify its seals"),
                _("Settle, as the second person, whether words are removed"),
            ),
        ),
    )
}
