"""What the payment provider must say of us, and of our key, before real money comes (M7, M9)."""

from collections.abc import Callable, Iterator
from datetime import timedelta

from enishi.payments import stripe_events as events
from enishi.payments.provider import Declined, Standing, Unavailable
from enishi.web.health.finding import Finding

from .provider import WEBHOOK

AHEAD_MOST = timedelta(seconds=60)  # a webhook's signature is good for five minutes
COUNTRY, CURRENCY = "JP", "jpy"
ABILITIES = ("card_payments", "jp_bank_transfer_payments", "transfers")
ANSWERS = "provider"  # the subject that says whether anybody was reached


def findings() -> Iterator[Finding]:
    """What the settings say, then what the provider says, if it answers."""
    yield _named()
    yield _secret()
    from enishi.payments import connection

    try:
        standing = connection.provider().standing()
    except Declined:
        mend = "Set ENISHI_PROVIDER_KEY to a key of this account that was not revoked."
        yield Finding("key", False, "the provider does not know it", mend)
        return
    except Unavailable as trouble:
        says = f"does not answer ({type(trouble.__cause__ or trouble).__name__})"
        yield Finding(ANSWERS, False, says, "Look at ENISHI_PROVIDER_URL and at the network.")
        return
    yield Finding(ANSWERS, True, f"answers for account {standing.account or '(not told)'}")
    for look in LOOKS:
        yield look(standing)


def _named() -> Finding:
    from django.conf import settings

    there = settings.PAYMENT_PROVIDER
    if there["name"] == "stripe":
        return Finding("name", True, str(there["url"]))
    says = f"“{there['name']}” moves no real money"
    mend = "Set ENISHI_PROVIDER=stripe and ENISHI_PROVIDER_URL=https://api.stripe.com."
    return Finding("name", False, says, mend)


def _secret() -> Finding:
    from django.conf import settings

    given = [one.strip() for one in str(settings.PAYMENT_PROVIDER["webhook_secret"]).split(",")]
    secrets = [one for one in given if one]
    if not secrets or not all(one.startswith("whsec_") for one in secrets):
        mend = "Set ENISHI_PROVIDER_SECRET to the signing secret of each endpoint, with commas."
        return Finding("secret", False, "no event could be believed", mend)
    return Finding("secret", True, f"{len(secrets)} for signed events")


def _key(standing: Standing) -> Finding:
    if not standing.is_live:
        mend = "Set ENISHI_PROVIDER_KEY to a key of the live mode."
        return Finding("key", False, "it belongs to the test mode", mend)
    if standing.key != "restricted":
        says = "it may do everything, and would do so for whoever finds it"
        mend = "Make a restricted key with the rights of docs/operating.md, and no other."
        return Finding("key", False, says, mend, is_needed=False)
    return Finding("key", True, "restricted, of the live mode")


def _rights(standing: Standing) -> Finding:
    if standing.unreadable:
        says = f"the key may not read: {', '.join(standing.unreadable)}"
        return Finding("rights", False, says, "Give the key these rights (docs/operating.md).")
    if standing.needless and standing.key == "restricted":
        says = f"the key may also read: {', '.join(standing.needless)}"
        return Finding("rights", False, says, "Take away what is not needed.", is_needed=False)
    return Finding("rights", True, "all reads that are needed")


def _account(standing: Standing) -> Finding:
    if not standing.account:
        return Finding("account", False, "the key may not read it", "See the rights of the key.")
    faults = {
        f"it is in {standing.country or 'no country'}, not in Japan": standing.country != COUNTRY,
        f"its currency is {standing.currency or 'unknown'}, not jpy": standing.currency != CURRENCY,
        "it takes no payments": not standing.takes_payments,
        "it pays nothing out": not standing.pays_out,
    }
    found = [says for says, holds in faults.items() if holds]
    if found:
        mend = "Complete the account on the provider's own pages."
        return Finding("account", False, "; ".join(found), mend)
    return Finding("account", True, "takes payments and pays out in yen")


def _abilities(standing: Standing) -> Finding:
    """What is not named is a warning: an account need not have asked for it by that name."""
    off = [name for name in ABILITIES if standing.abilities.get(name, "active") != "active"]
    if off:
        mend = "Ask for them on the provider's own pages, and wait until they are active."
        return Finding("abilities", False, f"not active: {', '.join(off)}", mend)
    unsaid = [name for name in ABILITIES if name not in standing.abilities]
    if unsaid:
        says = f"the provider says nothing of: {', '.join(unsaid)}"
        mend = "See on the provider's own pages that they are active."
        return Finding("abilities", False, says, mend, is_needed=False)
    return Finding("abilities", True, "cards, bank transfers, payouts to others")


def _endpoints(standing: Standing) -> Finding:
    from django.conf import settings

    ours = settings.URL + WEBHOOK
    found = [one for one in standing.endpoints if one.url == ours]
    on = [one for one in found if one.is_on]
    if not on:
        says = f"{ours} is switched off there" if found else f"no event goes to {ours}"
        mend = "Make endpoints for it, one for this account and one for connected accounts."
        return Finding("events", False, says, mend)
    sent = {name for one in on for name in one.events}
    lacking = [] if "*" in sent else [name for name in events.NEEDED if name not in sent]
    if lacking:
        says = f"not sent: {', '.join(lacking)}"
        return Finding("events", False, says, "Add them to the endpoint.")
    return Finding("events", True, f"all that are needed go to {ours}")


def _clock(standing: Standing) -> Finding:
    if standing.ahead is None:
        mend = "See that this machine's clock is set by the network."
        return Finding("clock", False, "the provider does not tell", mend, is_needed=False)
    seconds = round(standing.ahead.total_seconds())
    if abs(standing.ahead) > AHEAD_MOST:
        says = f"the provider's is {seconds} seconds ahead of this machine's"
        return Finding("clock", False, says, "Let this machine's clock be set by the network.")
    return Finding("clock", True, f"within {abs(seconds)} seconds of the provider's")


def _capture(standing: Standing) -> Finding:
    """Money that is only authorised expires: see docs/decisions/0029."""
    if standing.by_hand:
        says = f"payments wait to be captured by hand: {', '.join(standing.by_hand[:3])}"
        mend = "Another program uses this account. Give the market an account of its own."
        return Finding("capture", False, says, mend, is_needed=False)
    return Finding("capture", True, "every payment is taken at once")


LOOKS: tuple[Callable[[Standing], Finding], ...] = (
    *(_key, _rights, _account, _abilities, _endpoints, _clock, _capture),
)
