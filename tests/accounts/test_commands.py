"""PE1–PE7: joining, acting, being stopped, leaving."""

from datetime import UTC, datetime, timedelta

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.db import DatabaseError, IntegrityError, transaction

from enishi.accounts import commands, demo
from enishi.accounts.models import Account, Consent
from enishi.events.models import Event
from enishi.kit.errors import Refused

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 4, 1, 3, 0, tzinfo=UTC)
VERSIONS = {"terms": "2026-11-22", "privacy": "2026-10-01"}


def join(email="ren@enishi.example", **changes):
    said = {"name": "蓮", "role": "worker", "language": "ja", "version": VERSIONS, "at": NOON}
    return commands.sign_up(email, "a-long-password", **said | changes)


def test_pe7_joining_records_the_versions_one_agreed_to_and_the_statement_of_age():
    account = join()

    given = Consent.objects.filter(account=account).values_list("text", "version", "at")
    assert set(given) == {
        ("terms", "2026-11-22", NOON),
        ("privacy", "2026-10-01", NOON),
        ("age", "2026-11-22", NOON),
    }
    assert account.joined_at == NOON
    assert Event.objects.get(name="account.joined").by_id == account.pk


def test_pe7_a_guardians_consent_is_recorded_as_such():
    account = join(statement="guardian")

    assert account.consents.filter(text="guardian").exists()
    assert not account.consents.filter(text="age").exists()


def test_pe7_nobody_joins_without_a_statement_of_age():
    with pytest.raises(Refused, match=r"account\.age_not_stated"):
        join(statement="")


def test_consents_cannot_be_rewritten():
    join()

    with pytest.raises(DatabaseError), transaction.atomic():
        Consent.objects.update(version="1900-01-01")


def test_an_address_belongs_to_one_account_whatever_its_case():
    join("Ren@Enishi.example")

    with pytest.raises(IntegrityError), transaction.atomic():
        join("REN@enishi.example")


def test_i7_a_name_nobody_can_read_is_refused():
    with pytest.raises(Refused, match=r"account\.name_unreadable"):
        join(name="\u202e蓮")
    with pytest.raises(Refused, match=r"account\.name_too_long"):
        commands.rename(by=join(), name="長" * 61)


def test_pe4_suspending_ends_every_session_for_good():
    account = join()
    before = account.get_session_auth_hash()

    commands.suspend(account.pk, by=None, at=NOON, reason="確認中です")
    suspended = Account.objects.get(pk=account.pk)
    assert not suspended.is_active
    assert suspended.get_session_auth_hash() != before
    commands.restore(account.pk, by=None, at=NOON, reason="確認できました")
    assert Account.objects.get(pk=account.pk).get_session_auth_hash() != before


def test_pe4_suspending_needs_a_reason_that_the_person_reads():
    account = join()

    with pytest.raises(Refused, match=r"account\.reason_missing"):
        commands.suspend(account.pk, by=None, at=NOON, reason=" ")
    with pytest.raises(IntegrityError, match="account_suspension"), transaction.atomic():
        Account.objects.update(is_active=False, suspended_at=NOON)


def test_pe1_one_account_acts_in_either_role():
    account = join()

    assert commands.switch_role(by=account, role="client").role == "client"
    with pytest.raises(Refused, match=r"account\.role_unknown"):
        commands.switch_role(by=account, role="office")


def test_pe6_leaving_is_refused_while_a_deal_is_open_and_says_which():
    account = join()

    with pytest.raises(Refused, match=r"account\.still_open") as refused:
        commands.close(by=account, at=NOON, still_open=lambda _: ["道の駅の記事", "ロゴ"])
    assert refused.value.facts["what"] == "道の駅の記事 / ロゴ"


def test_pe6_who_left_is_gone_but_remembered():
    account = join()

    commands.close(by=account, at=NOON, still_open=lambda _: [])

    left = Account.objects.get(pk=account.pk)
    assert (left.is_active, left.closed_at, left.name) == (False, NOON, "蓮")
    with pytest.raises(Account.DoesNotExist):
        commands.close(by=account, at=NOON, still_open=lambda _: [])


def test_pe2_the_first_office_person_of_a_market_signs_in_without_a_mail_server():
    account = commands.appoint("mio@enishi.example", "operator", at=NOON, password="tsukikage-9")

    assert account.office_grade == "operator"
    assert EmailAddress.objects.get(user=account, primary=True).verified


def test_pe2_a_grade_nobody_knows_is_refused():
    with pytest.raises(Refused, match=r"account\.grade_unknown"):
        commands.appoint("mio@enishi.example", "king", at=NOON, password="tsukikage-9")


def test_the_people_of_the_demo_can_sign_in_at_once():
    for person in demo.PEOPLE:
        account = demo.join(person, at=NOON, version=VERSIONS)

        assert account.check_password(demo.PASSWORD)
        assert EmailAddress.objects.get(user=account).verified
        assert Authenticator.objects.filter(user=account).exists() is bool(person.grade)
        assert account.office_grade == person.grade


def test_a_demo_person_joins_once():
    first = demo.join(demo.person("mio"), at=NOON, version=VERSIONS)

    assert demo.join(demo.person("mio"), at=NOON, version=VERSIONS) == first


def test_a_live_market_never_has_people_with_public_passwords(monkeypatch):
    monkeypatch.setattr(settings, "LIVE", True)

    with pytest.raises(RuntimeError, match="public passwords"):
        demo.join(demo.person("hana"), at=NOON, version=VERSIONS)


def test_coming_back_after_weeks_is_an_event_and_every_day_is_not():
    ren = join()
    for days in (0, 1, 20, 48):
        ren.refresh_from_db()
        commands.come(by=ren, at=NOON + timedelta(days=days))

    assert Event.objects.filter(name="account.returned").count() == 2
