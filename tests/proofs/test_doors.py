"""A2: the same for doors that are no page of one's own: links followed to their end, files by the
address of something else, searches and pages of lists, links in mails, passes to the stream.

Whoever walks here is signed in and curious. What belongs to the other pair is never in what they
read.
"""

import re
from collections import Counter, deque
from collections.abc import Iterator
from html import unescape
from itertools import chain
from urllib.parse import quote, urljoin, urlsplit

from django.core import signing
from django.urls import reverse

from enishi.accounts.models import Account
from enishi.files.models import StoredFile
from enishi.notifications import stream_pass
from enishi.profiles.models import PieceImage
from enishi.stream import app as stream
from tests import make

from .actors import MEMBER, Actor
from .canaries import PLANTED
from .pair_parts import Pair
from .walking import built as built  # fixtures
from .walking import leaks, undone
from .walking import world as world

BUDGET = 160  # an eighth of it for the crawl; the others need a second or two each
LINK = re.compile(r"""\b(?:(?:href|src|action|hx-get)=["']|data-[a-z-]+=["'](?=/))([^"'#]*)""")
MOST_PAGES, OF_A_KIND = 400, 12
STARTS = ("/", "/desk/", "/jobs/", "/my/jobs/", "/my/proposals/", "/contracts/", "/messages/")
STARTS += ("/notices/", "/settings/", "/profile/", "/office/")


def test_links_lead_people_to_what_is_theirs_and_to_nothing_else(world, proof):
    """The whole web of pages that a person can reach by its links. A client's comes first, and
    shows that the crawl gets to private things at all."""
    found, seen = [], 0
    first, *others = [one for one in world.people if one.is_signed_in]
    own, read = world.pairs[0].said, set()

    for actor in chain([first], proof.sample(others)):
        for path, answer in crawled(actor):
            seen += 1
            who = f"{actor.name} of {actor.pair}"
            found += [f"{who} reads {leak} at {path}" for leak in leaks(answer, actor)]
            if answer.status_code >= 500:
                found.append(f"{path}: {answer.status_code}")
            if actor is first:
                read |= {name for name in PLANTED if own[name].encode() in answer.words}

    proof.say(f"{seen:,} pages")
    assert not found, "\n".join(found)
    assert read >= {"draft-title", "note-on-applicant", "message", "delivered-file-bytes"}


def crawled(actor: Actor) -> Iterator[tuple[str, object]]:
    """Every page within reach, once; looking leaves nothing behind."""
    known, waiting = Counter(STARTS), deque(STARTS)
    for _ in range(MOST_PAGES):
        if not waiting:
            return
        path = waiting.popleft()
        with undone():
            answer = actor.ask("GET", path)
        yield path, answer
        if "html" not in answer.headers.get("Content-Type", ""):
            continue
        targets = [*LINK.findall(answer.words.decode()), answer.headers.get("Location", "")]
        for target in targets:
            there = urlsplit(urljoin(f"http://testserver{path}", unescape(target)))
            onward = there.path + (f"?{there.query}" if there.query else "")
            # Of one list seen through ever other filters, a few are enough.
            kind = (there.path, bool(there.query))
            is_page = there.netloc == "testserver" and not onward.startswith("/static/")
            if target and is_page and not known[onward] and known[kind] < OF_A_KIND:
                known.update([onward, kind])
                waiting.append(onward)


def test_a_file_is_found_only_through_what_it_hangs_on(world):
    """Another pair's files by the address of something that one may see oneself."""
    theirs, mine = world.pairs
    ids = StoredFile.objects.filter(owner__in=[theirs.client, theirs.worker])
    people = [theirs.client, theirs.worker]
    shown = PieceImage.objects.filter(account__in=people, piece__isnull=False)
    public = {theirs.things["post"]["file_id"], *shown.values_list("file", flat=True)}
    private = [one for one in ids.values_list("pk", flat=True) if one not in public]
    found = []

    for name in ("client", "worker"):
        actor = world.person(name, mine.key)
        for file_id in private:
            for path in wrong_places(mine, theirs, file_id):
                answer = actor.ask("GET", path)
                if answer.status_code != 404 or leaks(answer, actor):
                    found.append(f"{name}: {path}: {answer.status_code}")

    assert len(private) >= 3
    assert found == []


def wrong_places(mine: Pair, theirs: Pair, file_id) -> Iterator[str]:
    things = mine.things
    yield reverse("job_file", args=[things["post"]["job_id"], file_id])
    yield reverse("job_file", args=[theirs.things["post"]["job_id"], file_id])
    yield reverse("job_file", args=[things["draft"]["job_id"], file_id])
    yield reverse("thread_file", args=[things["thread"]["thread_id"], file_id])
    yield reverse("delivery_file", args=[things["delivered file"]["delivery_id"], file_id])
    for person in (mine.client, mine.worker, theirs.client, theirs.worker):
        yield reverse("person_image", args=[person.pk, file_id])


def test_no_search_and_no_page_of_a_list_tells_of_others(world):
    """Words that stand only in private things, and the marks of other people's lists."""
    theirs, mine = world.pairs
    found = []

    for name in ("client", "worker"):
        actor = world.person(name, mine.key)
        for path in searches(theirs):
            answer = actor.ask("GET", path)
            if answer.status_code >= 400 and answer.status_code != 404:
                found.append(f"{name}: {path}: {answer.status_code}")
            found += [f"{name}: {path} tells {leak}" for leak in _unasked(answer, actor, path)]

    assert found == []


def _unasked(answer, actor: Actor, path: str) -> set[str]:
    """Leaks besides the words that were searched for: the box shows them again."""
    return {leak for leak in leaks(answer, actor) if quote(leak) not in path}


def searches(theirs: Pair) -> Iterator[str]:
    for name in PLANTED:
        words = quote(theirs.said[name])
        yield f"/jobs/?q={words}"
        yield f"/office/people/?q={words}"
        yield f"/workers/?q={words}"
        yield f"/messages/{theirs.things['thread']['thread_id']}/search/?q={words}"
    for list_of in ("/my/jobs/", "/my/proposals/", "/contracts/", "/messages/", "/notices/"):
        for mark in ("before=999999999", "after=99999999999999-999999999", "status=all"):
            yield f"{list_of}?{mark}"
    for status in ("drafts", "open", "closed"):
        yield f"/my/jobs/?status={status}&client={theirs.client.pk}"
    yield f"/drafts/?place=thread-{theirs.things['thread']['thread_id']}"
    yield f"/demo/mail/?to={quote(theirs.client.email)}"
    job = theirs.things["post"]["job_id"]
    yield f"/jobs/{job}/proposals/?view=shortlisted&sort=price"
    mark = theirs.things["application"]["proposal_id"]
    yield f"/jobs/{job}/comparison/?with={mark}"
    yield f"/people/{theirs.worker.pk}/reviews/?before=99999999999999-999999"
    yield f"/profile/?as=client&account={theirs.client.pk}"


def test_a_search_finds_no_post_that_is_not_open(world):
    """The number of hits is an answer, too."""
    theirs = world.pairs[0]
    actor = world.person("worker", "b")

    for name in ("draft-title", "draft-description", "words-before-an-edit", "message"):
        page = actor.ask("GET", f"/jobs/?q={quote(theirs.said[name])}").words.decode()

        assert not re.search(r'href="/jobs/\d+/"', page), name


def test_a_link_from_the_mail_of_another_makes_nobody_that_person(world):
    """Confirming an address and choosing a new password are acts upon an account, not a way in."""
    theirs = world.pairs[0]
    confirm = reverse("account_confirm_email", kwargs=theirs.things["confirmation"])
    reset = reverse("account_reset_password_from_key", kwargs=theirs.things["reset"])
    for actor in (world.person("worker", "b"), world.person("anonymous")):
        with undone():
            assert leaks(actor.ask("GET", confirm), actor) == set()
            answer = actor.ask("POST", confirm)
            assert who_is_in(actor, answer) in (None, actor.account)
        with undone():
            form = actor.ask("GET", reset)
            words = dict.fromkeys(("password1", "password2"), "a stolen horse battery")
            kept = actor.cookies | {k: v.value for k, v in form.cookies.items()}
            thief = Actor("thief", cookies=kept)
            answer = thief.ask("POST", form.headers["Location"], words)
            assert who_is_in(thief, answer) in (None, actor.account)
            assert leaks(answer, actor) == set()


def who_is_in(actor: Actor, answer) -> Account | None:
    """Who is signed in with the cookies that an answer leaves."""
    kept = actor.cookies | {name: one.value for name, one in answer.cookies.items()}
    settings = Actor("look", cookies=kept).ask("GET", "/settings/")
    return settings.context["request"].user if settings.status_code == 200 else None


def test_a_reset_link_serves_one_account_once(world):
    theirs, mine = world.pairs
    mixed = {**theirs.things["reset"], "uidb36": mine.things["reset"]["uidb36"]}
    stranger = world.person("anonymous")

    answer = stranger.ask("GET", reverse("account_reset_password_from_key", kwargs=mixed))
    path = reverse("account_reset_password_from_key", kwargs=theirs.things["reset"])
    used = Actor("owner")
    used.cookies = {k: v.value for k, v in used.ask("GET", path).cookies.items()}
    words = dict.fromkeys(("password1", "password2"), "another horse battery")
    used.ask("POST", path.replace(theirs.things["reset"]["key"], "set-password"), words)
    again = stranger.ask("GET", path)

    assert "set-password" not in answer.headers.get("Location", "")
    assert Account.objects.get(pk=theirs.client.pk).check_password("another horse battery")
    assert "set-password" not in again.headers.get("Location", "")
    assert Account.objects.get(pk=mine.client.pk).check_password(make.PASSWORD)


def test_a_pass_to_the_stream_names_its_own_holder_and_nobody_makes_one(world):
    for actor in world.people:
        answer = actor.ask("GET", "/stream-token/")
        if not actor.is_signed_in:
            assert answer.status_code == 302
            continue
        token = answer.json()["token"]
        holder = stream_pass.read(token)
        heard = heard_by(actor, world)

        assert holder.account_id == heard.pk
        assert "no-store" in answer.headers["Cache-Control"]
        for other in world.people:
            if other.account in (None, heard):
                continue
            swapped = token.replace(str(heard.pk), str(other.account.pk), 1)
            assert opened_by(swapped) is None
            said = f"{other.account.pk}.{holder.sign_in_id}.{holder.mark}"
            assert opened_by(signing.TimestampSigner(salt="guessed").sign(said)) is None


def heard_by(actor: Actor, world) -> Account:
    """Whoever acts for an organisation hears what it hears, by their own sign-in (PE3)."""
    return world.person("client", actor.pair).account if actor.name == MEMBER else actor.account


def opened_by(token: str, origin: str = ""):
    headers = [(b"origin", origin.encode())] if origin else []
    scope = {"type": "http", "path": stream.PATH, "method": "GET", "headers": headers}
    return stream._who(scope | {"query_string": f"token={quote(token)}".encode()})[1]


def test_another_site_opens_no_stream_even_with_a_sound_pass(world):
    token = world.person("worker", "a").ask("GET", "/stream-token/").json()["token"]

    assert opened_by(token) is not None
    assert opened_by(token, origin="https://evil.example") is None


def test_the_letter_box_is_open_in_a_demo_alone(world, settings):
    mail = world.pairs[0].things["mail"]["mail_id"]
    paths = ("/demo/mail/", f"/demo/mail/{mail}/", f"/demo/mail/{mail}/html/")
    visitor = world.person("anonymous")

    live = [visitor.ask("GET", path).status_code for path in paths]
    settings.LIVE = False
    demo = [visitor.ask("GET", path).status_code for path in paths]

    assert (live, demo) == ([404] * 3, [200] * 3)
