"""A published roll as a picture for a group of friends: what is kept becomes its words."""

from typing import Any

from volunteer_site.core import dates
from volunteer_site.core.words import gettext as _
from volunteer_site.organisations.models import Kind, Organisation
from volunteer_site.printouts.paper import qr_svg
from volunteer_site.printouts.rows import ems
from volunteer_site.recognition.rolls import words
from volunteer_site.recognition.rolls.models import HonorRoll, Whose
from volunteer_site.recognition.rolls.queries import Named

TOP = 3  # ranks that stand large


def picture(
    roll: HonorRoll, place: Organisation, lines: list[Named], *, address: str
) -> dict[str, Any]:
    """Return what `roll_picture.typ` shows; the same roll and names give the same picture (R39).

    `address` is where the roll can be looked up.
    """
    published_at = roll.published_at or roll.cutoff_at
    return {
        "organisation": place.name,
        "title": words.title(roll),
        "month": dates.show_month(roll.month),
        "totals": words.totals(roll),
        "long": roll.whose != Whose.PEOPLE,
        "ranks": _ranks(roll, lines, units=place.kind != Kind.UNIT),
        "date": words.full_date(dates.local_date(published_at)),
        "facts": [
            sentence
            for sentence in (
                _("No. %(number)s", number=roll.number or ""),
                words.minimum(roll),
                words.names(roll, lines),
            )
            if sentence
        ],
        "invite": _("Scan to look it up"),
        "address": address,
        "qr": qr_svg(address),
    }


def _ranks(roll: HonorRoll, lines: list[Named], *, units: bool) -> list[dict[str, Any]]:
    ranks: dict[int, list[Named]] = {}
    for line in lines:
        ranks.setdefault(line.rank, []).append(line)
    return [
        {
            "rank": rank,
            "top": rank <= TOP,
            "value": words.value(roll, people[0]),
            "many": words.how_many(roll, len(people)) if len(people) > 1 else "",
            "people": [_person(line, noted=units and rank <= TOP) for line in people],
        }
        for rank, people in ranks.items()
    ]


def _person(line: Named, *, noted: bool) -> dict[str, Any]:
    return {
        "name": line.name,
        "spread": line.spread,
        "ems": ems(line.name),
        "note": line.unit_name if noted else "",
    }
