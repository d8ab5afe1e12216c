from django.urls import path

from . import views

app_name = "notices"

urlpatterns = [
    path("", views.wishes, name="wishes"),
    path("link/<str:token>/", views.by_link, name="by_link"),
    path("saved/", views.saved, name="saved"),
    path("receipt/", views.receipt, name="receipt"),
    path("line/", views.line, name="line"),
    path("stop/<str:signed>/", views.stop, name="stop"),
    path("follow/<uuid:uuid>/", views.follow, name="follow"),
    path("unfollow/<uuid:uuid>/", views.unfollow, name="unfollow"),
    path("letters/", views.letters, name="letters"),
    path("letters/<uuid:uuid>/", views.letter, name="letter"),
    path("letters/<uuid:uuid>/posted/", views.posted, name="posted"),
    path("failures/", views.failures, name="failures"),
    path("failures/<uuid:uuid>/", views.failure, name="failure"),
    path("failures/<uuid:uuid>/seen-to/", views.seen_to, name="seen_to"),
]
