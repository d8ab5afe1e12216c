from django.urls import path

from . import views
from .views import ballot, maps

app_name = "dialogue"

urlpatterns = [
    path("", views.conversations, name="conversations"),
    path("open/", views.open_conversation, name="open"),
    path("desk/", views.desk, name="desk"),
    path("desk/merge/", views.merge, name="merge"),
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
    path("suggestions/<uuid:uuid>/vote/", views.put_to_the_vote, name="put_to_the_vote"),
    path("suggestions/<uuid:uuid>/close/", views.close_statement, name="close_statement"),
    path("themes/<uuid:uuid>/", views.theme, name="theme"),
    path("themes/<uuid:uuid>/split/", views.split, name="split"),
    path("<uuid:uuid>/", views.conversation, name="conversation"),
    path("<uuid:uuid>/map/", views.opinion_map, name="map"),
    path("<uuid:uuid>/poster/", views.poster, name="poster"),
    path("<uuid:uuid>/invite/", views.invite, name="invite"),
    path("<uuid:uuid>/themes/", views.themes, name="themes"),
    path("<uuid:uuid>/suggest/", views.suggest, name="suggest"),
    path("<uuid:uuid>/key-in/", views.key_in, name="key_in"),
    path("points/<uuid:uuid>/take-back/", views.take_back_point, name="take_back_point"),
    path("<uuid:uuid>/briefing/", views.briefing, name="briefing"),
    path("<uuid:uuid>/statements/", views.statements, name="statements"),
    path("open-data/<uuid:uuid>/", views.open_set, name="open_set"),
    path("open-data/<uuid:uuid>.zip", views.open_set_file, name="open_set_file"),
    path("open-data/<uuid:uuid>.json", views.open_set_json, name="open_set_json"),
    path("open-data/<uuid:uuid>/take-back/", views.take_back_open_set, name="take_back_open_set"),
    path("<uuid:uuid>/publish/", views.publish_open_set, name="publish_open_set"),
    path("<uuid:uuid>/take-away/", views.take_away, name="take_away"),
    path("<uuid:uuid>/bring-in/", views.bring_in, name="bring_in"),
    path("<uuid:uuid>/log/", views.log, name="log"),
    path("<uuid:uuid>/moderation/", views.change_moderation, name="change_moderation"),
    path("<uuid:uuid>/close/", views.close, name="close"),
]

#: The short addresses on posters: /c/word-word/ and what belongs to it.
BALLOT = (
    [
        path("<slug:code>/", ballot.vote, name="vote"),
        path("<slug:code>/cast/", ballot.cast, name="cast"),
        path("<slug:code>/say/", ballot.say, name="say"),
        path("<slug:code>/about/", ballot.about, name="about"),
        path("<slug:code>/mine/", ballot.mine, name="mine"),
        path("<slug:code>/map/", maps.own_map, name="map"),
        path("<slug:code>/save/", ballot.save, name="save"),
        path("<slug:code>/leave/", ballot.leave, name="leave"),
    ],
    "ballot",
)
