from django.urls import path

from . import views

app_name = "dialogue"

urlpatterns = [
    path("", views.conversations, name="conversations"),
    path("open/", views.open_conversation, name="open"),
    path("desk/", views.desk, name="desk"),
    path("desk/merge/", views.merge, name="merge"),
    path("mine/", views.own, name="own"),
    path("suggestions/<uuid:uuid>/", views.contribution, name="contribution"),
    path("suggestions/<uuid:uuid>/hold/", views.hold, name="hold"),
    path("suggestions/<uuid:uuid>/release/", views.release, name="release"),
    path("suggestions/<uuid:uuid>/take-up/", views.take_up, name="take_up"),
    path("themes/<uuid:uuid>/", views.theme, name="theme"),
    path("themes/<uuid:uuid>/split/", views.split, name="split"),
    path("<uuid:uuid>/", views.conversation, name="conversation"),
    path("<uuid:uuid>/themes/", views.themes, name="themes"),
    path("<uuid:uuid>/suggest/", views.suggest, name="suggest"),
    path("<uuid:uuid>/key-in/", views.key_in, name="key_in"),
    path("<uuid:uuid>/close/", views.close, name="close"),
]
