"""The form in which the words of a letter are kept: English sentence ids with named facts."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Words:
    title: str
    both: str = ""  # advice for whoever has none of their own below
    client: str = ""
    worker: str = ""
    due: str = ""  # said only when the fact named by `until` is known
    until: str = "due"
    quote: str = ""  # the fact that holds a person's own words
    link: str = ""  # see paths.py
    office: str = ""  # the link for who stands on neither side

    def for_side(self, side: str) -> str:
        own = {"client": self.client, "worker": self.worker}.get(side, "")
        return own or self.both
