"""Badges that the office and coordinators make themselves, and how they go out of use."""

import re
from datetime import datetime
from typing import Any, Final

import sqlalchemy as sa

from volunteer_site.core import audit, pinyin, turns, versions
from volunteer_site.core.db import db
from volunteer_site.core.errors import Refusal
from volunteer_site.core.words import gettext as _
from volunteer_site.recognition.badges.models import Badge

STEP: Final = 10  # between the positions of two badges
SLUG_LENGTH: Final = 40


class NameTaken(Refusal):
    """Two badges of one name could not be told apart."""


class NotOnesOwn(Refusal):
    """Words and looks of the catalogue come with the site, those of a design from its designer."""


def compose(columns: dict[str, Any], *, by_id: int, now: datetime) -> Badge:
    """Make a special badge from its columns; nobody has it yet.

    Who has reached its rule already gets it with their next hours, or at night by `badges settle`.
    Raises NameTaken.
    """
    turns.wait_for("badges")
    _refuse_taken(columns["name_zh"], None)
    last = db.session.scalar(sa.select(sa.func.max(Badge.position))) or 0
    badge = Badge(
        **{"family": "special", **columns},
        slug=_free_slug(columns["name_zh"]),
        position=last + STEP,
        created_at=now,
        created_by_id=by_id,
    )
    db.session.add(badge)
    db.session.flush()
    _changed("badge.compose", badge, by_id)
    return badge


def reword(badge: Badge, columns: dict[str, Any], *, by_id: int) -> None:
    """Change words and looks; the rule stays as people have earned it.

    Raises NameTaken, and NotOnesOwn for what was not made at a desk.
    """
    refuse_foreign(badge)
    _refuse_taken(columns["name_zh"], badge.id)
    for name, value in columns.items():
        setattr(badge, name, value)
    _changed("badge.update", badge, by_id)


def retire(badge: Badge, *, by_id: int, now: datetime) -> None:
    """Give the badge to nobody any more; who has it keeps it. A second time changes nothing."""
    if badge.retired_at is None:
        badge.retired_at = now
        _changed("badge.retire", badge, by_id)


def bring_back(badge: Badge, *, by_id: int) -> None:
    """Let a retired badge be given again; a second time changes nothing. Raises NameTaken."""
    if badge.retired_at is not None:
        turns.wait_for("badges")
        _refuse_taken(badge.name_zh, badge.id)
        badge.retired_at = None
        _changed("badge.return", badge, by_id)


def is_ones_own(badge: Badge) -> bool:
    """Tell whether a badge was composed at a desk, so that its words may be changed there."""
    return badge.created_by_id is not None and badge.design_id is None


def refuse_foreign(badge: Badge) -> None:
    """Raise NotOnesOwn for a badge whose words are not the desk's to change."""
    if not is_ones_own(badge):
        raise NotOnesOwn(
            _(
                "Words and looks of this badge come from the catalogue or its designer and stay "
                "as they are. Retire it if it does not fit, and make one of your own."
            )
        )


def _refuse_taken(name: str, badge_id: int | None) -> None:
    taken = sa.select(Badge.id).where(Badge.name_zh == name, Badge.retired_at.is_(None))
    if db.session.scalar(taken.where(Badge.id != (badge_id or 0)).limit(1)) is not None:
        raise NameTaken(
            _("There is a badge called %(name)s already. Choose another name.", name=name)
        )


def _free_slug(name: str) -> str:
    letters = re.sub(r"[^a-z0-9]", "", pinyin.search_keys(name)[0])
    wish = letters[:SLUG_LENGTH] or "badge"
    like = sa.select(Badge.slug).where(Badge.slug.startswith(wish))
    taken = set(db.session.scalars(like))
    numbered = (f"{wish}-{number}" for number in range(2, len(taken) + 3))
    return next(slug for slug in (wish, *numbered) if slug not in taken)


def _changed(kind: str, badge: Badge, by_id: int) -> None:
    versions.bump("badges")
    audit.record(kind, by_id, object_kind="badge", object_id=badge.id, note=badge.name_zh)
