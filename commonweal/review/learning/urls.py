from django.urls import path

from . import views

app_name = "learning"

urlpatterns = [
    path("", views.lessons, name="lessons"),
    path("keep/", views.keep, name="keep"),
    path("<uuid:uuid>/", views.lesson, name="lesson"),
]
