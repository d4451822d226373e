"""The worker's part: start when the money is there, deliver, ask for a later date, or fail to."""

from datetime import datetime, timedelta

from django.core.files.uploadedfile import SimpleUploadedFile

from enishi.contracts.commands import changing, delivering, ending
from enishi.contracts.models import ChangeRequest, Milestone
from enishi.files import commands as files
from enishi.kit.days import day_of
from enishi.simulation.hours import some_hour
from enishi.simulation.market import voices
from enishi.simulation.world import Deal, World

from . import inspecting, reviewing, talking

TIGHT = 3  # days of work that are too few: the worker asks for more
MORE = 5  # days


def start(world: World, deal: Deal, position: int, at: datetime) -> None:
    """The escrow stands: the worker begins, and what follows depends on both."""
    milestone = of(deal, position)
    _expect_talk(world, deal, position, at)
    room = (milestone.due_on - day_of(at)).days
    course = deal.manner.delivery if position == 1 else "early"
    if deal.rests == "changing":
        world.later(at, 1, ask_later_date, deal, position)
    elif deal.rests == "funded" or course == "never":
        return
    elif course == "given_back":
        world.later(at, max(1, room // 3), give_back, deal, position)
    elif course in ("later_date", "kept_date", "unheard") or room < TIGHT:
        world.later(at, max(0, room - world.days(2, 4)), ask_later_date, deal, position)
    elif course == "late":
        world.later(at, max(0, room) + world.days(2, 4), deliver, deal, position)
    else:
        world.later(at, max(1, room * deal.pace.works // 1000), deliver, deal, position)


def _expect_talk(world: World, deal: Deal, position: int, at: datetime) -> None:
    """Most is said in the beginning; later both know each other."""
    if world.chance(50 if position == 1 else 10):
        talking.exchange(world, deal, "funded", "client", "worker", at=at)
    if position == 1 and world.chance(25):
        talking.exchange(world, deal, "funded", "worker", "client", at=at, days=2)


def deliver(world: World, deal: Deal, position: int, at: datetime) -> None:
    """Text and files are handed over and frozen (CO6)."""
    milestone, subcategory = of(deal, position), deal.post.subcategory_id
    if milestone.status not in ("funded", "revising"):
        return
    version = milestone.rounds_used + 1
    worker = deal.worker.account
    handed = [
        files.store(
            SimpleUploadedFile(each.name, each.content, each.content_type), by=worker, at=at
        )
        for each in voices.delivery_files(
            subcategory,
            title=deal.post.title,
            milestone=milestone.title,
            worker=deal.worker.source.name,
            version=version,
        )
    ]
    is_first = version == 1
    pieces = voices.delivery_notes(subcategory) if is_first else _again()
    note = voices.say(world.draw(pieces), milestone=milestone.title)
    delivering.deliver(milestone.pk, by=worker, at=at, body=note, files=handed)
    if is_first and world.chance(25):
        talking.exchange(world, deal, "delivered", "client", at=at)
    inspecting.expect(world, deal, position, version, at)


def _again() -> tuple[str, ...]:
    return voices.messages("redelivered", "worker")


def ask_later_date(world: World, deal: Deal, position: int, at: datetime) -> None:
    """The worker asks in time and says why (CO7)."""
    milestone = of(deal, position)
    if milestone.status != "funded" or milestone.changes.filter(status="requested").exists():
        return
    piece = world.draw(voices.later_dates(deal.post.subcategory_id))
    day = max(milestone.due_on, day_of(at)) + timedelta(days=max(piece.days, 2))
    kind = "illness" if "発熱" in piece.reason else "other"
    change = changing.request(
        milestone.pk,
        by=deal.worker.account,
        at=at,
        due_on=day,
        reason_kind=kind,
        reason=piece.reason,
    )
    if deal.rests == "changing":
        return
    if deal.manner.delivery == "kept_date" and position == 1:
        world.later(at, 0, keep_date, deal, change.pk)
        _deliver_on_last_day(world, deal, position, at)
    elif deal.manner.delivery == "unheard" and position == 1:
        _deliver_on_last_day(world, deal, position, at)
    else:
        world.later(at, world.days(0, 1), agree_to_date, deal, position, change.pk)


def agree_to_date(world: World, deal: Deal, position: int, change_id: int, at: datetime) -> None:
    """The client agrees to the new day, with a kind word; the work is handed in before it."""
    change = ChangeRequest.objects.get(pk=change_id)
    if change.status == "requested":
        changing.accept(change_id, by=deal.client.account, at=at)
        kind = voices.decisions("later_date_agreed")
        talking.say(world, deal.thread_id, deal.client, kind, at)
    room = (change.due_on - day_of(at)).days
    world.later(at, max(0, room - 1), deliver, deal, position)


def keep_date(world: World, deal: Deal, change_id: int, at: datetime) -> None:
    if ChangeRequest.objects.filter(pk=change_id, status="requested").exists():
        changing.decline(change_id, by=deal.client.account, at=at)
        firm = voices.decisions("later_date_declined")
        talking.say(world, deal.thread_id, deal.client, firm, at)


def _deliver_on_last_day(world: World, deal: Deal, position: int, at: datetime) -> None:
    due = of(deal, position).due_on
    when = some_hour(due, world.random) if due > day_of(at) else at + timedelta(minutes=40)
    world.enter(when, deliver, deal, position)


def give_back(world: World, deal: Deal, position: int, at: datetime) -> None:
    """The worker cannot do it after all: the whole escrow returns."""
    milestone = of(deal, position)
    if milestone.status == "funded":
        why = world.draw(voices.decisions("withdraw"))
        ending.give_back(milestone.pk, by=deal.worker.account, at=at, reason=why)
        world.later(at, 2, reviewing.after_early_end, deal)


def of(deal: Deal, position: int) -> Milestone:
    return Milestone.objects.get(contract_id=deal.contract_id, position=position)
