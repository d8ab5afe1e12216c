"""Every address of the house. Addresses follow the folders."""

from django.urls import include, path

from commonweal.foundations.people import urls as people
from commonweal.understand.dialogue import urls as dialogue

urlpatterns = [
    path("people/", include("commonweal.foundations.people.urls")),
    path("people/", include(people.NAMES_OF_ALLAUTH)),
    path("places/", include("commonweal.foundations.places.urls")),
    path("organisations/", include("commonweal.foundations.organisations.urls")),
    path("thread/", include("commonweal.foundations.thread.urls")),
    path("notices/", include("commonweal.foundations.notices.urls")),
    path("ledger/", include("commonweal.foundations.ledger.urls")),
    path("decisions/", include("commonweal.foundations.decisions.urls")),
    path("published/", include("commonweal.foundations.publishing.urls")),
    path("work/", include("commonweal.foundations.work.urls")),
    path("audit/", include("commonweal.foundations.audit.urls")),
    path("understand/dialogue/", include("commonweal.understand.dialogue.urls")),
    path("c/", include(dialogue.BALLOT)),
    path("plan/outcomes/", include("commonweal.plan.outcomes.urls")),
    path("do/initiatives/", include("commonweal.do.initiatives.urls")),
    path("review/learning/", include("commonweal.review.learning.urls")),
    path("review/accountability/", include("commonweal.review.accountability.urls")),
    path("town/", include("commonweal.town.urls")),
    path("", include("commonweal.front.urls")),
]

handler400 = "commonweal.foundations.look.errors.bad_request"
handler403 = "commonweal.foundations.look.errors.not_allowed"
handler404 = "commonweal.foundations.look.errors.not_found"
handler500 = "commonweal.foundations.look.errors.fault"
