"""On whose side the fault stands when a deal ends early, ending by ending (RE3). Pure.

Only an ending that one side brought about carries a fault. What two treasurers settle is paid work
and carries none; a contract that was never funded never began, so that nobody rates it.
"""

from collections.abc import Iterable

SIDES = ("client", "worker")
FAULTS = {
    "given_back": "worker",  # the worker gave the piece and its money back
    "never_delivered": "worker",  # the date passed, and nothing ever came (CL12)
    "charged_back": "client",  # the client's bank took the payment back
    "unfunded": "client",  # the next piece's money never came (CL1)
    "followed": "",  # it ended with another piece, whose fault counts
}


def of_contract(faults: Iterable[str]) -> str:
    """The side at fault for all pieces together: client | worker, or "" when there is none, or
    both have their part in it."""
    known = {fault for fault in faults if fault}
    return known.pop() if len(known) == 1 else ""
