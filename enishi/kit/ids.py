"""Identifiers: uuid v7 (ordered by time), made here because PostgreSQL 15 cannot."""

import secrets
import time
import uuid


def uuid7() -> uuid.UUID:
    """A random id whose first 48 bits are the real time in milliseconds."""
    milliseconds = time.time_ns() // 1_000_000
    value = milliseconds << 80 | secrets.randbits(80)
    value = value & ~(0xF << 76) | (0x7 << 76)
    value = value & ~(0x3 << 62) | (0x2 << 62)
    return uuid.UUID(int=value)
