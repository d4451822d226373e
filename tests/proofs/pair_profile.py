"""What the worker of a pair shows of themselves, and what of it stays theirs."""

import io
from datetime import date
from decimal import Decimal

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from enishi.kit.days import day_of
from enishi.profiles.background.commands import experience, languages, qualifications
from enishi.profiles.background.policy import Held, Stage
from enishi.profiles.packages import commands as packages
from enishi.profiles.packages.policy import Option, Terms
from enishi.profiles.portfolio import commands as portfolio
from enishi.profiles.portfolio.policy import Shown
from enishi.profiles.working.commands import rates, weeks
from enishi.profiles.working.policy import Price, week_of

from .canaries import LONG
from .pair_parts import NOON, Pair


def shown(of: Pair) -> None:
    """Pieces, packages and the small parts; a picture that waits for its form."""
    by, said = of.worker, of.said
    waiting = portfolio.keep_image(_picture(), by=by, at=NOON)
    of.things["kept image"] = {"image_id": waiting.pk}
    image = portfolio.keep_image(_picture(), by=by, at=NOON)
    piece = portfolio.add(
        by=by,
        at=NOON,
        shown=Shown(said.public("A sign", 120), text=said.public("Drawn by hand.", LONG)),
        images=[(image.pk, said.public("A wooden sign", 200))],
    )
    of.things["piece"] = {"piece_id": piece.pk, "account_id": by.pk}
    terms = Terms(
        title=said.public("A logo", 120),
        delivered=said.public("One logo.", LONG),
        subcategory="c04-s1",
        price=35_000,
        days=14,
        revision_rounds=2,
        options=(Option(said.public("Express", 80), 5_000),),
    )
    offered = packages.offer(by=by, at=NOON, terms=terms)
    of.things["package"] = {"package_id": offered.pk, "account_id": by.pk}
    closed = packages.close(packages.offer(by=by, at=NOON, terms=terms).pk, by=by, at=NOON)
    of.things["closed package"] = {"package_id": closed.pk, "account_id": by.pk}
    _background(of)


def _background(of: Pair) -> None:
    by, said = of.worker, of.said
    stage = Stage(
        date(2019, 4, 1),
        said.public("Editor", 120),
        place=said.public("A magazine", 120),
        text=said.public("Forty issues.", 1_000),
    )
    told = experience.add(by=by, at=NOON, stage=stage)
    of.things["experience"] = {"experience_id": told.pk}
    held = qualifications.add(
        by=by,
        at=NOON,
        held=Held(
            said.public("Proofreading", 120),
            said.public("A school", 120),
            date(2020, 6, 1),
            said["qualification-number"],
        ),
    )
    of.things["qualification"] = {"qualification_id": held.pk}
    languages.tell([("ja", "native")], by=by, at=NOON)
    rates.tell([Price("hour", Decimal(2_000))], by=by, at=NOON)
    weeks.tell({week_of(day_of(NOON)): 10}, by=by, at=NOON)


def _picture() -> SimpleUploadedFile:
    out = io.BytesIO()
    Image.new("RGB", (40, 30), "navy").save(out, "PNG")
    return SimpleUploadedFile("work.png", out.getvalue(), "image/png")
