"""What is ordered at the print shop, and the paper it becomes: data first, then a file."""

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import cached_property
from typing import Any, Final

from flask_babel import LazyString

from volunteer_site.core.glyphs import missing_glyphs
from volunteer_site.organisations.models import Organisation
from volunteer_site.people.session import Visitor
from volunteer_site.printouts import press

HEAVY: Final = 300_000  # signs of data; about 2,000 names, which take more than a few seconds


@dataclass(frozen=True)
class Order:
    """Whose paper, about what (a month, a week, an activity), and what else was wished for.

    `host` is the site's own address, for what a code on the paper leads to.
    """

    visitor: Visitor
    organisation: Organisation
    subject: str
    host: str
    now: datetime
    wishes: Mapping[str, str] = field(default_factory=dict)

    def at(self, organisation: Organisation) -> "Order":
        """Return the same order for another organisation."""
        return replace(self, organisation=organisation)


@dataclass(frozen=True)
class Setting:
    """A paper ready to be set in type: its template, what it says, what its file is called."""

    template: str
    content: dict[str, Any]
    name: str

    @cached_property
    def data(self) -> str:
        """Return what it says as text."""
        return json.dumps(self.content, ensure_ascii=False, sort_keys=True)

    @property
    def digest(self) -> str:
        """Return what changes when the paper would look otherwise."""
        said = f"{press.edition()} {self.template} {self.data}"
        return hashlib.sha256(said.encode()).hexdigest()[:24]

    @property
    def heavy(self) -> bool:
        """Tell whether it takes so long that nobody should wait for it."""
        return len(self.data) > HEAVY

    @property
    def missing(self) -> list[str]:
        """Return what is written with signs that no font draws: names to look at first (R72)."""
        if not missing_glyphs(self.data):
            return []
        return [said for said in dict.fromkeys(_texts(self.content)) if missing_glyphs(said)]

    def pdf(self) -> bytes:
        """Return the file; about half a second. Raises CalledProcessError if it cannot be set."""
        return press.set_in_type(self.template, self.content)

    def picture(self) -> bytes:
        """Return the first page as a small PNG; raises as `pdf`."""
        return press.preview(self.template, self.content)


@dataclass(frozen=True)
class Wish:
    """Something one may choose or write before printing; without choices it is free text."""

    name: str
    label: str
    value: str
    choices: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Paper:
    """A kind of paper: its name in addresses and in words, its size, and how it is composed.

    `compose` raises NotFound, or another Refusal, where there is nothing to print.
    """

    slug: str
    title: LazyString
    size: LazyString
    compose: Callable[[Order], Setting]
    wishes: Callable[[Order], Iterable[Wish]] = lambda _order: ()
    hint: LazyString | str = ""  # what to mind in the print window

    def address(self, order: Order, ending: str = "") -> str:
        """Return where the paper is looked at, or with .pdf or .png its file."""
        return address(self.slug, order.organisation.slug, order.subject, ending)


def address(paper: str, slug: str, subject: str, ending: str = "") -> str:
    """Return where a paper is looked at, or with .pdf or .png its file."""
    return f"/print/papers/{paper}/{slug}/{subject}{ending}"


def _texts(content: Any) -> Iterator[str]:
    if isinstance(content, str):
        yield content
    elif isinstance(content, Mapping):
        for part in content.values():
            yield from _texts(part)
    elif isinstance(content, list | tuple):
        for part in content:
            yield from _texts(part)
