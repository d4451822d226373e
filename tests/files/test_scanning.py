"""F5: what is said about a file is true: pending, clean, bad, or not scanned; and what was caught
is out of everybody's reach, wherever it lies."""

import hashlib
import io
import zipfile
from datetime import UTC, datetime, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from enishi.accounts.models import Account
from enishi.events.models import Event
from enishi.files import child, clamd, commands, quarantine, scanning, scans, tasks
from enishi.files.inspection.entry_marks import EICAR
from enishi.files.models import BlockedHash, Scan
from enishi.files.scans import Verdict
from enishi.kit.errors import Refused

from .scanner import nobody, scanner

AT = datetime(2026, 11, 13, 6, 40, tzinfo=UTC)

pytestmark = pytest.mark.django_db


@pytest.fixture
def ren():
    return Account.objects.create_user("ren@example.jp", name="ren", joined_at=AT)


def stored(by, content, name="a.txt"):
    return commands.store(SimpleUploadedFile(name, content), by=by, at=AT)


def zipped(**files):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return out.getvalue()


class Context:
    """What a job is told about itself."""

    def __init__(self, attempts):
        self.job = self
        self.attempts = attempts


def job(file, attempts=tasks.TRIES):
    tasks.scan.func(Context(attempts), str(file.pk))
    return Scan.objects.get(pk=file.pk)


def test_a_new_file_waits_and_its_job_is_there_once(ren):
    from procrastinate.contrib.django.models import ProcrastinateJob  # needs apps

    file = stored(ren, b"words")
    scans.enqueue(file.pk)

    assert file.scan.status == "pending"
    assert ProcrastinateJob.objects.filter(task_name=scans.JOB).count() == 1


@pytest.mark.parametrize("wrap", [bytes, lambda content: zipped(inside=content)])
def test_the_test_virus_is_caught_without_any_scanner(ren, settings, wrap):
    settings.SCANNER = ""

    scan = job(stored(ren, wrap(EICAR)))

    assert (scan.status, scan.found) == ("bad", "EICAR")


def test_without_a_scanner_nothing_is_called_clean(ren, settings):
    settings.SCANNER = ""

    scan = job(stored(ren, b"words"))

    assert (scan.status, scan.reason) == ("not_scanned", "no_scanner")


def test_a_scanner_hears_every_byte_and_its_word_is_believed(ren, settings):
    """Even after our own eyes have read the same open file."""
    large = zipped(a=bytes(range(256)) * 4096, b=b"second")
    hidden = b"x" * 5000 + EICAR
    with scanner() as there:
        settings.SCANNER = there.address

        clean, bad = job(stored(ren, large)), job(stored(ren, hidden))

    assert there.heard == [hashlib.sha256(content).hexdigest() for content in (large, hidden)]
    assert (clean.status, clean.reason) == ("clean", "")
    assert (bad.status, bad.found) == ("bad", "Eicar-Test-Signature")


@pytest.mark.parametrize("manner", ["silent", "broken", "babble"])
def test_a_scanner_that_fails_calls_nothing_clean(ren, settings, monkeypatch, manner):
    """Asked again a few times; then the file is not scanned, and says so."""
    monkeypatch.setattr(clamd, "PATIENCE", 0.3)
    file = stored(ren, b"words" * 100_000)
    with scanner(manner) as there:
        settings.SCANNER = there.address

        with pytest.raises(clamd.Unavailable):
            job(file, attempts=0)
        assert Scan.objects.get(pk=file.pk).status == "pending"
        scan = job(file)

    assert (scan.status, scan.reason) == ("not_scanned", "unavailable")


def test_a_scanner_that_is_not_there_calls_nothing_clean(ren, settings):
    with nobody() as settings.SCANNER:
        scan = job(stored(ren, b"words"))

    assert (scan.status, scan.reason) == ("not_scanned", "unavailable")


def test_a_file_too_large_for_the_scanner_is_said_to_be_so(ren, settings):
    with scanner("limit") as there:
        settings.SCANNER = there.address
        scan = job(stored(ren, b"words" * 500_000))

    assert (scan.status, scan.reason) == ("not_scanned", "too_large")


def test_a_file_that_was_not_scanned_is_scanned_when_the_scanner_is_back(ren, settings):
    with nobody() as settings.SCANNER:
        file = stored(ren, b"x" * 200 + EICAR)
        job(file)
    with scanner() as there:
        settings.SCANNER = there.address
        assert job(file).status == "bad"


@pytest.mark.parametrize("said", [(b"", "lost"), (b"", "too_large"), (b"[1]", "")])
def test_the_death_of_the_child_is_a_line_beside_the_file(ren, settings, monkeypatch, said):
    """F2: not a fault of ours, and not a clean bill."""
    settings.SCANNER = ""
    monkeypatch.setattr(child, "run", lambda *_: child.Answer(*said, seconds=2.0))

    scan = job(stored(ren, b"words"))

    assert scan.status == "not_scanned"
    assert scan.report.get("unread", []) == (["too_much"] if said[1] else [])


def test_damaged_bytes_are_not_scanned_and_the_office_hears_of_it_once(ren):
    mio = Account.objects.create_user(
        "mio@example.jp", name="mio", joined_at=AT, office_grade="operator"
    )
    file = stored(ren, b"words")
    file.path.write_bytes(b"other")

    scan = job(file)
    tasks.damaged.func(str(file.pk))

    assert (scan.status, scan.reason) == ("not_scanned", "damaged")
    (event,) = Event.objects.filter(name="file.damaged")
    assert event.people == [mio.pk]


def test_what_is_caught_goes_away_with_all_its_twins(ren, django_capture_on_commit_callbacks):
    """In quarantine for both sides, refused wherever it comes again, and its owners are told."""
    sora = Account.objects.create_user("sora@example.jp", name="sora", joined_at=AT)
    first, twin = stored(ren, b"harm"), stored(sora, b"harm", "b.txt")
    scans.conclude(twin.pk, Verdict("clear"), at=AT)

    with django_capture_on_commit_callbacks(execute=True):
        scans.conclude(first.pk, Verdict("catch", "Harm"), at=AT)

    assert {*Scan.objects.values_list("status", "found")} == {("bad", "Harm")}
    assert [file.path.exists() for file in (first, twin)] == [False, False]
    assert quarantine.place_of(twin).read_bytes() == b"harm"
    told = Event.objects.filter(name="file.caught").order_by("pk")
    assert [event.people for event in told] == [[ren.pk], [sora.pk]]
    with pytest.raises(Refused, match=r"file\.blocked"):
        stored(ren, b"harm")


def test_bytes_blocked_meanwhile_are_not_let_through_by_a_slow_scan(ren):
    file = stored(ren, b"harm")
    BlockedHash.objects.create(pk=file.sha256, found="Harm", at=AT)

    scan = scans.conclude(file.pk, Verdict("clear"), at=AT)

    assert (scan.status, scan.found) == ("bad", "Harm")


def test_a_verdict_stands_and_a_twin_of_the_job_changes_nothing(ren):
    file = stored(ren, b"words")
    scans.conclude(file.pk, Verdict("clear"), at=AT)

    again = scans.conclude(file.pk, Verdict("skip", reason="unavailable"), at=AT)

    assert again.status == "clean"


def test_a_lost_job_a_missing_scan_and_a_silent_scanner_are_made_up_for(ren):
    """Each is enqueued again; those that wait their turn are not."""
    from procrastinate.contrib.django.models import ProcrastinateJob  # needs apps

    lost, unheard, without, fresh = [stored(ren, b"%d" % n) for n in range(4)]
    scans.conclude(unheard.pk, Verdict("skip", reason="unavailable"), at=AT)
    Scan.objects.filter(pk=without.pk).delete()
    Scan.objects.filter(pk=fresh.pk).update(at=AT + timedelta(hours=2))
    before = {str(job.args["file_id"]) for job in ProcrastinateJob.objects.all()}
    assert before == {str(file.pk) for file in (lost, unheard, without, fresh)}
    kept = Scan.objects.filter(pk=fresh.pk)

    resumed = []
    scans_enqueue, scans.enqueue = scans.enqueue, resumed.append
    try:
        scans.resume(at=AT + timedelta(hours=2))
    finally:
        scans.enqueue = scans_enqueue

    assert {*resumed} == {lost.pk, unheard.pk, without.pk}
    assert kept.get().status == "pending"
    assert Scan.objects.get(pk=without.pk).status == "pending"


def test_look_at_reads_no_file_that_is_not_as_it_was_stored(ren):
    file = stored(ren, b"words")
    file.path.unlink()

    with pytest.raises(scanning.Damaged):
        scanning.look_at(file)
