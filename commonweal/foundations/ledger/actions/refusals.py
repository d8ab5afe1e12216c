"""Why the ledger says no.

Refusal
├── IdempotencyConflict    the id was used for another posting
├── NotEnough              it would take an account below its floor
├── NoRoom                 it would take an account above its ceiling
├── AccountClosed          nothing moves in a closed account
├── WrongUnit              pounds into an account of hours, or the reverse
├── AlreadyCorrected       that posting has been put right before
├── AlreadyReleased        that money is no longer set aside
├── PeriodClosed           that month is closed already
├── NotThere               the payment is not in the state that this needs
├── TooFewEyes             somebody else is needed, and not whoever asked
├── TakeItBack             nobody says no to their own wish: they take it back
├── SayWhyNot              a no says why
├── TwoPeopleNeeded        one person cannot do this alone
├── MadeTheFile            whoever sent the money off does not also say, by hand, that it arrived
└── OwnPayment             nobody authorises a payment to themselves
"""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from commonweal.foundations.verbs.refusals import NotYours, Refusal


class IdempotencyConflict(Refusal):
    plainly = _("This was sent before with something else in it. Nothing has changed. Please begin again.")


class NotEnough(Refusal):
    plainly = _("There is not enough left for that. Nothing has changed.")


class NoRoom(Refusal):
    plainly = _("That is more than may be kept there. Nothing has changed.")


class AccountClosed(Refusal):
    plainly = _("That account is closed. Nothing has changed.")


class AccountNotEmpty(Refusal):
    plainly = _("An account can be closed only when it is empty and nothing in it is set aside.")


class AccountAlreadyOpen(Refusal):
    plainly = _("There is an account of that name already.")


class WrongUnit(Refusal):
    plainly = _("Pounds and hours cannot be mixed. Nothing has changed.")


class NothingMoves(Refusal):
    plainly = _("The amount must be more than nought.")


class AlreadyCorrected(Refusal):
    plainly = _("This has been put right already.")


class AlreadyReleased(Refusal):
    plainly = _("This is no longer set aside.")


class PeriodClosed(Refusal):
    plainly = _("That month is closed already.")


class NotThere(Refusal):
    plainly = _("This payment has moved on since you opened the page. Please look again.")


class SeveralKeepers(Refusal):
    plainly = _("One file is for one body's paying system. Tick the payments of one body, and then those of the next.")


class AlreadyAuthorised(Refusal):
    plainly = _("You have authorised this payment already. It needs someone else as well.")


class TooFewEyes(Refusal):
    plainly = _("You asked for this payment, so someone else has to authorise it.")


class TakeItBack(Refusal):
    plainly = _("You asked for this payment yourself. You can take it back.")


class SayWhyNot(Refusal):
    plainly = _("Say why not, so that whoever asked knows what would help.")


class TwoPeopleNeeded(Refusal):
    plainly = _("This takes two different people.")


class MadeTheFile(Refusal):
    plainly = _(
        "You made the file that this payment went out in, and it needs two people. Somebody else has to say that it "
        "was paid, or the paying system’s own file does."
    )


class OwnPayment(NotYours):
    plainly = _("This payment is to you or to a body that you belong to, so someone else has to authorise it.")
