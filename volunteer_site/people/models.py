"""People, their roles, what they agreed to, and the tries to log in."""

from datetime import date, datetime
from enum import StrEnum

import sqlalchemy as sa
from sqlalchemy import orm

from volunteer_site.core import tries
from volunteer_site.core.db import Model, foreign_key, only_where

NAME_LENGTH = 50  # R72
VOLUNTEER_NUMBER_LENGTH = 32


class RoleName(StrEnum):
    """What a person may do at an organisation. Everybody is a volunteer."""

    COORDINATOR = "coordinator"
    LIAISON = "liaison"
    OFFICER = "officer"


class ConsentKind(StrEnum):
    """What a person agrees to, one by one, never ticked beforehand (R46, R47)."""

    NOTICE = "notice"  # the first-use notice; needed
    PUBLISH_NAME = "publish_name"
    PUBLISH_PHOTO = "publish_photo"
    LOCATION = "location"  # to be told near the place when checking in (R19)
    UNDER_14 = "under_14"
    ACTED_FOR = "acted_for"  # who shares the phone may sign them up and check them in (R24)


class Person(Model):
    """Somebody who takes part. Several people may share one phone (R24)."""

    __tablename__ = "people"
    __table_args__ = (
        sa.CheckConstraint(f"length(name) BETWEEN 1 AND {NAME_LENGTH}", name="name_length"),
        sa.CheckConstraint(
            f"length(number) BETWEEN 1 AND {VOLUNTEER_NUMBER_LENGTH}", name="number_length"
        ),
        sa.Index("uq_people_registered_once", "phone", "name", "birth_date", unique=True),
    )

    id: orm.Mapped[int] = orm.mapped_column(primary_key=True)
    number: orm.Mapped[str] = orm.mapped_column(unique=True)  # 志愿者编号, e.g. V00000017
    name: orm.Mapped[str]
    pinyin: orm.Mapped[str] = orm.mapped_column(default="")
    initials: orm.Mapped[str] = orm.mapped_column(default="")
    phone: orm.Mapped[str | None] = orm.mapped_column(index=True)
    birth_date: orm.Mapped[date | None]
    password_hash: orm.Mapped[str | None]  # nobody without one can log in
    session_stamp: orm.Mapped[str] = orm.mapped_column(default="")  # changes with the password
    must_change_password_since: orm.Mapped[datetime | None]  # R54
    community_id: orm.Mapped[int | None] = foreign_key("organisations.id")  # where they live
    unit_id: orm.Mapped[int | None] = foreign_key("organisations.id")  # where they work
    calendar_token: orm.Mapped[str | None] = orm.mapped_column(unique=True)
    locale: orm.Mapped[str] = orm.mapped_column(default="zh_CN")
    large_text_since: orm.Mapped[datetime | None]  # R74: the large-text view, per person
    position_shown_since: orm.Mapped[datetime | None]  # their place in the community, to them
    created_at: orm.Mapped[datetime]
    erased_at: orm.Mapped[datetime | None]  # R45


class Role(Model):
    """A person may do something at an organisation and below it, from a moment until a moment."""

    __tablename__ = "roles"
    __table_args__ = (
        sa.CheckConstraint("name IN ('coordinator','liaison','officer')", name="name_known"),
        sa.CheckConstraint("ended_at >= granted_at", name="ends_after_it_starts"),
        sa.Index(
            "uq_roles_one_open",
            "person_id",
            "organisation_id",
            "name",
            unique=True,
            **only_where("ended_at IS NULL"),
        ),
    )

    id: orm.Mapped[int] = orm.mapped_column(primary_key=True)
    person_id: orm.Mapped[int] = foreign_key("people.id")
    organisation_id: orm.Mapped[int] = foreign_key("organisations.id")
    name: orm.Mapped[str]
    granted_at: orm.Mapped[datetime]
    granted_by_id: orm.Mapped[int | None] = foreign_key("people.id")
    ended_at: orm.Mapped[datetime | None]


class Consent(Model):
    """What somebody agreed to: which text, when, who said it, and when it was taken back."""

    __tablename__ = "consents"
    __table_args__ = (
        sa.CheckConstraint(
            "kind IN ('notice','publish_name','publish_photo','location','under_14','acted_for')",
            name="kind_known",
        ),
        sa.CheckConstraint("withdrawn_at >= given_at", name="withdrawn_after_given"),
        sa.Index(
            "uq_consents_one_open",
            "person_id",
            "kind",
            "version",
            unique=True,
            **only_where("withdrawn_at IS NULL"),
        ),
    )

    id: orm.Mapped[int] = orm.mapped_column(primary_key=True)
    person_id: orm.Mapped[int] = foreign_key("people.id")
    kind: orm.Mapped[str]
    version: orm.Mapped[str]
    given_at: orm.Mapped[datetime]
    given_by: orm.Mapped[str] = orm.mapped_column(default="self")  # or "guardian"
    withdrawn_at: orm.Mapped[datetime | None]


class Guardian(Model):
    """Who answers for a person under 18, and when they agreed (R49)."""

    __tablename__ = "guardians"
    __table_args__ = (
        sa.CheckConstraint(f"length(name) BETWEEN 1 AND {NAME_LENGTH}", name="name_length"),
    )

    id: orm.Mapped[int] = orm.mapped_column(primary_key=True)
    person_id: orm.Mapped[int] = orm.mapped_column(sa.ForeignKey("people.id"), unique=True)
    name: orm.Mapped[str]
    phone: orm.Mapped[str] = orm.mapped_column(index=True)
    consented_at: orm.Mapped[datetime]
    version: orm.Mapped[str]


class LoginAttempt(Model):
    """A try to log in, by a keyed digest of the phone and of the network address (R54)."""

    __tablename__ = "login_attempts"
    __table_args__ = (
        sa.Index("ix_login_attempts_phone_digest_at", "phone_digest", "at"),
        sa.Index("ix_login_attempts_address_digest_at", "address_digest", "at"),
    )

    id: orm.Mapped[int] = orm.mapped_column(primary_key=True)
    at: orm.Mapped[datetime]
    phone_digest: orm.Mapped[str]
    address_digest: orm.Mapped[str] = tries.digest_column(since="at")
    succeeded_at: orm.Mapped[datetime | None]
