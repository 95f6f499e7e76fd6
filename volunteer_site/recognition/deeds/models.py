"""Good deeds, who weighs them, what was voted, and who agreed to be shown."""

from datetime import datetime
from enum import StrEnum

import sqlalchemy as sa
from sqlalchemy import orm

from volunteer_site.core import tries, uploads
from volunteer_site.core.append_only import guard
from volunteer_site.core.db import Model, foreign_key, only_where
from volunteer_site.people.models import NAME_LENGTH

WORDS_LENGTH = 200  # of a deed: as much as is read in front of a board
REASON_LENGTH = 200
CONTACT_LENGTH = 60
CAPACITY_LENGTH = 20
HOW_LENGTH = 60


class Answer(StrEnum):
    """What a panellist says."""

    YES = "yes"
    NO = "no"
    CONCERNED = "concerned"  # related to it, and so leaves it to the others


class ShowKind(StrEnum):
    """What the person agrees to, one by one (R40)."""

    NAME = "name"
    PHOTO = "photo"


class GivenBy(StrEnum):
    """Who agreed."""

    SELF = "self"
    GUARDIAN = "guardian"


class GoodDeed(Model):
    """善行义举: proposed, weighed, noticed, published under a number; or refused with a reason."""

    __tablename__ = "good_deeds"
    __table_args__ = (
        sa.CheckConstraint(
            "kind IN ('help','courage','honesty','devotion','family')", name="kind_known"
        ),
        sa.CheckConstraint(
            "proposer IN ('family','neighbour','organisation')", name="proposer_known"
        ),
        sa.CheckConstraint(
            f"length(nominee_name) BETWEEN 1 AND {NAME_LENGTH}", name="nominee_name_length"
        ),
        sa.CheckConstraint(f"length(words) BETWEEN 1 AND {WORDS_LENGTH}", name="words_length"),
        sa.CheckConstraint("round > 0", name="round_positive"),
        sa.CheckConstraint("verdict IN ('yes','no')", name="verdict_known"),
        sa.CheckConstraint(
            "(decided_at IS NULL) = (verdict IS NULL)", name="decided_with_a_verdict"
        ),
        sa.CheckConstraint("decided_at >= weighing_at", name="decided_after_weighing"),
        sa.CheckConstraint(
            "noticed_at IS NULL OR notice_id IS NOT NULL", name="noticed_by_a_notice"
        ),
        sa.CheckConstraint("noticed_at IS NULL OR verdict = 'yes'", name="noticed_when_agreed"),
        sa.CheckConstraint(
            "(published_at IS NULL) = (number IS NULL)", name="numbered_when_published"
        ),
        sa.CheckConstraint(
            "published_at IS NULL OR noticed_at IS NOT NULL", name="published_after_notice"
        ),
        sa.CheckConstraint(
            "refused_at IS NULL OR published_at IS NULL", name="refused_or_published"
        ),
        sa.CheckConstraint(
            "refused_at IS NULL OR length(refusal_reason) > 0", name="refused_with_a_reason"
        ),
        sa.CheckConstraint("taken_down_at >= published_at", name="taken_down_after_published"),
        sa.CheckConstraint(
            "taken_down_at IS NULL OR length(takedown_reason) > 0",
            name="taken_down_with_a_reason",
        ),
        sa.Index("ix_good_deeds_address_digest_nominated_at", "address_digest", "nominated_at"),
        sa.Index("ix_good_deeds_published_at", "published_at"),
    )

    id: orm.Mapped[int] = orm.mapped_column(primary_key=True)
    organisation_id: orm.Mapped[int] = foreign_key("organisations.id")  # the community
    kind: orm.Mapped[str]  # 助人为乐, 见义勇为, 诚实守信, 敬业奉献, 孝老爱亲
    proposer: orm.Mapped[str]  # 家庭自荐, 邻里推荐, 组织举荐; never by name
    nominee_name: orm.Mapped[str]
    nominee_id: orm.Mapped[int | None] = foreign_key("people.id")  # if they have an account
    minor: orm.Mapped[bool] = orm.mapped_column(default=False)  # under 18 when it was told (R41)
    words: orm.Mapped[str]
    photo: orm.Mapped[str] = uploads.name_column(default="")
    nominated_at: orm.Mapped[datetime]
    # not called person_id: whoever is shown must not learn from a copy of their data who told it
    nominator_id: orm.Mapped[int | None] = foreign_key("people.id")
    contact: orm.Mapped[str] = orm.mapped_column(default="")  # of the nominator, until the end
    address_digest: orm.Mapped[str | None] = tries.digest_column(since="nominated_at")
    round: orm.Mapped[int] = orm.mapped_column(default=1)  # of weighing; another after changes
    weighing_at: orm.Mapped[datetime | None]
    decided_at: orm.Mapped[datetime | None]
    verdict: orm.Mapped[str | None]  # of the panel
    notice_id: orm.Mapped[int | None] = foreign_key("public_notices.id")
    noticed_at: orm.Mapped[datetime | None]
    number: orm.Mapped[str | None] = orm.mapped_column(unique=True)  # 2026-00017
    published_at: orm.Mapped[datetime | None]
    published_by_id: orm.Mapped[int | None] = foreign_key("people.id")
    refused_at: orm.Mapped[datetime | None]
    refusal_reason: orm.Mapped[str] = orm.mapped_column(default="")
    taken_down_at: orm.Mapped[datetime | None]
    takedown_reason: orm.Mapped[str] = orm.mapped_column(default="")


class Panellist(Model):
    """道德评议会: somebody whom a community has named to weigh deeds, until they leave."""

    __tablename__ = "good_deed_panellists"
    __table_args__ = (
        sa.CheckConstraint("ended_at >= named_at", name="ends_after_it_starts"),
        sa.Index(
            "uq_good_deed_panellists_one_open",
            "organisation_id",
            "person_id",
            unique=True,
            **only_where("ended_at IS NULL"),
        ),
    )

    id: orm.Mapped[int] = orm.mapped_column(primary_key=True)
    organisation_id: orm.Mapped[int] = foreign_key("organisations.id")
    person_id: orm.Mapped[int] = foreign_key("people.id")
    capacity: orm.Mapped[str] = orm.mapped_column(default="")  # 老党员, 居民代表, as they say it
    named_at: orm.Mapped[datetime]
    named_by_id: orm.Mapped[int | None] = foreign_key("people.id")
    ended_at: orm.Mapped[datetime | None]


class DeedVote(Model):
    """What a panellist said in a round of weighing, with words; it stays as it was said."""

    __tablename__ = "good_deed_votes"
    __table_args__ = (
        sa.CheckConstraint("answer IN ('yes','no','concerned')", name="answer_known"),
        sa.CheckConstraint(f"length(words) <= {REASON_LENGTH}", name="words_length"),
        sa.CheckConstraint("answer = 'concerned' OR length(words) > 0", name="said_with_words"),
        sa.UniqueConstraint("deed_id", "round", "person_id", name="uq_good_deed_votes_once"),
    )

    id: orm.Mapped[int] = orm.mapped_column(primary_key=True)
    deed_id: orm.Mapped[int] = foreign_key("good_deeds.id")
    round: orm.Mapped[int]
    person_id: orm.Mapped[int] = foreign_key("people.id")
    answer: orm.Mapped[str]
    words: orm.Mapped[str] = orm.mapped_column(default="")
    voted_at: orm.Mapped[datetime]


class DeedConsent(Model):
    """That somebody without an account agrees to be shown, as the community has it on paper."""

    __tablename__ = "good_deed_consents"
    __table_args__ = (
        sa.CheckConstraint("kind IN ('name','photo')", name="kind_known"),
        sa.CheckConstraint("given_by IN ('self','guardian')", name="given_by_known"),
        sa.CheckConstraint(f"length(how) BETWEEN 1 AND {HOW_LENGTH}", name="how_length"),
        sa.CheckConstraint("withdrawn_at >= given_at", name="withdrawn_after_given"),
        sa.Index(
            "uq_good_deed_consents_one_open",
            "deed_id",
            "kind",
            unique=True,
            **only_where("withdrawn_at IS NULL"),
        ),
    )

    id: orm.Mapped[int] = orm.mapped_column(primary_key=True)
    deed_id: orm.Mapped[int] = foreign_key("good_deeds.id")
    kind: orm.Mapped[str]
    given_by: orm.Mapped[str]
    how: orm.Mapped[str]  # such as: signed a paper at the service window
    given_at: orm.Mapped[datetime]
    recorded_by_id: orm.Mapped[int] = foreign_key("people.id")
    withdrawn_at: orm.Mapped[datetime | None]


guard(DeedVote.__table__)
