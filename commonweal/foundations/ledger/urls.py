from django.urls import path

from . import views

app_name = "ledger"

urlpatterns = [
    path("accounts/<uuid:uuid>/", views.account, name="account"),
    path("postings/<uuid:uuid>/", views.journal, name="journal"),
    path("payments/<uuid:uuid>/", views.payment, name="payment"),
    path("payments/<uuid:uuid>/authorise/", views.authorise, name="authorise"),
]
