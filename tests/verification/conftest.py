"""Sealed files lie in a folder of the test's own, and a real sandbox carries messages."""

import httpx
import pytest


@pytest.fixture(autouse=True)
def sealed(settings, tmp_path):
    settings.SEALED_ROOT = tmp_path / "sealed"
    return settings.SEALED_ROOT


@pytest.fixture(scope="package")
def service(tmp_path_factory):
    import sandbox

    with sandbox.running(data=tmp_path_factory.mktemp("sandbox")) as running:
        yield running


class Messages:
    """The levers of the service, and what it took."""

    def __init__(self, running):
        headers = {"authorization": f"Bearer {running.key}"}
        self.http = httpx.Client(base_url=running.url, headers=headers, trust_env=False)
        self.http.post("/_control/shapes/none").raise_for_status()
        self.before = len(self._all())

    def shape(self, name, **more):
        form = {"name": name, "path": "/v1/messages", "seconds": "1"} | more
        self.http.post("/_control/shapes", data=form).raise_for_status()

    def _all(self):
        return self.http.get("/_control/messages").json()["data"]

    def taken(self):
        """Of this test, the newest first."""
        found = self._all()
        return found[: len(found) - self.before]


@pytest.fixture
def messages(settings, service):
    settings.SMS = {
        "by": "http",
        "url": service.url,
        "key": service.key,
        "sender": "Enishi",
        "seconds": 0.4,
    }
    found = Messages(service)
    yield found
    found.http.close()
