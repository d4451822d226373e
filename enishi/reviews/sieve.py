"""Which reviews of a person are listed: all, or those that a reader asks for."""

from dataclasses import dataclass, field

from .models import ReviewQuerySet, Ruling

LOW = 3  # an item with at most so many stars is "only those with … at 3 or less"


@dataclass(frozen=True, slots=True)
class Sieve:
    """`stars`: the overall rating, 0 for any. `low`: an item rated `LOW` or less. `theme` and
    `tone`: what the comment speaks of; `found` are the ids of those that do."""

    stars: int = 0
    low: str = ""
    theme: str = ""
    tone: str = ""
    found: tuple[int, ...] = field(default=(), compare=False)

    def __bool__(self) -> bool:
        return bool(self.stars or self.low or self.theme)

    def of(self, reviews: ReviewQuerySet) -> ReviewQuerySet:
        """What the office took out is listed among all, and answers to no filter."""
        if not self:
            return reviews
        reviews = reviews.exclude(pk__in=Ruling.objects.taken_out())
        if self.stars:
            reviews = reviews.filter(overall=self.stars)
        if self.low:
            reviews = reviews.filter(**{f"{self.low}__lte": LOW})
        return reviews.filter(pk__in=self.found) if self.theme else reviews


EVERYTHING = Sieve()
