"""Strings planted in private data, each with the people who may read it. A leak is a string found
in an answer to anyone else."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

LONG = 10_000  # letters, where a whole text fits
SEEN = re.compile(rb"kanarie-[ab]-[a-z0-9-]*[a-z0-9]")

CLIENT, WORKER = frozenset({"client"}), frozenset({"worker"})
BOTH, NOBODY = CLIENT | WORKER, frozenset()
OFFICE = frozenset({"reader", "operator", "treasurer"})
SIGNED_IN = BOTH | OFFICE | {"other client", "other worker", "office without second factor"}
SIGNED_IN |= {"former member"}

# What is private, and who may read it: roles in the pair it belongs to, or people of the office.
PLANTED: dict[str, frozenset[str]] = {
    "client-mail": CLIENT | OFFICE,
    "worker-mail": WORKER | OFFICE,
    "full-address": BOTH,  # released to this one applicant (JO5)
    "post-address": SIGNED_IN,
    "contact-person": SIGNED_IN,
    "draft-title": CLIENT,
    "draft-description": CLIENT,
    "draft-deliverables": CLIENT,
    "draft-acceptance": CLIENT,
    "draft-place": CLIENT,
    "draft-address": CLIENT,
    "draft-question": CLIENT,
    "draft-rights": CLIENT,
    "draft-file-name": CLIENT,
    "draft-file-bytes": CLIENT,
    "words-before-an-edit": BOTH,  # read by those who applied (JO6)
    "relayed-question": BOTH,
    "relayed-answer": BOTH,
    "application-message": BOTH,
    "application-answer": BOTH,
    "application-question": BOTH,
    "note-on-applicant": CLIENT,
    "reason-of-decline": BOTH,
    "contract-title": BOTH | OFFICE,
    "contract-content": BOTH,
    "contract-deliverable": BOTH,
    "contract-acceptance": BOTH,
    "contract-place": BOTH,
    "contract-rights": BOTH,
    "contract-secrecy": BOTH,
    "contract-ai": BOTH,
    "milestone-title": BOTH | OFFICE,
    "reason-of-ending": BOTH | OFFICE,
    "reason-of-act": OFFICE,
    "reason-of-no-act": OFFICE,
    "reason-of-hold": WORKER | OFFICE,
    "words-to-the-bank": OFFICE,
    "name-at-the-provider": OFFICE,
    "delivered-words": BOTH,
    "delivered-file-name": BOTH,
    "delivered-file-bytes": BOTH,
    "reason-of-revision": BOTH | OFFICE,
    "reason-of-change": BOTH | OFFICE,
    "reason-of-refund": BOTH | OFFICE,
    "unsent-words": CLIENT,
    "qualification-number": WORKER,
    "name-of-passkey": CLIENT,
    "message": BOTH,
    "message-file-name": BOTH,
    "message-file-bytes": BOTH,
    "review-unpublished": CLIENT | OFFICE,
    "review-private-note": CLIENT | OFFICE,
    "closing-note": CLIENT,  # the reviews have not appeared
    "reason-of-ruling": BOTH | OFFICE,
    "text-of-report": WORKER | OFFICE,
    "reason-of-decision": BOTH | OFFICE,
    "bank-name": WORKER,
    "bank-holder": WORKER | OFFICE,
    "bank-owner": WORKER | OFFICE,
    "reason-of-holder": OFFICE,
    "reason-of-no-holder": WORKER | OFFICE,
    "check-title": WORKER | OFFICE,
    "check-of-business-title": WORKER | OFFICE,
    "reason-of-look": OFFICE,
    "reason-of-rejection": WORKER | OFFICE,
    "reason-of-withdrawal": WORKER | OFFICE,
    "reason-of-finding": BOTH | OFFICE,
    "reason-of-no-finding": OFFICE,
    "reason-of-lifting": BOTH | OFFICE,
    "bank-payee": NOBODY,
    "bank-token": NOBODY,
    "payment-charge": NOBODY,
    "payment-page": CLIENT,
}


@dataclass(frozen=True, slots=True)
class Canaries:
    """Those of one pair of people."""

    pair: str

    def __getitem__(self, name: str) -> str:
        assert name in PLANTED, name
        return f"kanarie-{self.pair}-{name}"

    def public(self, words: str, most: int = 60) -> str:
        """What anyone may read, at most so long. Another kind of canaries says it otherwise."""
        return words


def leaked(said: bytes, *, to: str, pair_of_reader: str | None) -> set[str]:
    """What `said` tells a reader who must not know it. A reader of another pair is a stranger:
    their own side's name means nothing in this one."""
    if b"kanarie" not in said.lower():
        return set()
    return {
        text.decode()
        for text in SEEN.findall(said.lower())
        if not _may_read(text.decode(), to, pair_of_reader)
    }


def _may_read(text: str, reader: str, pair_of_reader: str | None) -> bool:
    _, pair, name = text.split("-", 2)
    whole = next((one for one in _longest_first() if name.startswith(one)), None)
    if whole is None:  # cut short by an excerpt: any that begins like this
        readers = [PLANTED[one] for one in PLANTED if one.startswith(name)]
        return bool(readers) and any(_known(pair, reader, pair_of_reader) in one for one in readers)
    return _known(pair, reader, pair_of_reader) in PLANTED[whole]


def _longest_first() -> Iterable[str]:
    return sorted(PLANTED, key=len, reverse=True)


def _known(pair: str, reader: str, pair_of_reader: str | None) -> str:
    """The reader as this pair knows them: `client` of the other pair is its `other client`."""
    if pair_of_reader not in (None, pair) and reader in BOTH:
        return f"other {reader}"
    return reader
