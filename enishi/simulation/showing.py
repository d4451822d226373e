"""What the market's workers show: pictures drawn here, packages, experience, languages, rates. It
follows from who they are, not from chance, so that the rest of the year stays what it was."""

import io
import re
from datetime import date, datetime
from random import Random

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image, ImageDraw

from enishi.accounts import demo
from enishi.jobs.catalogue import read as catalogue
from enishi.jobs.catalogue.read import Subcategory
from enishi.kit.days import day_of
from enishi.profiles.background.commands import experience, languages
from enishi.profiles.background.policy import Stage
from enishi.profiles.packages import commands as packages
from enishi.profiles.packages.policy import Option, Terms
from enishi.profiles.portfolio import commands as portfolio
from enishi.profiles.portfolio.policy import Shown
from enishi.profiles.working.commands import rates
from enishi.profiles.working.policy import Price

from .market import read
from .world import Client, Worker

YEARS = re.compile(r"(\d{1,2})年")
ON = re.compile("在宅|独立|フリー|副業|週末|開業|個人")  # what goes on to this day
VISUAL = ("c03", "c04", "c05")  # fields of work that are shown in pictures
LEAST = 3_000  # yen: for less nobody offers a package
PAPER = ("#f4efe4", "#e9eef2", "#f3e9e6", "#eaf0e6")
INKS = ("#2f4a8c", "#c43c20", "#3f7a55", "#c79a2b", "#4d5563", "#8a5a83")
DEMO = {person.email for person in demo.PEOPLE}


def portrait(worker: Worker) -> SimpleUploadedFile | None:
    """Every second worker has a picture, and those of the demo; their likes in a large market have
    none, for each is drawn anew by a process of its own."""
    is_shown = _is_demo(worker) or _number(worker) % 2 == 0
    if not is_shown or worker.source.id != worker.like:
        return None
    return _picture(worker.like, (320, 320))


def show(worker: Worker, at: datetime) -> None:
    """What this worker has to show on the day of joining."""
    _tell_experience(worker, at)
    known = catalogue.category(worker.source.category_id).subcategories
    spoken = [("ja", "native")]
    if worker.source.category_id == "c07":
        spoken.append(("en", "business"))
    languages.tell(spoken, by=worker.account, at=at)
    prices = [Price(one.unit_id, one.price_low, one.price_typical) for one in known[:2]]
    rates.tell(prices, by=worker.account, at=at)
    for one in known:
        if one.price_typical >= LEAST and (_number(worker) % 3 == 0 or _is_demo(worker)):
            packages.offer(by=worker.account, at=at, terms=_package(one))
            break
    is_first = worker.source.id == worker.like
    if is_first and (worker.source.category_id in VISUAL or _is_demo(worker)):
        for number in range(2 if _is_demo(worker) else 1):
            _show_piece(worker, known[number], at)


def orders(client: Client) -> list[str]:
    """The fields of work of this client's posts."""
    posts = (*read.posts(), *read.cast_posts())
    return sorted(
        {one.subcategory_id.partition("-")[0] for one in posts if one.client_id == client.like}
    )


def _tell_experience(worker: Worker, at: datetime) -> None:
    """The files say how many years each stage took: what goes on ends today, the rest before it."""
    today = day_of(at)
    end = today.year
    stages = [
        (role, int(found[1])) for role in worker.source.experience if (found := YEARS.search(role))
    ]
    for role, years in sorted(stages, key=lambda one: not ON.search(one[0])):
        is_on = bool(ON.search(role))
        last = None if is_on else date(end, 3, 1)
        begun = (today.year if is_on else end) - years
        stage = Stage(date(begun, 4, 1), role, last if last and last <= today else None)
        experience.add(by=worker.account, at=at, stage=stage)
        end = begun


def _package(kind: Subcategory) -> Terms:
    price = int(kind.price_typical) // 100 * 100
    unit = catalogue.unit(kind.unit_id).ja
    return Terms(
        title=f"{kind.ja} 基本セット",
        delivered=f"{kind.ja}を1{unit}、ご要望をうかがってからお作りします。\n"
        "はじめに短い打ち合わせの文面をお送りしますので、目的と使う場所をお知らせください。",
        subcategory=kind.id,
        price=price,
        days=14,
        revision_rounds=2,
        options=(
            Option("お急ぎ(3日以内にお渡し)", max(500, price // 4)),
            Option("もう1案追加", max(500, price // 2), 3),
        ),
    )


def _show_piece(worker: Worker, kind: Subcategory, at: datetime) -> None:
    like = f"{worker.like} {kind.id}"
    image = portfolio.keep_image(_picture(like, (960, 720)), by=worker.account, at=at)
    shown = Shown(
        title=f"{kind.ja}の制作例",
        text="見本として作った作品です。構成から仕上げまで、ひとりで担当しました。",
        category=kind.category_id,
        year_from=day_of(at).year,
    )
    words = "色の面と円を組み合わせた、見本の図案"
    portfolio.add(by=worker.account, at=at, shown=shown, images=[(image.pk, words)])


def _picture(like: str, size: tuple[int, int]) -> SimpleUploadedFile:
    """Circles and bands in calm colours; the same for the same words."""
    chance, (width, height) = Random(like), size
    image = Image.new("RGB", size, chance.choice(PAPER))
    draw = ImageDraw.Draw(image)
    for ink in chance.sample(INKS, 3):
        if chance.random() < 0.5:
            radius = chance.randint(height // 8, height // 3)
            x, y = chance.randint(0, width), chance.randint(0, height)
            draw.ellipse((x - radius, y - radius, x + radius, y + radius), fill=ink)
        else:
            top = chance.randint(0, height)
            draw.rectangle((0, top, width, top + height // 9), fill=ink)
    out = io.BytesIO()
    image.save(out, "PNG")
    return SimpleUploadedFile("picture.png", out.getvalue(), "image/png")


def _number(worker: Worker) -> int:
    return int(re.sub(r"\D", "", worker.like) or 0)


def _is_demo(worker: Worker) -> bool:
    return worker.source.email in DEMO
