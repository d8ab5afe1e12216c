"""One writer of django-hordak, run by `run.py` in the peer's own environment: `transfer_to` in one transaction each."""

import os
import sys

from django.conf import settings

NAME, SOCKET, PORT = os.environ["BENCH_DATABASE"], os.environ["BENCH_SOCKET"], os.environ["BENCH_PORT"]
settings.configure(
    SECRET_KEY="only for measuring",
    INSTALLED_APPS=["django.contrib.auth", "django.contrib.contenttypes", "mptt", "hordak"],
    DATABASES={
        "default": {
            "ENGINE": "django.db.backends.postgresql",
            "NAME": NAME,
            "USER": "postgres",
            "HOST": SOCKET,
            "PORT": PORT,
            "CONN_MAX_AGE": None,
        }
    },
    DEFAULT_AUTO_FIELD="django.db.models.AutoField",
    CURRENCIES=["GBP"],
    DEFAULT_CURRENCY="GBP",
    USE_TZ=True,
)

import django  # noqa: E402

django.setup()

from django.db import connection, transaction  # noqa: E402
from hordak.models import Account  # noqa: E402
from moneyed import Money  # noqa: E402
from timing import drive  # noqa: E402


def main() -> None:
    if sys.argv[1] == "prepare":
        from django.core.management import call_command

        call_command("migrate", verbosity=0)
        for number in range(int(sys.argv[2])):
            Account.objects.create(name=f"Account {number}", code=f"{number:03}", type="AS", currencies=["GBP"])
        return
    accounts = list(Account.objects.order_by("id"))

    def transfer(one: int, other: int) -> None:
        with transaction.atomic():
            accounts[one].transfer_to(accounts[other], Money("0.01", "GBP"), description="measured")

    drive(transfer, len(accounts), connection)


if __name__ == "__main__":
    main()
