import pytest
from django import forms
from django.core.exceptions import PermissionDenied
from django.test import RequestFactory

from commonweal.foundations.look.errors import Refused
from commonweal.foundations.verbs.refusals import NotYours, Refusal


class TellForm(forms.Form):
    words = forms.CharField(label="Words", widget=forms.Textarea)


@pytest.mark.parametrize("sign", ["\x00", "\x07", "\x1b", "\x7f", "\x85", "\ud800", "\u202e", "\u2066"])
def test_no_text_field_takes_signs_that_nobody_sees(sign: str) -> None:
    form = TellForm({"words": f"before {sign} after"})
    assert not form.is_valid()
    assert "hidden signs" in str(form.errors["words"])


@pytest.mark.parametrize("words", ["two\r\nlines\tand a tab", "Mae'n dŵr 👩‍👩‍👧", "שלום\u200f!"])
def test_what_people_really_write_is_taken(words: str) -> None:
    assert TellForm({"words": words}).is_valid()


def test_a_refusal_that_a_page_did_not_catch_is_told_plainly(db: None) -> None:
    class NoBread(Refusal):
        plainly = "There is no bread today."

    net = Refused(lambda request: None)  # type: ignore[arg-type,return-value]
    answer = net.process_exception(RequestFactory().post("/"), NoBread())
    assert answer is not None and answer.status_code == 422
    assert b"There is no bread today." in answer.content
    with pytest.raises(PermissionDenied):
        net.process_exception(RequestFactory().post("/"), NotYours())


def test_a_fault_falls_through_the_net() -> None:
    assert Refused(lambda request: None).process_exception(RequestFactory().post("/"), ValueError()) is None  # type: ignore[arg-type,return-value]
