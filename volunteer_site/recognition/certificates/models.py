"""Certificates as they were issued, what they rest on, and why one is void."""

from datetime import date, datetime
from enum import StrEnum

import sqlalchemy as sa
from sqlalchemy import orm

from volunteer_site.core import tries
from volunteer_site.core.append_only import guard
from volunteer_site.core.db import Model, foreign_key, only_where

REASON_LENGTH = 200
RESPONSIBLE_LENGTH = 30
CONTACT_LENGTH = 60


class Cause(StrEnum):
    """Why a certificate is void."""

    ENTRIES = "entries"  # an entry it rests on was taken back or corrected
    HAND = "hand"  # somebody of the recorder said so


class CertificateTerms(Model):
    """How a community issues: at once or after approval, who answers for it, how to ask."""

    __tablename__ = "certificate_terms"
    __table_args__ = (
        sa.CheckConstraint(f"length(responsible) <= {RESPONSIBLE_LENGTH}", name="name_length"),
        sa.CheckConstraint(f"length(contact) <= {CONTACT_LENGTH}", name="contact_length"),
    )

    organisation_id: orm.Mapped[int] = orm.mapped_column(
        sa.ForeignKey("organisations.id"), primary_key=True, autoincrement=False
    )
    approval_since: orm.Mapped[datetime | None]  # None: at once
    responsible: orm.Mapped[str] = orm.mapped_column(default="")  # 负责人
    contact: orm.Mapped[str] = orm.mapped_column(default="")
    changed_at: orm.Mapped[datetime]
    changed_by_id: orm.Mapped[int | None] = foreign_key("people.id")


class Certificate(Model):
    """志愿服务记录证明: what was printed, signed with the site's secret; never changed (R34).

    `sheet` is the JSON of what stands on it, but for the person. Who it is lies beside it, covered
    by `whose_digest`, so that it can be erased and the certificate still be checked (R45).
    """

    __tablename__ = "certificates"
    __table_args__ = (
        sa.UniqueConstraint(
            "person_id", "recorder_id", "first_day", "last_day", "edition",
            name="uq_certificates_one_of_an_edition",
        ),
        sa.CheckConstraint("first_day <= last_day", name="begins_before_it_ends"),
        sa.CheckConstraint("minutes > 0", name="minutes_positive"),
        sa.CheckConstraint("edition > 0", name="edition_positive"),
    )  # fmt: skip

    id: orm.Mapped[int] = orm.mapped_column(primary_key=True)
    number: orm.Mapped[str] = orm.mapped_column(unique=True)
    person_id: orm.Mapped[int] = foreign_key("people.id")
    recorder_id: orm.Mapped[int] = foreign_key("organisations.id")
    first_day: orm.Mapped[date]
    last_day: orm.Mapped[date]
    edition: orm.Mapped[int]  # the first for these days, the second, which replaces it …
    minutes: orm.Mapped[int]
    sheet: orm.Mapped[str]
    whose_digest: orm.Mapped[str]
    signature: orm.Mapped[str]
    issued_at: orm.Mapped[datetime]
    issued_by_id: orm.Mapped[int | None] = foreign_key("people.id")  # None: at once


class CertificateEntry(Model):
    """A line of the ledger that a certificate rests on."""

    __tablename__ = "certificate_entries"

    certificate_id: orm.Mapped[int] = orm.mapped_column(
        sa.ForeignKey("certificates.id"), primary_key=True
    )
    entry_id: orm.Mapped[int] = orm.mapped_column(
        sa.ForeignKey("hour_entries.id"), primary_key=True, index=True
    )


class CertificateHolder(Model):
    """Whose it is, as printed; deleted with the account, and nothing else of it is (R45)."""

    __tablename__ = "certificate_holders"

    certificate_id: orm.Mapped[int] = orm.mapped_column(
        sa.ForeignKey("certificates.id"), primary_key=True, autoincrement=False
    )
    person_id: orm.Mapped[int] = foreign_key("people.id")
    words: orm.Mapped[str]  # JSON: name, volunteer number, masked document
    salt: orm.Mapped[str]
    document_digest: orm.Mapped[str] = orm.mapped_column(default="")  # of the last four signs


class CertificateVoid(Model):
    """作废: since when a certificate does not hold any more, and why."""

    __tablename__ = "certificate_voids"
    __table_args__ = (
        sa.CheckConstraint("cause IN ('entries','hand')", name="cause_known"),
        sa.CheckConstraint(f"length(reason) BETWEEN 1 AND {REASON_LENGTH}", name="reason_length"),
        sa.CheckConstraint("cause <> 'hand' OR voided_by_id IS NOT NULL", name="hand_of_somebody"),
    )

    certificate_id: orm.Mapped[int] = orm.mapped_column(
        sa.ForeignKey("certificates.id"), primary_key=True, autoincrement=False
    )
    cause: orm.Mapped[str]
    reason: orm.Mapped[str]
    voided_at: orm.Mapped[datetime]
    voided_by_id: orm.Mapped[int | None] = foreign_key("people.id")


class CertificateRequest(Model):
    """A certificate that somebody asked for where a coordinator looks at each (R22)."""

    __tablename__ = "certificate_requests"
    __table_args__ = (
        sa.Index(
            "uq_certificate_requests_one_open",
            "person_id",
            "recorder_id",
            "first_day",
            "last_day",
            unique=True,
            **only_where("decided_at IS NULL AND withdrawn_at IS NULL"),
        ),
        sa.CheckConstraint("first_day <= last_day", name="begins_before_it_ends"),
        sa.CheckConstraint("decided_by_id <> person_id", name="not_decided_by_oneself"),
        sa.CheckConstraint(
            "decided_at IS NULL OR decided_by_id IS NOT NULL", name="decided_by_somebody"
        ),
        sa.CheckConstraint(
            "decided_at IS NULL OR (certificate_id IS NULL) = (length(refusal) > 0)",
            name="issued_or_refused_with_a_reason",
        ),
        sa.CheckConstraint(
            "decided_at IS NULL OR withdrawn_at IS NULL", name="not_both_decided_and_withdrawn"
        ),
        sa.CheckConstraint("decided_at >= asked_at", name="decided_after_asked"),
    )

    id: orm.Mapped[int] = orm.mapped_column(primary_key=True)
    person_id: orm.Mapped[int] = foreign_key("people.id")
    recorder_id: orm.Mapped[int] = foreign_key("organisations.id")
    first_day: orm.Mapped[date]
    last_day: orm.Mapped[date]
    document: orm.Mapped[str] = orm.mapped_column(default="")  # as it is printed, masked
    document_digest: orm.Mapped[str] = orm.mapped_column(default="")
    asked_at: orm.Mapped[datetime]
    decided_at: orm.Mapped[datetime | None]
    decided_by_id: orm.Mapped[int | None] = foreign_key("people.id")
    refusal: orm.Mapped[str] = orm.mapped_column(default="")
    certificate_id: orm.Mapped[int | None] = foreign_key("certificates.id")
    withdrawn_at: orm.Mapped[datetime | None]


class CertificateTry(Model):
    """A try to check a certificate, by keyed digests; who guesses is stopped (R33)."""

    __tablename__ = "certificate_tries"
    __table_args__ = (
        sa.Index("ix_certificate_tries_number_digest_at", "number_digest", "at"),
        sa.Index("ix_certificate_tries_address_digest_at", "address_digest", "at"),
    )

    id: orm.Mapped[int] = orm.mapped_column(primary_key=True)
    at: orm.Mapped[datetime]
    number_digest: orm.Mapped[str]
    address_digest: orm.Mapped[str] = tries.digest_column(since="at")
    succeeded_at: orm.Mapped[datetime | None]


for append_only in (Certificate, CertificateEntry, CertificateVoid):
    guard(append_only.__table__)
