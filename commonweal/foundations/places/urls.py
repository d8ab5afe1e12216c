from django.urls import path

from . import views

app_name = "places"

urlpatterns = [
    path("", views.map_of_areas, name="map"),
    path("<uuid:uuid>/", views.area, name="area"),
]
