"""A life cycle is written once and enforced twice: by commands here, by PostgreSQL too."""

from dataclasses import dataclass

from .errors import Refused


@dataclass(frozen=True, slots=True)
class Lifecycle:
    name: str
    start: str
    moves: dict[tuple[str, str], str]  # (state, verb) -> next state

    def after(self, state: str, verb: str) -> str:
        """The state that `verb` leads to. Raises Refused when the table does not know it."""
        try:
            return self.moves[state, verb]
        except KeyError:
            raise Refused(self.name, verb, state) from None

    def can(self, state: str, verb: str) -> bool:
        return (state, verb) in self.moves

    def verbs(self, state: str) -> list[str]:
        return [verb for (known, verb) in self.moves if known == state]

    @property
    def all_verbs(self) -> list[str]:
        return sorted({verb for _, verb in self.moves})

    @property
    def states(self) -> list[str]:
        seen = [self.start, *(state for state, _ in self.moves), *self.moves.values()]
        return list(dict.fromkeys(seen))

    @property
    def edges(self) -> list[tuple[str, str]]:
        moves = {(state, after) for (state, _), after in self.moves.items() if state != after}
        return sorted(moves)

    @property
    def refused(self) -> list[tuple[str, str]]:
        """Every (state, verb) outside the table, for the tests and the catalogue of sentences."""
        return [(s, v) for s in self.states for v in self.all_verbs if (s, v) not in self.moves]
