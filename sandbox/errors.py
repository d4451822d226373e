"""Refusals in the shape of Stripe's error object."""

from typing import Any


class ApiError(Exception):
    """Answered with `status` and {"error": {...}}; `keeps` says whether the effect so far stays."""

    def __init__(
        self,
        status: int,
        kind: str,
        message: str,
        *,
        code: str = "",
        keeps: bool = False,
        **more: Any,
    ) -> None:
        super().__init__(message)
        self.status, self.keeps = status, keeps
        self.body: dict[str, Any] = {"type": kind, "message": message}
        self.body |= {"code": code} if code else {}
        self.body |= {name: value for name, value in more.items() if value not in (None, "")}


def invalid(message: str, *, code: str = "", param: str = "", status: int = 400) -> ApiError:
    return ApiError(status, "invalid_request_error", message, code=code, param=param)


def missing(kind: str, name: str) -> ApiError:
    return invalid(f"No such {kind}: '{name}'", code="resource_missing", param="id", status=404)
