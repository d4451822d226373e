"""Failures that tests ask for: what a real provider does to one on a bad day.

A shape is used up `times` times on calls whose path begins with `path`:
  time_out_before   no answer, nothing done          error_before   500, nothing done
  time_out_after    no answer, everything done       error_after    500, everything done
  rate_limit        429, nothing done                event_first    webhook before the answer
  nonsense          200 with a body that is no JSON, everything done
  refuse            the status, type and code that were asked for, nothing done
"""

from dataclasses import dataclass, field

SHAPES = {
    "time_out_before",
    "time_out_after",
    "error_before",
    "error_after",
    "rate_limit",
    "event_first",
    "nonsense",
    "refuse",
}


@dataclass(slots=True)
class Shape:
    name: str
    path: str
    method: str = "POST"
    times: int = 1
    seconds: float = 5.0
    status: int = 400
    kind: str = "invalid_request_error"
    code: str = ""


@dataclass(slots=True)
class Shapes:
    waiting: list[Shape] = field(default_factory=list)
    copies: int = 1  # how often each webhook is sent
    delay: float = 0.0  # seconds before a webhook is sent
    reversed: bool = False  # newest webhook first
    is_paused: bool = False  # webhooks wait

    def for_call(self, method: str, path: str) -> Shape | None:
        """The shape that this call gets, used up by it."""
        for shape in self.waiting:
            if shape.method == method and path.startswith(shape.path):
                shape.times -= 1
                if shape.times <= 0:
                    self.waiting.remove(shape)
                return shape
        return None
