"""The protected characteristics of the Equality Act 2010, section 4, each with a short list to choose from.

The lists follow the harmonised standards of the Government Statistical Service, cut to their top level: a longer list
says more about one person than a conversation needs to know. Each answer is kept by its code: a code never changes its
meaning, a new answer is a new code.
"""

from __future__ import annotations

from collections.abc import Mapping

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class Characteristic(models.TextChoices):
    AGE = "age", _("How old are you?")
    DISABILITY = "disability", _("Does an illness or condition that lasts make daily life harder for you?")
    GENDER = "gender", _("Is your gender the same as the sex that was registered when you were born?")
    PARTNERSHIP = "partnership", _("Are you married or in a civil partnership?")
    PREGNANCY = "pregnancy", _("Are you pregnant, or have you had a baby in the last 26 weeks?")
    RACE = "race", _("What is your ethnic group?")
    RELIGION = "religion", _("What is your religion?")
    SEX = "sex", _("What is your sex?")
    ORIENTATION = "orientation", _("Which of these is nearest to your sexual orientation?")


_YES_OR_NO: Mapping[str, str | Promise] = {"yes": _("Yes"), "no": _("No")}

ANSWERS: Mapping[str, Mapping[str, str | Promise]] = {
    Characteristic.AGE: {
        "0-17": _("Under 18"),
        "18-24": _("18 to 24"),
        "25-34": _("25 to 34"),
        "35-49": _("35 to 49"),
        "50-64": _("50 to 64"),
        "65-79": _("65 to 79"),
        "80+": _("80 or older"),
    },
    Characteristic.DISABILITY: {"a_lot": _("Yes, a lot"), "a_little": _("Yes, a little"), "no": _("No")},
    Characteristic.GENDER: _YES_OR_NO,
    Characteristic.PARTNERSHIP: _YES_OR_NO,
    Characteristic.PREGNANCY: _YES_OR_NO,
    Characteristic.RACE: {
        "asian": _("Asian, Asian British or Asian Welsh"),
        "black": _("Black, Black British, Black Welsh, Caribbean or African"),
        "mixed": _("Mixed or multiple ethnic groups"),
        "white": _("White"),
        "other": _("Another ethnic group"),
    },
    Characteristic.RELIGION: {
        "none": _("No religion"),
        "buddhist": _("Buddhist"),
        "christian": _("Christian"),
        "hindu": _("Hindu"),
        "jewish": _("Jewish"),
        "muslim": _("Muslim"),
        "sikh": _("Sikh"),
        "other": _("Another religion"),
    },
    Characteristic.SEX: {"female": _("Female"), "male": _("Male")},
    Characteristic.ORIENTATION: {
        "straight": _("Straight or heterosexual"),
        "gay": _("Gay or lesbian"),
        "bi": _("Bisexual"),
        "other": _("Another orientation"),
    },
}
