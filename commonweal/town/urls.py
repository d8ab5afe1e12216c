from django.urls import path

from . import views

app_name = "town"

urlpatterns = [
    path("", views.people, name="people"),
    path("sign-in-as/<uuid:uuid>/", views.sign_in_as, name="sign_in_as"),
]
