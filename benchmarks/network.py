"""How well scores tell the good from the bad of a network with labels; the figures of decision 35.

    .venv/bin/python -m benchmarks.network RATINGS.csv LABELS.csv

RATINGS: rater,rated,score,time. LABELS: user,label with 1 for good and -1 for bad. Beside it stand
two simple methods. Each is asked again with a tenth of the ratings gone, after half of the time,
with 200 colluding raters, and by verdicts of single raters that it does not know.
"""

import csv
import random
import sys
import time
from collections import defaultdict
from collections.abc import Callable, Iterable
from pathlib import Path

from enishi.trust.files import ratings
from enishi.trust.scoring import Rating, scores

Scores = dict[str, float]
Method = Callable[[list[Rating]], Scores]
CROWD, TARGETS = 200, 10
VERDICTS = 8  # of either kind, for a rater to be left out and asked


def mean(given: list[Rating]) -> Scores:
    received: dict[str, list[float]] = defaultdict(list)
    for one in given:
        received[one.rated].append(one.score)
    return {rated: sum(said) / len(said) for rated, said in received.items()}


def fair_and_good(given: list[Rating], rounds: int = 30) -> Scores:
    """Fairness of raters and goodness of the rated (Kumar et al., ICDM 2016)."""
    received: dict[str, list[tuple[str, float]]] = defaultdict(list)
    gave: dict[str, list[tuple[str, float]]] = defaultdict(list)
    for one in given:
        received[one.rated].append((one.rater, one.score / 10))
        gave[one.rater].append((one.rated, one.score / 10))
    fair, good = dict.fromkeys(gave, 1.0), dict.fromkeys(received, 1.0)
    for _ in range(rounds):
        good = {
            rated: sum(fair[rater] * score for rater, score in said) / len(said)
            for rated, said in received.items()
        }
        fair = {
            rater: 1 - sum(abs(score - good[rated]) for rated, score in said) / (2 * len(said))
            for rater, said in gave.items()
        }
    return good


METHODS: dict[str, Method] = {"ours": scores, "mean": mean, "fair and good": fair_and_good}


def auc(found: Scores, labels: dict[str, int]) -> float:
    """How often somebody good stands above somebody bad; whoever has no score is in the middle."""
    good = [found.get(who, 0.0) for who, label in labels.items() if label > 0]
    bad = [found.get(who, 0.0) for who, label in labels.items() if label < 0]
    wins = sum((up > down) + (up == down) / 2 for up in good for down in bad)
    return wins / (len(good) * len(bad))


def fewer(given: list[Rating], seed: int) -> list[Rating]:
    lot = random.Random(seed)
    return [one for one in given if lot.random() >= 0.1]


def colluding(
    given: list[Rating], labels: dict[str, int], *, is_mutual: bool, welcomed: int = 0
) -> list[Rating]:
    """So many new raters praise ten of the bad and slander ten of the good; `welcomed` of them were
    rated 1 by somebody who was there before."""
    lot = random.Random(1)
    crowd = [f"colluder {number}" for number in range(CROWD)]
    at = max(one.time for one in given)
    sides = [sorted(who for who, label in labels.items() if label == side) for side in (-1, 1)]
    bad, good = (lot.sample(side, min(TARGETS, len(side))) for side in sides)
    more = [Rating(one, who, 10, at) for one in crowd for who in bad]
    more += [Rating(one, who, -10, at) for one in crowd for who in good]
    if is_mutual:
        pairs = [(one, other) for one in crowd for other in lot.sample(crowd, TARGETS)]
        more += [Rating(one, other, 10, at) for one, other in pairs if one != other]
    hosts = lot.sample(sorted({one.rater for one in given}), welcomed)
    more += [Rating(host, one, 1, at) for host, one in zip(hosts, crowd, strict=False)]
    return [*given, *more]


def verdicts(given: list[Rating]) -> Iterable[tuple[list[Rating], dict[str, int]]]:
    """For each rater with clear words of both kinds: the network without them, and their words."""
    said: dict[str, dict[str, int]] = defaultdict(dict)
    for one in given:
        if one.score >= 3 or one.score <= -5:
            said[one.rater][one.rated] = 1 if one.score > 0 else -1
    for rater, words in said.items():
        if min(list(words.values()).count(side) for side in (1, -1)) >= VERDICTS:
            yield [one for one in given if one.rater != rater], words


def measure(name: str, method: Method, given: list[Rating], labels: dict[str, int]) -> None:
    began = time.monotonic()
    whole = auc(method(given), labels)
    seconds = time.monotonic() - began

    def against(others: list[Rating]) -> str:
        return f"{auc(method(others), labels) - whole:+.3f}"

    days = sorted(one.time for one in given)
    for share in (0.5, 0.8):
        early = [one for one in given if one.time <= days[int(len(days) * share)]]
        print(f"{name}: first {share:.0%} of the ratings {against(early)}")
    print(f"{name}: AUC {whole:.4f} in {seconds:.2f} s")
    print(f"{name}: a tenth gone {' '.join(against(fewer(given, seed)) for seed in range(8))}")
    for is_mutual in (False, True):
        crowd = colluding(given, labels, is_mutual=is_mutual)
        print(f"{name}: {CROWD} colluding, mutual {is_mutual} {against(crowd)}")
    crowd = colluding(given, labels, is_mutual=True, welcomed=20)
    print(f"{name}: the same, and twenty were rated back once {against(crowd)}")
    found = [auc(method(rest), words) for rest, words in verdicts(given)]
    if found:
        print(f"{name}: verdicts of {len(found)} raters left out {sum(found) / len(found):.4f}")


def main() -> None:
    given = ratings(Path(sys.argv[1]).read_text(encoding="utf-8-sig").splitlines())
    with Path(sys.argv[2]).open(encoding="utf-8-sig", newline="") as rows:
        labels = {row["user"]: int(row["label"]) for row in csv.DictReader(rows)}
    print(f"{len(given)} ratings, {len(labels)} labels")
    for name, method in METHODS.items():
        measure(name, method, given, labels)


if __name__ == "__main__":
    main()
