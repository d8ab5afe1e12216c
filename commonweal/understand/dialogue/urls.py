from django.urls import path

from . import views

app_name = "dialogue"

urlpatterns = [
    path("", views.conversations, name="conversations"),
    path("open/", views.open_conversation, name="open"),
    path("desk/", views.desk, name="desk"),
    path("mine/", views.own, name="own"),
    path("moderation/", views.moderation, name="moderation"),
    path("moderation/policy/", views.policy, name="policy"),
    path("moderation/policy/write/", views.write_policy, name="write_policy"),
    path("moderation/rules/", views.word_rules, name="word_rules"),
    path("numbers/", views.numbers, name="numbers"),
    path("care/", views.care, name="care"),
    path("care/<uuid:uuid>/", views.concern, name="concern"),
    path("care/<uuid:uuid>/settle/", views.settle, name="settle"),
    path("suggestions/<uuid:uuid>/", views.contribution, name="contribution"),
    path("suggestions/<uuid:uuid>/hold/", views.hold, name="hold"),
    path("suggestions/<uuid:uuid>/release/", views.release, name="release"),
    path("suggestions/<uuid:uuid>/flag/", views.flag, name="flag"),
    path("suggestions/<uuid:uuid>/keep-private/", views.keep_private, name="keep_private"),
    path("suggestions/<uuid:uuid>/take-up/", views.take_up, name="take_up"),
    path("themes/<uuid:uuid>/", views.theme, name="theme"),
    path("<uuid:uuid>/", views.conversation, name="conversation"),
    path("<uuid:uuid>/themes/", views.themes, name="themes"),
    path("<uuid:uuid>/suggest/", views.suggest, name="suggest"),
    path("<uuid:uuid>/key-in/", views.key_in, name="key_in"),
    path("<uuid:uuid>/log/", views.log, name="log"),
    path("<uuid:uuid>/moderation/", views.change_moderation, name="change_moderation"),
    path("<uuid:uuid>/close/", views.close, name="close"),
]
