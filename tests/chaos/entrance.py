"""Makes the people of a market; prints everyone's session."""

import json

from . import people


def main() -> None:
    people.settle()
    everyone = [people.client(n) for n in range(people.CLIENTS)]
    everyone += [people.worker(n) for n in range(people.WORKERS)]
    print(json.dumps({person.pk: people.session(person) for person in everyone}))
