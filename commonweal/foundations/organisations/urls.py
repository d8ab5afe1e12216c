from django.urls import path

from . import views

app_name = "organisations"

urlpatterns = [
    path("", views.everyone_here, name="everyone_here"),
    path("<uuid:uuid>/", views.organisation, name="organisation"),
    path("services/<uuid:uuid>/head/", views.head, name="head"),
]
