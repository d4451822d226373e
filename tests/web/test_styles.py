"""What is served joined is exactly what is linked one by one."""

from pathlib import Path

from django.contrib.staticfiles import finders
from django.core.management import call_command

from enishi.web import styles


def test_collecting_joins_the_sheets_of_every_page(settings, tmp_path):
    settings.STATIC_ROOT = tmp_path
    settings.STORAGES = settings.STORAGES | {
        "staticfiles": {"BACKEND": "enishi.web.styles.Storage"}
    }

    call_command("collectstatic", interactive=False, verbosity=0)

    joined = (tmp_path / styles.JOINED).read_text("utf-8")
    for name in styles.ALWAYS:
        assert Path(finders.find(f"css/{name}.css")).read_text("utf-8") in joined
    assert list(tmp_path.glob("css/components/joined.*.css"))
