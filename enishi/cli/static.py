"""Style sheets, scripts and fonts, gathered and compressed for serving; only when one changed."""

import hashlib
import sys
from pathlib import Path


def collect() -> None:
    from django.conf import settings
    from django.core.management import call_command

    stamp = Path(settings.STATIC_ROOT) / ".stamp"
    state = _state()
    if stamp.exists() and stamp.read_text() == state:
        return
    call_command("collectstatic", interactive=False, verbosity=0, stdout=sys.stderr)
    stamp.write_text(state)


def _state() -> str:
    """Changes whenever a file is added, removed or edited."""
    from django.contrib.staticfiles.finders import get_finders

    from enishi.web.styles import ALWAYS

    seen = set(ALWAYS)
    for finder in get_finders():
        for path, storage in finder.list([]):
            facts = Path(storage.path(path)).stat()
            seen.add(f"{storage.path(path)} {facts.st_size} {facts.st_mtime_ns}")
    return hashlib.sha256("\n".join(sorted(seen)).encode()).hexdigest()
