from django.urls import include, path

from . import api, views

app_name = "front"

urlpatterns = [
    path("", views.home, name="home"),
    path("understand/", views.stage, {"key": "understand"}, name="understand"),
    path("plan/", views.stage, {"key": "plan"}, name="plan"),
    path("do/", views.stage, {"key": "do"}, name="do"),
    path("review/", views.stage, {"key": "review"}, name="review"),
    path("my-day/", views.my_day, name="my_day"),
    path("workbench/", views.bench, name="workbench"),
    path("accessibility/", views.accessibility, name="accessibility"),
    path("privacy/", views.privacy, name="privacy"),
    path("leave/", views.leave, name="leave"),
    path("language/", views.language, name="language"),
    path("colours.css", views.colours_css, name="colours"),
    path("healthz", views.healthz, name="healthz"),
    path("api/", views.about_api, name="api"),
    path("api/", include(api.urlpatterns)),
]
