"""Pages that serve links for a single purpose, and what their mail says."""

from commonweal.foundations.notices import links

from . import requests, views

links.news("decisions.draft", requests.what_became_of_it)
links.serve("decisions.draft", views.draft_by_link, asks=requests.to_draft)
links.serve("decisions.chase", views.chase_by_link, asks=requests.to_chase)
links.serve("decisions.assent", views.assent_by_link, asks=requests.to_assent)
