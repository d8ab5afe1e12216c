"""The same doors under the names by which allauth knows them, for its own redirects. No page but ours is reachable."""

from django.urls import path

from .views import door

urlpatterns = [
    path("sign-in/password/", door.sign_in_by_password, name="account_login"),
    path("sign-in/", door.sign_in, name="account_request_login_code"),
    path("sign-in/code/", door.code, name="account_confirm_login_code"),
    path("join/", door.join, name="account_signup"),
]
