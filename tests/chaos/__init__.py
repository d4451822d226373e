"""The chaos of `bin/chaos`: clients act on a whole market while parts of it are killed, and what
they were answered is the oracle of what must stand in the books afterwards (M1, D1, D2, T3)."""
