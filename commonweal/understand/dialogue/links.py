"""Whose receipt opens what: four words open a contributor's own line."""

from commonweal.foundations.notices import links

from .views import line_of

links.open_receipt("dialogue", "contribution", line_of)
