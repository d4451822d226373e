"""Hands in a file as a process of its own: `python -m tests.proofs.uploader`. It walks the whole
way of an upload (coming in, kept, caught, swept), so that it can die at any step of it."""

import django


def main() -> None:
    django.setup()
    from types import SimpleNamespace

    from enishi.files import commands, receiving, scans, sweeping
    from enishi.files.scans import Verdict
    from tests import make
    from tests.make import NOON

    ren = make.ren()
    coming = receiving.Receiving(SimpleNamespace(user=ren, now=NOON))
    coming.new_file("files", "draft.txt", "text/plain", None, None, {})
    coming.receive_data_chunk(b"words", 0)
    upload = coming.file_complete(5)
    stored = commands.store(upload, by=ren, at=NOON)
    upload.close()
    orphan = stored.path.with_name("00000000-0000-7000-8000-000000000000")
    orphan.write_bytes(b"orphan")
    sweeping.sweep(older_than=-60)
    scans.conclude(stored.pk, Verdict("catch", "Harm"), at=NOON)


if __name__ == "__main__":
    main()
