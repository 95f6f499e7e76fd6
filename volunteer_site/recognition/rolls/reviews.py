"""What a coordinator looks at before a roll is published, besides the roll itself."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import NamedTuple

from volunteer_site.core import dates
from volunteer_site.core.names import without_stroke_data
from volunteer_site.organisations.models import Organisation
from volunteer_site.recognition.rolls import queries, rule, sources
from volunteer_site.recognition.rolls.models import HonorRoll

MOST = 20  # of those who fall short


class Short(NamedTuple):
    """Somebody who would be on the roll with a little more."""

    name: str
    value: int
    missing: int


@dataclass(frozen=True)
class Review:
    """Who falls just short, how many left or hide their name, which characters sort last (R67)."""

    short: list[Short]
    shorter: int  # all who fall short, also those who are not listed
    gone: int  # served enough and deleted their data
    absent: int  # served enough and want to stand on no roll
    crowded: int  # served enough, and there was no place left
    hidden: int
    rare: str
    changed: int  # on it with hours that were taken back or corrected since


def review(organisation: Organisation, roll: HonorRoll, lines: Collection[queries.Named]) -> Review:
    """Compare a roll with the ledger it was made from, as of the roll's cut-off."""
    terms = queries.terms_of(roll)
    served = sources.served(organisation, roll.month, terms)
    known = sources.known(served, roll.whose)
    on_it = {line.person_id or line.organisation_id or 0 for line in lines}
    value = {one: rule.worth(served[one], its, roll.counts) for one, its in known.items()}
    below = {one: number for one, number in value.items() if 0 < number < terms.minimum}
    reached = {one for one in value if value[one] >= terms.minimum}
    absent = {one for one in reached if known[one].left_out}
    changed = sources.changed_since(organisation, roll.month, roll.cutoff_at, terms.what)
    return Review(
        short=_nearest(below, known, roll, terms.minimum),
        shorter=len(below),
        gone=sum(its.minutes >= terms.minimum for one, its in served.items() if one not in known),
        absent=len(absent),
        crowded=len(reached - absent - on_it) if roll.most else 0,
        hidden=sum(not line.whole for line in lines),
        changed=len(changed & on_it),
        rare=_rare(known[one].name for one in on_it if one in known),
    )


def _nearest(
    below: dict[int, int], known: dict[int, rule.Candidate], roll: HonorRoll, minimum: int
) -> list[Short]:
    last_day = dates.month_dates(roll.month)[1]
    nearest = sorted(below, key=lambda one: (-below[one], one))[:MOST]
    return [
        Short(rule.shown(known[one], last_day)[0], below[one], minimum - below[one])
        for one in nearest
    ]


def _rare(names: Iterable[str]) -> str:
    return "".join(dict.fromkeys(without_stroke_data("".join(names))))
