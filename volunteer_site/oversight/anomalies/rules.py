"""The rules as data: what each looks at, its numbers with what they may be, how much it weighs."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, NamedTuple

from volunteer_site.oversight.anomalies.models import Kind

Numbers = Mapping[str, int]


class Number(NamedTuple):
    """A number of a rule: what it is by itself, and the least and most that make sense."""

    usual: int
    least: int
    most: int


@dataclass(frozen=True)
class Rule:
    """One way in which a record may look odd; `gravity` from 1 to 3 orders the queue."""

    kind: Kind
    gravity: int
    numbers: Mapping[str, Number]

    @property
    def usual(self) -> dict[str, int]:
        """Return the numbers that count where nobody has changed them."""
        return {name: number.usual for name, number in self.numbers.items()}


RULES: Final[dict[str, Rule]] = {
    rule.kind: rule
    for rule in (
        Rule(Kind.TWO_PLACES, 3, {"minutes": Number(10, 1, 240)}),
        Rule(Kind.NOT_THERE, 3, {"days": Number(14, 0, 366)}),
        Rule(Kind.ONE_DEVICE, 3, {"people": Number(2, 2, 50)}),
        Rule(Kind.NIGHT, 3, {
            "people": Number(5, 1, 500), "from_hour": Number(23, 18, 23),
            "until_hour": Number(5, 1, 9), "hours_after": Number(2, 0, 12),
        }),
        Rule(Kind.BURST, 2, {"scans": Number(5, 2, 100), "seconds": Number(1, 0, 60)}),
        Rule(Kind.TOO_MANY, 2, {"people": Number(5, 1, 500), "percent": Number(30, 0, 500)}),
        Rule(Kind.WALK_INS, 2, {"people": Number(8, 2, 500), "percent": Number(50, 1, 100)}),
        Rule(Kind.LATE_SHARE, 2, {
            "entries": Number(10, 1, 1000), "percent": Number(20, 1, 100),
            "times": Number(3, 1, 50),
        }),
        Rule(Kind.UNDER_CAP, 2, {"minutes": Number(30, 1, 240), "days": Number(3, 2, 7)}),
        Rule(Kind.OWN_HOURS, 2, {"times": Number(1, 1, 31)}),
        Rule(Kind.LATE_OUT, 1, {"minutes": Number(60, 5, 720)}),
    )
}  # fmt: skip
"""By kind, those first that weigh most."""
