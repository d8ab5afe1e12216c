from django.urls import path

from .views import books, paying, payments

app_name = "ledger"

urlpatterns = [
    path("accounts/<uuid:uuid>/", books.account, name="account"),
    path("postings/<uuid:uuid>/", books.journal, name="journal"),
    path("payments/<uuid:uuid>/", payments.payment, name="payment"),
    path("payments/<uuid:uuid>/authorise/", payments.authorise, name="authorise"),
    path("payments/<uuid:uuid>/decline/", payments.decline, name="decline"),
    path("payments/<uuid:uuid>/withdraw/", payments.withdraw, name="withdraw"),
    path("payments/<uuid:uuid>/failed/", paying.failed, name="failed"),
    path("to-send/", paying.to_send, name="to_send"),
    path("files/<uuid:uuid>/", paying.dispatch, name="dispatch"),
    path("files/<uuid:uuid>/payments.csv", paying.dispatch_file, name="dispatch_file"),
    path("outcomes/", paying.outcomes, name="outcomes"),
    path("outcomes/not-ours/", paying.strays, name="strays"),
]
