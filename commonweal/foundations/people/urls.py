from django.urls import path

from .views import door, own, stewards

app_name = "people"

urlpatterns = [
    path("sign-in/", door.sign_in, name="sign_in"),
    path("sign-in/code/", door.code, name="code"),
    path("sign-in/password/", door.sign_in_by_password, name="sign_in_by_password"),
    path("sign-out/", door.sign_out, name="sign_out"),
    path("join/", door.join, name="join"),
    path("me/", own.me, name="person"),
    path("me/contact/", own.contact, name="contact"),
    path("me/password/", own.password, name="password"),
    path("me/everything/", own.take_everything, name="take_everything"),
    path("me/leave/", own.leave, name="leave"),
    path("me/consents/<uuid:uuid>/withdraw/", own.withdraw_consent, name="withdraw_consent"),
    path("everybody/", stewards.everybody, name="everybody"),
    path("everybody/<uuid:uuid>/", stewards.card, name="card"),
    path("everybody/<uuid:uuid>/entrust/", stewards.entrust, name="entrust"),
    path("everybody/<uuid:uuid>/forget/", stewards.forget, name="forget"),
    path("roles/<uuid:uuid>/withdraw/", stewards.withdraw_role, name="withdraw_role"),
]

#: The same doors under the names by which allauth knows them, for its own redirects; the site includes them without our
#: prefix. No other page of allauth's is reachable.
NAMES_OF_ALLAUTH = [
    path("sign-in/password/", door.sign_in_by_password, name="account_login"),
    path("sign-in/", door.sign_in, name="account_request_login_code"),
    path("sign-in/code/", door.code, name="account_confirm_login_code"),
    path("join/", door.join, name="account_signup"),
]
