"""Pages that serve links for a single purpose."""

from commonweal.foundations.notices import links

from . import views

links.serve("decisions.draft", views.draft_by_link)
links.serve("decisions.assent", views.assent_by_link)
