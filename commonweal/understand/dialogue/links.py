"""Whose receipt opens what: four words open a contributor's own line, and bring a participant back."""

from commonweal.foundations.notices import links

from .views import line_of
from .views.ballot import come_back

links.open_receipt("dialogue", "contribution", line_of)
links.open_receipt("dialogue", "participant", come_back)
