"""The print shop's shelves: what can be printed, each thing said by the module that sets it.

Another module adds its paper with `shop.offers("honours", source)`; `source` is asked with the
organisation, month and week that the visitor looks at, and answers with what there is.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from volunteer_site.organisations.models import Organisation
from volunteer_site.people.session import Visitor

SHELVES: Final = ("honours", "recruiting", "day", "review")


@dataclass(frozen=True)
class Asked:
    """What somebody looks for: paper of which organisation, for which month and week."""

    visitor: Visitor
    organisation: Organisation
    month: str
    week: str
    now: datetime


@dataclass(frozen=True)
class Offer:
    """One thing to print: what it is, and the page where it is looked at before printing.

    `file` is its PDF and `picture` a small PNG of it, where they can be had without another
    question. With `job` it takes long and is made in the background: paper and subject.
    """

    title: str
    words: str
    href: str
    file: str = ""
    picture: str = ""
    job: tuple[str, str] | None = None


Source = Callable[[Asked], Iterable[Offer]]

_sources: dict[str, list[Source]] = {shelf: [] for shelf in SHELVES}


def offers(shelf: str, source: Source) -> None:
    """Let `source` say what stands on a shelf: honours, recruiting, day or review."""
    if source not in _sources[shelf]:
        _sources[shelf].append(source)


def on_the_shelves(asked: Asked) -> list[tuple[str, list[Offer]]]:
    """Return the shelves that have something for what is asked, each with what stands on it."""
    found = [(shelf, [one for ask in _sources[shelf] for one in ask(asked)]) for shelf in SHELVES]
    return [(shelf, things) for shelf, things in found if things]
