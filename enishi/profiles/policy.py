"""What a profile may say, and which payers withhold tax (CO10). Pure."""

PAYEE_KINDS = ("individual", "company")
CLIENT_KINDS = ("person", "sole_trader", "organisation")
PAYER_KINDS = ("company", "sole_trader_payroll", "individual")
PAYERS_OF = {
    "organisation": ("company",),
    "sole_trader": ("sole_trader_payroll", "individual"),
    "person": ("individual",),
}
SHOWN = ("full", "city")  # how much of an individual's address a post shows (JO5)
PREFECTURES = tuple(f"{number:02}" for number in range(1, 48))  # JIS X 0401

SKILLS_MOST = 20
HOURS_A_WEEK_MOST = 100
TEXT_MOST = 3_000
LINE_MOST = 200


def payer_fits(kind: str, payer_kind: str) -> bool:
    return payer_kind in PAYERS_OF.get(kind, ())


def is_business(kind: str) -> bool:
    """Such a client may have members who act for it (PE3)."""
    return kind != "person"


def is_organisation(kind: str) -> bool:
    return kind == "organisation"


def missing(
    *, kind: str, recruiter_name: str, contact_person: str, prefecture: str, city: str, address: str
) -> list[str]:
    """What a recruiting notice still lacks of its recruiter (JO5). An organisation also names the
    person in charge."""
    needed = {
        "recruiter_name": recruiter_name,
        "prefecture": prefecture,
        "city": city,
        "address": address,
    }
    if is_organisation(kind):
        needed["contact_person"] = contact_person
    return [name for name, value in needed.items() if not value]
