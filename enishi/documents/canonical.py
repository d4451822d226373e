"""One spelling for each record, so that equal facts have equal fingerprints. Pure."""

import hashlib
import json
from collections.abc import Mapping
from typing import Any


def text(body: Mapping[str, Any]) -> str:
    """Sorted keys, no spaces, plain UTF-8. Floats are refused: their spelling is not unique."""
    _check(body)
    return json.dumps(
        body, sort_keys=True, ensure_ascii=False, separators=(",", ":"), allow_nan=False
    )


def digest(record: str) -> str:
    return hashlib.sha256(record.encode()).hexdigest()


def _check(value: Any) -> None:
    if isinstance(value, Mapping):
        for key, inner in value.items():
            if not isinstance(key, str):
                raise TypeError(f"a record has text keys, not {type(key).__name__}")
            _check(inner)
    elif isinstance(value, list | tuple):
        for inner in value:
            _check(inner)
    elif isinstance(value, str):
        if "\0" in value:
            raise ValueError("a record has no NUL")
    elif not (value is None or isinstance(value, int)):
        raise TypeError(f"a record holds plain values, not {type(value).__name__}")
