"""Every kind of paper that the shop sets, by the name it has in addresses; and what makes many."""

from collections.abc import Iterator
from typing import Final

from volunteer_site.core.errors import NotFound
from volunteer_site.core.words import gettext as _
from volunteer_site.printouts import deeds, letters, posters, rolls, summaries, tags
from volunteer_site.printouts.orders import Order, Paper

_ALL: Final = (
    *rolls.PAPERS,
    *letters.PAPERS,
    *deeds.PAPERS,
    *posters.PAPERS,
    *tags.PAPERS,
    *summaries.PAPERS,
)
PAPERS: Final[dict[str, Paper]] = {paper.slug: paper for paper in _ALL}
# Many papers at once, only made in the background: each published roll below an organisation.
TOGETHER: Final = {"all-rolls-a4": "roll-a4", "all-rolls-a3": "roll-a3"}

Piece = tuple[Paper, Order]


def named(slug: str) -> Paper:
    """Return the kind of paper of that name; raises NotFound."""
    if slug not in PAPERS:
        raise NotFound(_("There is no such paper."), link=("/print", _("Print shop")))
    return PAPERS[slug]


def pieces(slug: str, order: Order) -> list[Piece]:
    """Return the papers that an order is made of: one, or many that belong together.

    Raises NotFound if there is no such paper or nothing to print.
    """
    found = list(_pieces(slug, order))
    if not found:
        raise NotFound(
            _("No roll of this month has been published yet, so there is nothing to print."),
            link=("/print", _("Print shop")),
        )
    return found


def _pieces(slug: str, order: Order) -> Iterator[Piece]:
    if slug not in TOGETHER:
        yield named(slug), order
        return
    paper = named(TOGETHER[slug])
    for place in rolls.published_below(order):
        yield paper, order.at(place)
