"""Each request has a number: in its answer, in its line, and on the page when all goes wrong."""

import logging
import re

import pytest
from django.test import Client
from django.urls import path

from enishi.kit import trace
from enishi.web import urls
from enishi.web.access import open_to_all
from tests import make


class Lines(logging.Handler):
    def __init__(self):
        super().__init__()
        self.lines = []

    def emit(self, record):
        self.lines.append((trace.current(), record))


@pytest.fixture
def told():
    lines = Lines()
    logger = logging.getLogger("enishi.request")
    before = logger.level
    logger.addHandler(lines)
    logger.setLevel(logging.INFO)
    yield lines.lines
    logger.removeHandler(lines)
    logger.setLevel(before)


@open_to_all
def broken(request):
    raise ValueError(request.GET["secret"])


class Broken:
    urlpatterns = [
        *urls.urlpatterns,
        path("broken/<str:token>/<int:number>/", broken, name="broken"),
    ]
    handler500 = urls.handler500


def test_the_number_of_the_answer_is_that_of_the_line(db, told, client):
    ren = make.ren()
    client.force_login(ren)
    number = client.get("/desk/?q=canary").headers["X-Request-Id"]
    ((seen, line),) = told
    assert re.fullmatch(trace.SHAPE, number)
    assert seen == number
    assert line.facts | {"ms": 0} == {
        "method": "GET",
        "route": "desk",
        "ids": None,
        "status": 200,
        "ms": 0,
        "account": ren.pk,
    }


def test_a_visitors_own_number_counts_for_nothing(db, client):
    given = {"X-Request-Id": "aaaa-bbbb-cccc"}
    assert client.get("/", headers=given).headers["X-Request-Id"] != "aaaa-bbbb-cccc"


def test_a_declared_proxys_number_is_kept_if_it_has_the_shape_of_one(db, client, settings):
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    for given, is_kept in (("aaaa-bbbb-cccc", True), ("a b", False), ("x" * 40, False)):
        answer = client.get("/", headers={"X-Request-Id": given, "X-Forwarded-For": "192.0.2.1"})
        assert (answer.headers["X-Request-Id"] == given) is is_kept


def test_the_page_of_a_broken_view_names_the_number_and_the_log_no_secret(db, told, settings):
    settings.ROOT_URLCONF = Broken
    client = Client(raise_request_exception=False)
    answer = client.get("/broken/a-token/7/?secret=canary")
    number = answer.headers["X-Request-Id"]
    assert answer.status_code == 500
    assert number in answer.content.decode()
    assert {seen for seen, _ in told} == {number}
    assert [line.getMessage() for _, line in told] == ["unexpected exception", "request"]
    assert told[1][1].facts["route"] == "broken"
    assert told[1][1].facts["ids"] == {"number": 7}
