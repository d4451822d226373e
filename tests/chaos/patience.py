"""What the provider did not answer is asked again in ten minutes when it is older than an hour, as
it is as soon as a client has moved the market's clock. Nobody waits here as long: it is moved."""

import json

from enishi.kit import clock
from enishi.payments import policy


def main() -> None:
    clock.advance(policy.ASK_OLD)
    print(json.dumps(None))
