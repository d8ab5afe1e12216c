"""What a convenor sends when they bring in a file: the file, which column is what, and yes."""

from __future__ import annotations

import json
import zlib
from base64 import b64decode, b64encode
from binascii import Error as NotBase64
from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from commonweal.foundations.look.fields import DayField, needed_at_times

from .actions.comments import CHANNELS
from .columns import LIMITS, PARTS, WORDS, Look, kind_of
from .models import Contribution

#: The page carries the file along, so that nothing of it is kept before the yes: so many letters at most.
LONGEST_CARRIED = 2_200_000
LONGEST_NAME = 80
NOT_WHAT_WE_SENT = _("The page that you sent is not whole. Choose the file again.")


class TooLargeForAPage(forms.ValidationError):
    def __init__(self) -> None:
        super().__init__(
            _("This file is too large for this page. Whoever runs this site can bring it in: import-comments."), "large"
        )


def packed(content: bytes) -> str:
    """The file as the page carries it.

    Raises:
        TooLargeForAPage: it would not come back.
    """
    text = b64encode(zlib.compress(content, 9)).decode()
    if len(text) > LONGEST_CARRIED:
        raise TooLargeForAPage
    return text


def unpacked(text: str) -> bytes:
    """Raises ValidationError where it is not what a page of ours carried, or would grow beyond what we take."""
    try:
        opened = zlib.decompressobj()
        content = opened.decompress(b64decode(text, validate=True), LIMITS.bytes)
    except (NotBase64, ValueError, zlib.error) as wrong:
        raise forms.ValidationError(NOT_WHAT_WE_SENT) from wrong
    if not opened.eof:
        raise forms.ValidationError(NOT_WHAT_WE_SENT)
    return content


class LookForm(forms.Form):
    file = forms.FileField(
        label=_("The file"),
        help_text=_("A CSV or Excel file (.xlsx) with a row for each person, as your form tool saves it."),
        error_messages={"required": _("Choose a file."), "empty": _("There is nothing in this file.")},
    )
    called = forms.CharField(
        label=_("What do you call this survey?"),
        help_text=_(
            "Use the same name when you bring in more of it. Everybody can read how we know: keep it free of names."
        ),
        max_length=LONGEST_NAME,
        error_messages={"required": _("Give the survey a name.")},
    )


class Carried(forms.Form):
    """The file that was looked at, carried along by the page."""

    name = forms.CharField(max_length=200, widget=forms.HiddenInput)
    content = forms.CharField(max_length=LONGEST_CARRIED, widget=forms.HiddenInput)
    called = forms.CharField(max_length=LONGEST_NAME, widget=forms.HiddenInput)

    def clean_content(self) -> bytes:
        return unpacked(self.cleaned_data["content"])


class ColumnsForm(Carried):
    """Which column is what; a question for each column of the file."""

    said_on = needed_at_times(
        DayField(label=_("The day they said it, for all"), required=False, help_text=_("Only where no column says it."))
    )

    def __init__(self, *args: Any, look: Look, guess: Mapping[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.look = look
        for place, header in enumerate(look.headers):
            examples = " · ".join(cell[:60] for cell in look.examples.get(header, ()))
            self.fields[f"column_{place}"] = needed_at_times(
                forms.ChoiceField(
                    label=header,
                    help_text=examples or _("There is nothing in it."),
                    choices=[("", _("Leave it out")), *PARTS.items()],
                    initial=guess.get(header, ""),
                    required=False,
                )
            )
        self.order_fields([*(f"column_{place}" for place in range(len(look.headers))), "said_on"])

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        chosen = ((header, given.get(f"column_{place}") or "") for place, header in enumerate(self.look.headers))
        parts = {header: part for header, part in chosen if part}
        kinds = [kind_of(part) for part in parts.values() if part != WORDS]
        if WORDS not in parts.values():
            self.add_error(None, _("Choose at least one column for “what they said”."))
        if len(kinds) != len(set(kinds)):
            self.add_error(None, _("Only “what they said” may be chosen for more than one column."))
        return given | {"parts": parts}


class KeepForm(Carried):
    """A yes to what the preview showed."""

    parts = forms.CharField(max_length=50_000, widget=forms.HiddenInput)
    said_on = forms.DateField(required=False, widget=forms.HiddenInput)
    digest = forms.CharField(max_length=64, widget=forms.HiddenInput)
    channel = forms.ChoiceField(
        label=_("How did these answers come?"),
        choices=[(each.value, each.label) for each in CHANNELS],
        initial=Contribution.Channel.FORM,
        widget=forms.RadioSelect,
    )
    hold_personal = forms.BooleanField(
        label=_("Hold back those that may tell private things, until somebody has read them."),
        initial=True,
        required=False,
    )

    def __init__(self, *args: Any, any_personal: bool = True, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not any_personal:
            self.fields["hold_personal"].widget = forms.HiddenInput()

    def clean_parts(self) -> dict[str, str]:
        try:
            parts = json.loads(self.cleaned_data["parts"])
        except ValueError as wrong:
            raise forms.ValidationError(NOT_WHAT_WE_SENT) from wrong
        if not isinstance(parts, dict) or not all(part in PARTS for part in parts.values() if isinstance(part, str)):
            raise forms.ValidationError(NOT_WHAT_WE_SENT)
        return {str(header): str(part) for header, part in parts.items()}
