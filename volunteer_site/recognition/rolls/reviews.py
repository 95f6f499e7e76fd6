"""What a coordinator looks at before a roll is published, besides the roll itself."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import NamedTuple

from volunteer_site.core import dates
from volunteer_site.core.names import without_stroke_data
from volunteer_site.organisations.models import Organisation
from volunteer_site.recognition.models import HonorRoll
from volunteer_site.recognition.rolls import queries, rule, sources

MOST = 20  # of those who fall short


class Short(NamedTuple):
    """Somebody who would be on the roll with a little more."""

    person_id: int
    name: str
    minutes: int
    missing: int


@dataclass(frozen=True)
class Review:
    """Who falls just short, how many left or hide their name, which characters sort last (R67)."""

    short: list[Short]
    shorter: int  # all who fall short, also those who are not listed
    gone: int  # served enough and deleted their data
    hidden: int
    rare: str
    changed: int  # on it with hours that were taken back or corrected since


def review(organisation: Organisation, roll: HonorRoll, lines: Collection[queries.Named]) -> Review:
    """Compare a roll with the ledger it was made from, as of the roll's cut-off."""
    entries = sources.standing_entries(organisation, roll.month, roll.cutoff_at)
    served = rule.standings(entries)
    below = {one: its for one, its in served.items() if its.minutes < roll.minimum_minutes}
    nearest = sorted(below, key=lambda one: (-below[one].minutes, one))[:MOST]
    on_it = [line.person_id for line in lines]
    known = sources.candidates({*nearest, *on_it})
    last_day = dates.month_dates(roll.month)[1]
    return Review(
        short=[
            Short(
                one,
                rule.shown(known[one], last_day)[0],
                below[one].minutes,
                roll.minimum_minutes - below[one].minutes,
            )
            for one in nearest
            if one in known
        ],
        shorter=len(below),
        gone=len(served) - len(below) - sum(one in known for one in on_it),
        hidden=sum(not line.whole for line in lines),
        changed=len(sources.changed_since(organisation, roll.month, roll.cutoff_at) & {*on_it}),
        rare="".join(
            dict.fromkeys(
                without_stroke_data("".join(known[one].name for one in on_it if one in known))
            )
        ),
    )
