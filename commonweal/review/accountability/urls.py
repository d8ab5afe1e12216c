from django.urls import path

from . import views

app_name = "accountability"

urlpatterns = [
    path("", views.account, name="account"),
    path("thread/", views.from_step, name="from_step"),
    path("thread/<uuid:uuid>/", views.thread, name="thread"),
]
