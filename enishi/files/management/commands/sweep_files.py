"""`enishi manage sweep_files`: removes bytes that no row knows."""

from typing import Any

from django.core.management.base import BaseCommand

from enishi.files.sweeping import sweep


class Command(BaseCommand):
    help = "Remove files older than a day that belong to no row, and half-written ones."

    def handle(self, *args: Any, **options: Any) -> None:
        swept = sweep()
        self.stdout.write(f"orphans {swept.orphans}  temporary {swept.temporary}")
