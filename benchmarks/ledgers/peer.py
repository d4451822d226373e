"""A client of django-hordak 2, by its own way in. Runs in the environment of benchmarks/peers.lock:
`peer.py CONNINFO setup` makes its tables and accounts."""

import sys

import django
from django.conf import settings

from client import ACCOUNTS, AMOUNT, serve  # isort: skip  # beside this file, and nothing of ours


def configure(address: dict[str, str]) -> None:
    settings.configure(
        INSTALLED_APPS=[
            "django.contrib.contenttypes",
            "django.contrib.auth",
            "mptt",
            "djmoney",
            "hordak",
        ],
        DATABASES={
            "default": {
                "ENGINE": "django.db.backends.postgresql",
                "NAME": address["dbname"],
                "USER": address["user"],
                "HOST": address["host"],
                "PORT": address.get("port", ""),
                "CONN_MAX_AGE": None,
            }
        },
        CURRENCIES=["JPY"],
        DEFAULT_CURRENCY="JPY",
        HORDAK_INTERNAL_CURRENCY="JPY",
        HORDAK_CURRENCIES=["JPY"],
        DEFAULT_AUTO_FIELD="django.db.models.BigAutoField",
        USE_TZ=True,
    )
    django.setup()


def main() -> None:
    from psycopg.conninfo import conninfo_to_dict

    configure({name: str(value) for name, value in conninfo_to_dict(sys.argv[1]).items()})
    from django.core.management import call_command
    from django.db import transaction
    from hordak.models import Account
    from moneyed import Money

    if sys.argv[-1] == "setup":
        call_command("migrate", verbosity=0)
        for number in range(ACCOUNTS):
            Account.objects.create(
                name=f"payable {number}", code=f"{number:05}", type="LI", currencies=["JPY"]
            )
        return
    accounts = {int(one.code): one for one in Account.objects.all()}

    def move(source: int, target: int) -> None:
        with transaction.atomic():
            accounts[source].transfer_to(accounts[target], Money(AMOUNT, "JPY"))

    serve(move)


if __name__ == "__main__":
    main()
