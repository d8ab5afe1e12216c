from django.urls import path

from . import views
from .views import ballot, learning, monitoring, report, statutory

app_name = "dialogue"

urlpatterns = [
    path("", views.conversations, name="conversations"),
    path("open/", views.open_conversation, name="open"),
    path("desk/", views.desk, name="desk"),
    path("mine/", views.own, name="own"),
    path("suggestions/<uuid:uuid>/", views.contribution, name="contribution"),
    path("suggestions/<uuid:uuid>/hold/", views.hold, name="hold"),
    path("suggestions/<uuid:uuid>/release/", views.release, name="release"),
    path("suggestions/<uuid:uuid>/take-up/", views.take_up, name="take_up"),
    path("suggestions/<uuid:uuid>/vote/", views.put_to_the_vote, name="put_to_the_vote"),
    path("suggestions/<uuid:uuid>/close/", views.close_statement, name="close_statement"),
    path("themes/<uuid:uuid>/", views.theme, name="theme"),
    path("<uuid:uuid>/", views.conversation, name="conversation"),
    path("<uuid:uuid>/themes/", views.themes, name="themes"),
    path("<uuid:uuid>/suggest/", views.suggest, name="suggest"),
    path("<uuid:uuid>/key-in/", views.key_in, name="key_in"),
    path("<uuid:uuid>/statements/", views.statements, name="statements"),
    path("<uuid:uuid>/close/", views.close, name="close"),
    path("<uuid:uuid>/learned/", learning.learned, name="learned"),
    path("<uuid:uuid>/learned/say/", learning.say_what_was_learned, name="say_what_was_learned"),
    path("<uuid:uuid>/pledge/", learning.make_pledge, name="make_pledge"),
    path("pledges/<uuid:uuid>/", learning.pledge, name="pledge"),
    path("pledges/<uuid:uuid>/became/", learning.say_what_became, name="say_what_became"),
    path("<uuid:uuid>/consultation/", statutory.consultation, name="consultation"),
    path("<uuid:uuid>/consultation.docx", statutory.consultation_docx, name="consultation_docx"),
    path("<uuid:uuid>/consultation/duty/", statutory.follow_a_duty, name="follow_a_duty"),
    path("<uuid:uuid>/consultation/evidence/", statutory.keep_evidence, name="keep_evidence"),
    path("<uuid:uuid>/consultation/read/", statutory.consider, name="consider"),
    path("evidence/<uuid:uuid>/take-back/", statutory.take_evidence_back, name="take_evidence_back"),
    path("<uuid:uuid>/report/", report.report, name="report"),
    path("<uuid:uuid>/report.docx", report.report_docx, name="report_docx"),
    path("<uuid:uuid>/report/keep/", report.keep_report, name="keep_report"),
]

#: The short addresses on posters: /c/word-word/ and what belongs to it.
BALLOT = (
    [
        path("<slug:code>/", ballot.vote, name="vote"),
        path("<slug:code>/cast/", ballot.cast, name="cast"),
        path("<slug:code>/say/", ballot.say, name="say"),
        path("<slug:code>/about/", ballot.about, name="about"),
        path("<slug:code>/mine/", ballot.mine, name="mine"),
        path("<slug:code>/save/", ballot.save, name="save"),
        path("<slug:code>/leave/", ballot.leave, name="leave"),
        path("<slug:code>/questions/", learning.two_questions, name="two_questions"),
        path("<slug:code>/about-you/", monitoring.about_you, name="about_you"),
    ],
    "ballot",
)
