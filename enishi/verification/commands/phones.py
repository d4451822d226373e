"""A person shows that a phone number is theirs: a code goes there by text message and comes back.

In three phases, as money moves: the code is intended and committed, then the service is called
outside any transaction, then what it said is written down. What a service left open stays usable:
the message may have arrived.
"""

import hmac
from datetime import datetime, timedelta

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils import translation
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from enishi.accounts.models import Account
from enishi.kit.errors import Refused
from enishi.verification import numbers, policy, texting
from enishi.verification.lifecycle import CODE, USABLE
from enishi.verification.models import PhoneCode, Verification

from . import ending
from .asking import approve_at_once

SALT = "enishi.verification.codes"
A_DAY, AN_HOUR = timedelta(days=1), timedelta(hours=1)


def ask_code(number: str, *, by: Account, real: datetime) -> PhoneCode:
    """Send a code to this mobile number. Its row stays `created` where nobody knows whether the
    message went out; asked again, the very same message is sent with the same key.

    Raises Refused `phone.…`: no_messages, not_mobile, too_soon, too_often, busy, refused."""
    if not texting.is_there():
        raise Refused.because("phone.no_messages")
    plain = policy.phone(number)
    if not plain:
        raise Refused.because("phone.not_mobile")
    code = intend(plain, by=by, real=real)
    try:
        carrier = texting.carrier()
        key = f"{code.pk}-{code.failures}"
        carrier.send(to=plain, text=_text(code, by.language), key=key)
    except texting.Unavailable as trouble:
        if trouble.is_answered:  # the next time with another key, and the same words
            PhoneCode.objects.filter(pk=code.pk).update(failures=F("failures") + 1)
        return code
    except texting.Declined as declined:
        _note(code, "fail")
        why = "busy" if declined.code == "busy" else "refused"
        raise Refused.because(f"phone.{why}") from None
    return _note(code, "send")


@transaction.atomic(durable=True)
def intend(number: str, *, by: Account, real: datetime) -> PhoneCode:
    """A code for this number in E.164, before anybody was asked to carry it."""
    account = Account.objects.select_for_update().get(pk=by.pk, is_active=True)
    digest = numbers.digest(number)
    last = PhoneCode.objects.filter(account=account).order_by("-made_at").first()
    if last and last.digest == digest and last.status == "created" and real < last.until:
        return last
    _throttle(account, digest, last, real)
    return PhoneCode.objects.create(
        account=account,
        sealed=numbers.seal(number),
        digest=digest,
        masked=policy.masked(number),
        made_at=real,
        until=real + policy.CODE_LASTS,
    )


def _throttle(account: Account, digest: str, last: PhoneCode | None, real: datetime) -> None:
    """Messages cost money, and a phone that rings all day is an attack of its own."""
    if last and real < last.made_at + policy.BETWEEN_CODES and last.status != "failed":
        raise Refused.because("phone.too_soon")
    mine = PhoneCode.objects.filter(account=account)
    there = PhoneCode.objects.filter(digest=digest, made_at__gt=real - A_DAY)
    if (
        mine.filter(made_at__gt=real - AN_HOUR).count() >= policy.CODES_AN_HOUR
        or mine.filter(made_at__gt=real - A_DAY).count() >= policy.CODES_A_DAY
        or there.count() >= policy.CODES_FOR_A_NUMBER
    ):
        raise Refused.because("phone.too_often")


@transaction.atomic
def _note(code: PhoneCode, verb: str) -> PhoneCode:
    """Unless it was typed in meanwhile: then nothing is left to note."""
    found = PhoneCode.objects.select_for_update().get(pk=code.pk)
    if CODE.can(found.status, verb):
        found.status = CODE.after(found.status, verb)
        found.save(update_fields=["status"])
    return found


def digits_of(code: PhoneCode) -> str:
    """What the message says: made from the row's id, so that it is kept nowhere."""
    drawn = salted_hmac(SALT, str(code.pk), algorithm="sha256").digest()
    return f"{int.from_bytes(drawn[:8]) % 10**policy.CODE_DIGITS:0{policy.CODE_DIGITS}}"


def _text(code: PhoneCode, language: str) -> str:
    with translation.override(language):
        said = _("Enishi: your code is %(code)s. It is valid for %(minutes)s minutes.")
        minutes = int(policy.CODE_LASTS.total_seconds()) // 60
        return said % {"code": digits_of(code), "minutes": minutes}


def waiting_code(account: Account, *, real: datetime) -> PhoneCode | None:
    """The code that this person may type in now."""
    rows = PhoneCode.objects.filter(account=account, status__in=USABLE, until__gt=real)
    return rows.order_by("-made_at").first()


def confirm(typed: str, *, by: Account, at: datetime, real: datetime) -> Verification:
    """The code that came by message: the number is this person's, and nobody else's here.

    Raises Refused `phone.…`: code_gone, code_spent, code_wrong, taken."""
    code, is_right = _try(typed, by=by, real=real)
    if not is_right:
        left = policy.TRIES_MOST - code.tries
        raise Refused.because("phone.code_wrong" if left else "phone.code_spent", left=left)
    try:
        return _keep(code, by=by, at=at)
    except IntegrityError:
        raise Refused.because("phone.taken") from None


@transaction.atomic(durable=True)
def _try(typed: str, *, by: Account, real: datetime) -> tuple[PhoneCode, bool]:
    """Every try is committed before its answer is known to anybody."""
    Account.objects.select_for_update().get(pk=by.pk, is_active=True)
    code = waiting_code(by, real=real)
    if code is None:
        raise Refused.because("phone.code_gone")
    if code.tries >= policy.TRIES_MOST:
        raise Refused.because("phone.code_spent")
    code.tries += 1
    code.save(update_fields=["tries"])
    plain = typed.encode("ascii", "replace")
    return code, hmac.compare_digest(plain, digits_of(code).encode())


@transaction.atomic
def _keep(code: PhoneCode, *, by: Account, at: datetime) -> Verification:
    account = Account.objects.select_for_update().get(pk=by.pk)
    code = PhoneCode.objects.select_for_update().get(pk=code.pk)
    code.status = CODE.after(code.status, "use")
    code.save(update_fields=["status"])
    standing = Verification.objects.select_for_update().filter(kind="phone", status="approved")
    if standing.filter(digest=code.digest).exclude(account=account).exists():
        raise Refused.because("phone.taken")
    for former in standing.filter(account=account):
        ending.replace(former, at=at)
    facts = {"sealed": code.sealed, "digest": code.digest, "masked": code.masked}
    made = Verification(account=account, kind="phone", asked_at=at, **facts)
    return approve_at_once(made, at=at)


@transaction.atomic
def tidy(*, real: datetime) -> int:
    """Codes of yesterday name numbers that nobody has to know any more."""
    gone, _ = PhoneCode.objects.filter(made_at__lt=real - A_DAY).delete()
    return gone
