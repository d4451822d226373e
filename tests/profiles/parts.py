"""What tests of profiles share: pictures, and a profile with one of everything."""

import io
from datetime import date
from decimal import Decimal

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from enishi.profiles.background.commands import experience, languages, qualifications
from enishi.profiles.background.policy import Held, Stage
from enishi.profiles.packages import commands as packages
from enishi.profiles.packages.policy import Option, Terms
from enishi.profiles.portfolio import commands as portfolio
from enishi.profiles.portfolio.policy import Shown
from enishi.profiles.working.commands import rates, weeks
from enishi.profiles.working.policy import Price
from tests import make

SHOWN = Shown(
    "A shop sign",
    text="Drawn by hand.",
    category="c04",
    year_from=2024,
    link="https://works.example/sign",
)
TERMS = Terms(
    title="A logo with three drafts",
    delivered="One logo as SVG and PNG.",
    subcategory="c04-s1",
    price=35_000,
    days=14,
    revision_rounds=2,
    options=(Option("A business card", 8_000, 3),),
)
STAGE = Stage(date(2019, 4, 1), "Editor", date(2023, 3, 1), "A local magazine", "Forty issues.")
HELD = Held("Proofreading, grade 2", "A school", date(2020, 6, 1), "No. 12345")


def picture(size=(300, 200), kind="PNG", colour="navy", **more):
    out = io.BytesIO()
    Image.new("RGB", size, colour).save(out, kind, **more)
    return SimpleUploadedFile("work.png", out.getvalue(), "image/png")


def images(by, count=1, at=make.NOON):
    kept = [portfolio.keep_image(picture(), by=by, at=at) for _ in range(count)]
    return [(one.pk, f"Picture {number}") for number, one in enumerate(kept, start=1)]


def piece(by, at=make.NOON, shown=SHOWN, count=1):
    return portfolio.add(by=by, at=at, shown=shown, images=images(by, count, at))


def package(by, at=make.NOON, terms=TERMS):
    return packages.offer(by=by, at=at, terms=terms)


def everything(by, at=make.NOON):
    """One of each part but the side itself."""
    piece(by, at)
    package(by, at)
    experience.add(by=by, at=at, stage=STAGE)
    qualifications.add(by=by, at=at, held=HELD)
    languages.tell([("ja", "native"), ("en", "business")], by=by, at=at)
    rates.tell([Price("character", Decimal("1.5"), Decimal(3))], by=by, at=at)
    weeks.tell({date(2026, 4, 6): 0}, by=by, at=at)
