from django.urls import path

from .views import funds, hours, initiatives, payments

app_name = "initiatives"

urlpatterns = [
    path("", initiatives.initiatives, name="initiatives"),
    path("begin/", initiatives.begin, name="begin"),
    path("<uuid:uuid>/", initiatives.initiative, name="initiative"),
    path("<uuid:uuid>/hand-over/", initiatives.hand_over, name="hand_over"),
    path("<uuid:uuid>/join/", initiatives.join, name="join"),
    path("partners/<uuid:uuid>/yes/", initiatives.say_yes, name="say_yes"),
    path("partners/<uuid:uuid>/no/", initiatives.say_no, name="say_no"),
    path("partners/<uuid:uuid>/leave/", initiatives.leave, name="leave"),
    path("<uuid:uuid>/tasks/", initiatives.adopt, name="adopt"),
    path("<uuid:uuid>/purse/", funds.open_fund, name="open_fund"),
    path("purses/<uuid:uuid>/", funds.fund, name="fund"),
    path("purses/<uuid:uuid>/put-in/", funds.contribute, name="contribute"),
    path("purses/<uuid:uuid>/pay/", funds.pay, name="pay"),
    path("purses/<uuid:uuid>/hours/", hours.give_hours, name="give_hours"),
    path("hours/<uuid:uuid>/", hours.hours, name="hours"),
    path("hours/<uuid:uuid>/confirm/", hours.confirm, name="confirm_hours"),
    path("hours/<uuid:uuid>/no/", hours.decline, name="decline_hours"),
    path("hours/<uuid:uuid>/take-back/", hours.take_back, name="take_back_hours"),
    path("payments/<uuid:uuid>/send/", payments.send, name="send"),
    path("payments/<uuid:uuid>/paid/", payments.paid, name="paid"),
]
