"""The provider of the payments' tests, for whom the office holds the books together."""

from tests.payments.conftest import (  # noqa: F401  # pytest finds them by name
    _box,
    _http,
    fresh_provider,
    hana,
    ren,
    wait,
)
