"""Files people hand in. The row is the fact; the bytes lie under MEDIA_ROOT and never change."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q

from enishi.kit.constraints import LegalMoves, TriggerConstraint
from enishi.kit.ids import uuid7

from .lifecycle import SCAN

MOST_BYTES = 100 * 1024 * 1024


class WrittenOnce(TriggerConstraint):
    """Rows may go, but never change: a hash that was shown stays the hash of that file."""

    def create_sql(self, model: Any, schema_editor: Any) -> str:
        table = schema_editor.quote_name(model._meta.db_table)
        name = schema_editor.quote_name(self.name)
        return f"""
            CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$
            BEGIN
                RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = '{self.name}',
                    MESSAGE = TG_TABLE_NAME || ' is written once';
            END $$;
            CREATE TRIGGER {name} BEFORE UPDATE ON {table}
                FOR EACH ROW EXECUTE FUNCTION {name}();
        """


class StoredFile(models.Model):
    """One file. Who may read it is decided by what it hangs on, never by its id alone."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    name = models.CharField(max_length=255)
    size = models.BigIntegerField(help_text="Bytes.")
    sha256 = models.CharField(max_length=64)
    content_type = models.CharField(max_length=100)
    stored_as = models.CharField(max_length=60, unique=True)
    is_reencoded = models.BooleanField(default=False)  # an image we drew ourselves: may be shown
    created_at = models.DateTimeField()

    class Meta:
        indexes = [
            models.Index(fields=["owner", "created_at"], include=["size"], name="file_by_day"),
        ]
        constraints = [
            WrittenOnce(name="file_written_once"),
            models.CheckConstraint(
                name="file_size_within_limit", condition=Q(size__gte=1, size__lte=MOST_BYTES)
            ),
            models.CheckConstraint(
                name="file_shown_only_if_webp",
                condition=Q(is_reencoded=False) | Q(content_type="image/webp"),
            ),
            models.CheckConstraint(
                name="file_hash_is_sha256", condition=Q(sha256__regex=r"^[0-9a-f]{64}$")
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def path(self) -> Path:
        return Path(settings.MEDIA_ROOT) / self.stored_as


class Scan(models.Model):
    """What is known about a file: whether it may be opened, and what its receiver should know
    before. Pictures we drew ourselves have none."""

    file = models.OneToOneField(StoredFile, models.CASCADE, primary_key=True, related_name="scan")
    status = models.CharField(max_length=12, default=SCAN.start)
    found = models.CharField(max_length=100, blank=True)  # the name of what was caught
    reason = models.CharField(max_length=20, blank=True)  # why it was not scanned
    report = models.JSONField(default=dict)  # see inspection/report.py
    at = models.DateTimeField()  # of the present status

    class Meta:
        indexes = [
            models.Index(fields=["at"], name="scan_unfinished", condition=Q(status="pending")),
            models.Index(fields=["file"], name="scan_caught", condition=Q(status="bad")),
        ]
        constraints = [
            LegalMoves(name="scan_moves", field="status", start=SCAN.start, edges=SCAN.edges),
            models.CheckConstraint(
                name="scan_names_what_it_caught", condition=~Q(status="bad") | ~Q(found="")
            ),
        ]


class BlockedHash(models.Model):
    """Bytes that were caught once are refused wherever they come again."""

    sha256 = models.CharField(max_length=64, primary_key=True)
    found = models.CharField(max_length=100)
    at = models.DateTimeField()
