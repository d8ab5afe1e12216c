from django.urls import path

from . import views

app_name = "thread"

urlpatterns = [
    path("<uuid:uuid>/", views.step, name="step"),
    path("<uuid:uuid>/story/", views.story, name="story"),
]
