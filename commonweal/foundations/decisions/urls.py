from django.urls import path

from . import views

app_name = "decisions"

urlpatterns = [
    path("", views.decisions, name="decisions"),
    path("new/", views.decide, name="decide"),
    path("desk/", views.desk, name="desk"),
    path("desk/publish/", views.publish_together, name="publish_together"),
    path("desk/<uuid:uuid>/", views.see_to, name="see_to"),
    path("desk/<uuid:uuid>/assign/", views.assign, name="assign"),
    path("desk/<uuid:uuid>/write/", views.write, name="write"),
    path("desk/<uuid:uuid>/extend/", views.extend, name="extend"),
    path("desk/<uuid:uuid>/send-back/", views.send_back, name="send_back"),
    path("desk/<uuid:uuid>/clear/", views.clear, name="clear"),
    path("desk/<uuid:uuid>/publish/", views.publish, name="publish"),
    path("owed/<uuid:uuid>/", views.owed, name="owed"),
    path("answers/<uuid:uuid>/", views.answer, name="answer"),
    path("answers/<uuid:uuid>/reply/", views.reply, name="reply_to"),
    path("asked/<uuid:uuid>/", views.asking, name="asking"),
    path("asked/<uuid:uuid>/key-in/", views.key_in_assent, name="key_in_assent"),
    path("assents/<uuid:uuid>/", views.assent, name="assent"),
    path("<uuid:uuid>/", views.decision, name="decision"),
    path("<uuid:uuid>/whose-words/", views.say_whose, name="say_whose"),
]
