"""How the rooms below the thread are called in its titles. Rooms above it say so themselves."""

from commonweal.foundations.organisations import queries as organisations
from commonweal.foundations.people import queries as people

from . import kinds

kinds.name_by("people", "person", people.public_names)
kinds.name_by("organisations", "organisation", organisations.names)
kinds.name_by("organisations", "service", organisations.service_names)
