import pytest
from django.utils.translation import gettext_lazy as _

from commonweal.foundations.verbs.refusals import NotYours, Refusal


class TooLate(Refusal):
    plainly = _("The day has passed.")


def test_a_refusal_speaks_plainly():
    assert str(TooLate(7)) == "The day has passed."
    assert TooLate(7).args == (7,)
    assert str(TooLate(plainly="It was yesterday.")) == "It was yesterday."


def test_a_sentence_for_one_case_does_not_stick_to_the_next():
    TooLate(plainly="It was yesterday.")
    assert str(TooLate()) == "The day has passed."


def test_not_yours_is_a_refusal_too():
    with pytest.raises(Refusal, match="permission"):
        raise NotYours
