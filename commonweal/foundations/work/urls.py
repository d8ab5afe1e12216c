from django.urls import path

from . import views

app_name = "work"

urlpatterns = [path("jobs/<uuid:uuid>/", views.job, name="job")]
