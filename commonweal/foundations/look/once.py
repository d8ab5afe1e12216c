"""A form that counts once, however often it is sent: by a double click, by going back, by a bad line.

Each form that we show has a number of its own. The verb keeps it in a UNIQUE column: the same number with the same
words is answered as before, with others it is refused.
"""

from uuid import uuid4

from django import forms


class Once(forms.Form):
    sent_as = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)
