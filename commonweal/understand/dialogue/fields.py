"""Fields of this room's forms."""

from __future__ import annotations

from typing import Any

from django import forms

from commonweal.foundations.verbs.refusals import Refusal

from .wording import clean


class WordsField(forms.CharField):
    """People's own words, cleaned as the verbs clean them, so that a fault is told beside the field."""

    def __init__(self, *, longest: int, rows: int = 5, **kwargs: Any) -> None:
        kwargs.setdefault("widget", forms.Textarea(attrs={"rows": rows, "maxlength": longest}))
        super().__init__(strip=False, **kwargs)
        self.longest = longest

    def clean(self, value: Any) -> str:
        words = super().clean(value)
        try:
            return clean(words, longest=self.longest) if words.strip() or self.required else ""
        except Refusal as refusal:
            raise forms.ValidationError(str(refusal.plainly), "unusable") from refusal
