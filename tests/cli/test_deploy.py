"""O3: with the settings of a live market, Django's own check for deployment finds nothing.
Two of its warnings are silenced, with their reason in the settings."""

import os
import subprocess
import sys
from pathlib import Path

ENISHI = str(Path(sys.executable).with_name("enishi"))
LIVE = {
    "ENISHI_MODE": "live",
    "ENISHI_SECRET_KEY": "Bh4t-9wQz7-LmX2k-PfR8s-VcN3d-YjG6a-TuE1b-WoD5x-KiZ0",
    "ENISHI_URL": "https://enishi.example",
    "ENISHI_STREAM_URL": "https://enishi.example/stream",
    "ENISHI_MAIL_URL": "smtp+tls://enishi:secret@mail.example:587",
    "ENISHI_PROVIDER": "stripe",
    "ENISHI_PROVIDER_URL": "https://api.provider.example",
    "ENISHI_PROVIDER_KEY": "sk_live_0123456789abcdef",
    "ENISHI_PROVIDER_SECRET": "whsec_0123456789abcdef",
    "ENISHI_PROXIES": "1",
}


def test_a_live_market_passes_the_check_for_deployment(tmp_path):
    (tmp_path / "static").mkdir()
    kept = {name: value for name, value in os.environ.items() if not name.startswith("ENISHI_")}
    done = subprocess.run(
        [ENISHI, "manage", "check", "--deploy", "--fail-level", "WARNING"],
        env=kept | LIVE | {"ENISHI_DATA": str(tmp_path)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, ""), done.stderr
    assert "no issues (2 silenced)" in done.stdout
