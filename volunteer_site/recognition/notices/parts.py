"""What a notice shows is known to whoever opened it: rolls, stars and deeds say it here."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from volunteer_site.recognition.notices.models import PublicNotice


@dataclass(frozen=True)
class Proposal:
    """What is proposed: a template with what it needs, and whom it concerns.

    The template is included into the page of the notice and finds `context` as `proposal`.
    `people` may not answer objections. `desk` is where the notice was opened: address and words.
    """

    template: str
    context: Mapping[str, Any] = field(default_factory=dict)
    people: frozenset[int] = frozenset()
    desk: tuple[str, str] | None = None


Show = Callable[[PublicNotice], Proposal | None]
_shown: dict[str, Show] = {}


def shows(subject: str, function: Show) -> None:
    """Say how notices about `subject` are shown; called once, when the site starts."""
    _shown[subject] = function


def of(notice: PublicNotice) -> Proposal | None:
    """Return what is proposed; nothing if it is gone, as after a notice was called off."""
    show = _shown.get(notice.subject)
    return show(notice) if show else None
