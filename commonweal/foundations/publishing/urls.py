from django.urls import path

from . import copies, views

app_name = "publishing"

urlpatterns = [
    path("", views.measures, name="measures"),
    path("measures/<uuid:uuid>/", views.measure, name="measure"),
    path("measures/<uuid:uuid>.csv", views.measure_csv, name="measure_csv"),
    path("measures/<uuid:uuid>.json", views.measure_json, name="measure_json"),
    path("findings/", views.findings, name="findings"),
    path("findings/<uuid:uuid>/", views.finding, name="finding"),
    path("copies/<uuid:uuid>/", copies.copy, name="copy"),
    path("copies/<uuid:uuid>.docx", copies.copy_docx, name="copy_docx"),
    path("feed.atom", views.feed, name="feed"),
    path("feed.json", views.feed_json, name="feed_json"),
]
