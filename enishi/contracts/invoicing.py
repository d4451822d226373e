"""Under whose name and number the invoices of a worker are issued (CO11)."""

from dataclasses import dataclass

from django.conf import settings

from enishi.documents import invoices
from enishi.documents.invoices import AGENT, OWN
from enishi.profiles import queries as profiles


@dataclass(frozen=True, slots=True)
class Issuing:
    """How it would be done now. `number`: what the invoice names, empty where there is none."""

    mode: str
    number: str

    @property
    def own_number(self) -> str:
        """The worker's, where others get to know it."""
        return self.number if self.mode == OWN else ""


def issuing(worker_id: int) -> Issuing:
    said, operator = profiles.invoice_registration(worker_id), settings.OPERATOR["invoice_number"]
    number, is_by_agent = (said.number, said.is_by_agent) if said else ("", False)
    mode = invoices.mode(number, is_by_agent=is_by_agent, operator_number=operator)
    return Issuing(mode, operator if mode == AGENT else number)
