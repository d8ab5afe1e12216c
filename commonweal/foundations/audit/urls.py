from django.urls import path

from . import views

app_name = "audit"

urlpatterns = [
    path("", views.heads, name="heads"),
    path("heads.json", views.heads_json, name="heads_json"),
    path("head.txt", views.latest_head, name="latest_head"),
    path("trail/", views.trail, name="trail"),
    path("redactions/", views.redactions, name="redactions"),
    path("redactions/<uuid:uuid>/", views.redaction, name="redaction"),
    path("words/<uuid:uuid>/", views.words, name="words"),
]
