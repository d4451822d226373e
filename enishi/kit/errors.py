"""What a command raises when a rule says no: a code, and facts for its sentence."""


class Refused(Exception):
    """A rule refused the act. `code` finds the sentence in the catalogue; `facts` fill it."""

    def __init__(self, subject: str, verb: str, state: str) -> None:
        self.code = f"{subject}.{verb}.{state}"
        self.facts: dict[str, object] = {}
        super().__init__(self.code)

    @classmethod
    def because(cls, code: str, **facts: object) -> "Refused":
        """A refusal that no life cycle knows, such as `escrow.not_enough`."""
        refusal = cls.__new__(cls)
        Exception.__init__(refusal, code)
        refusal.code = code
        refusal.facts = facts
        return refusal
