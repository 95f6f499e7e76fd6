"""The first tables."""

import sqlalchemy as sa
from alembic import op

from volunteer_site.core import append_only

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

APPEND_ONLY = ("audit_events", "service_records", "hour_entries", "seals")


def upgrade() -> None:
    op.create_table(
        "audit_events",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("actor_id", sa.Integer(), nullable=True),
        sa.Column("object_kind", sa.Text(), nullable=False),
        sa.Column("object_id", sa.Integer(), nullable=True),
        sa.Column("address", sa.Text(), nullable=False),
        sa.Column("succeeded", sa.Boolean(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit_events")),
    )
    with op.batch_alter_table("audit_events", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_audit_events_actor_id"), ["actor_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_audit_events_at"), ["at"], unique=False)
        batch_op.create_index("ix_audit_events_kind_at", ["kind", "at"], unique=False)

    op.create_table(
        "badges",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("slug", sa.Text(), nullable=False),
        sa.Column("family", sa.Text(), nullable=False),
        sa.Column("name_zh", sa.Text(), nullable=False),
        sa.Column("name_en", sa.Text(), nullable=False),
        sa.Column("sentence_zh", sa.Text(), nullable=False),
        sa.Column("sentence_en", sa.Text(), nullable=False),
        sa.Column("measure", sa.Text(), nullable=False),
        sa.Column("category", sa.Text(), nullable=False),
        sa.Column("over_period", sa.Text(), nullable=False),
        sa.Column("threshold", sa.Integer(), nullable=False),
        sa.Column("emblem", sa.Text(), nullable=False),
        sa.Column("shape", sa.Text(), nullable=False),
        sa.Column("tint", sa.Text(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("retired_at", sa.DateTime(), nullable=True),
        sa.CheckConstraint("family IN ('basic','special')", name=op.f("ck_badges_family_known")),
        sa.CheckConstraint("over_period IN ('ever','year')", name=op.f("ck_badges_period_known")),
        sa.CheckConstraint("threshold > 0", name=op.f("ck_badges_threshold_positive")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_badges")),
        sa.UniqueConstraint("slug", name=op.f("uq_badges_slug")),
    )
    op.create_table(
        "calendar_days",
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("set_at", sa.DateTime(), nullable=False),
        sa.Column("set_by_id", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "kind IN ('holiday','workday')", name=op.f("ck_calendar_days_kind_known")
        ),
        sa.PrimaryKeyConstraint("day", name=op.f("pk_calendar_days")),
    )
    op.create_table(
        "calendar_years",
        sa.Column("year", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("known_at", sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint("year", name=op.f("pk_calendar_years")),
    )
    op.create_table(
        "data_versions",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("version >= 0", name=op.f("ck_data_versions_version_counts_up")),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_data_versions")),
    )
    op.create_table(
        "job_runs",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("job", sa.Text(), nullable=False),
        sa.Column("started_at", sa.DateTime(), nullable=False),
        sa.Column("finished_at", sa.DateTime(), nullable=True),
        sa.Column("failed_at", sa.DateTime(), nullable=True),
        sa.Column("outcome", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_job_runs")),
    )
    with op.batch_alter_table("job_runs", schema=None) as batch_op:
        batch_op.create_index("ix_job_runs_job_started_at", ["job", "started_at"], unique=False)

    op.create_table(
        "login_attempts",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("phone_digest", sa.Text(), nullable=False),
        sa.Column("address_digest", sa.Text(), nullable=False),
        sa.Column("succeeded_at", sa.DateTime(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_login_attempts")),
    )
    with op.batch_alter_table("login_attempts", schema=None) as batch_op:
        batch_op.create_index(
            "ix_login_attempts_address_digest_at", ["address_digest", "at"], unique=False
        )
        batch_op.create_index(
            "ix_login_attempts_phone_digest_at", ["phone_digest", "at"], unique=False
        )

    op.create_table(
        "organisations",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("slug", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("parent_id", sa.Integer(), nullable=True),
        sa.Column("path", sa.Text(), nullable=False),
        sa.Column("pinyin", sa.Text(), nullable=False),
        sa.Column("initials", sa.Text(), nullable=False),
        sa.Column("address", sa.Text(), nullable=False),
        sa.Column("phone", sa.Text(), nullable=False),
        sa.Column("staff_count", sa.Integer(), nullable=True),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("closed_at", sa.DateTime(), nullable=True),
        sa.CheckConstraint(
            "(kind = 'district') = (parent_id IS NULL)",
            name=op.f("ck_organisations_only_districts_on_top"),
        ),
        sa.CheckConstraint(
            "kind IN ('district','subdistrict','community','point','unit','team')",
            name=op.f("ck_organisations_kind_known"),
        ),
        sa.CheckConstraint(
            "length(name) BETWEEN 1 AND 60", name=op.f("ck_organisations_name_length")
        ),
        sa.CheckConstraint(
            "length(slug) BETWEEN 1 AND 40", name=op.f("ck_organisations_slug_length")
        ),
        sa.CheckConstraint("parent_id <> id", name=op.f("ck_organisations_not_its_own_parent")),
        sa.CheckConstraint(
            "staff_count >= 0", name=op.f("ck_organisations_staff_count_not_negative")
        ),
        sa.ForeignKeyConstraint(
            ["parent_id"],
            ["organisations.id"],
            name=op.f("fk_organisations_parent_id_organisations"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_organisations")),
        sa.UniqueConstraint("path", name=op.f("uq_organisations_path")),
        sa.UniqueConstraint("slug", name=op.f("uq_organisations_slug")),
    )
    with op.batch_alter_table("organisations", schema=None) as batch_op:
        batch_op.create_index("ix_organisations_kind_name", ["kind", "name"], unique=False)
        batch_op.create_index(batch_op.f("ix_organisations_parent_id"), ["parent_id"], unique=False)

    op.create_table(
        "seals",
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("entries", sa.Integer(), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("trail", sa.Text(), nullable=False),
        sa.Column("previous_digest", sa.Text(), nullable=False),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.Column("sealed_at", sa.DateTime(), nullable=False),
        sa.CheckConstraint("entries >= 0", name=op.f("ck_seals_entries_not_negative")),
        sa.PrimaryKeyConstraint("day", name=op.f("pk_seals")),
    )
    op.create_table(
        "service_records",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("source_id", sa.Integer(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("category", sa.Text(), nullable=False),
        sa.Column("place", sa.Text(), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("service_date", sa.Date(), nullable=False),
        sa.Column("starts_at", sa.DateTime(), nullable=False),
        sa.Column("ends_at", sa.DateTime(), nullable=False),
        sa.Column("organiser", sa.Text(), nullable=False),
        sa.Column("leader", sa.Text(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_service_records")),
        sa.UniqueConstraint("source", "source_id", name="uq_service_records_source"),
    )
    with op.batch_alter_table("service_records", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_service_records_service_date"), ["service_date"], unique=False
        )

    op.create_table(
        "hour_entries",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("recorder_id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=True),
        sa.Column("service_id", sa.Integer(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("source_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("proof", sa.Text(), nullable=False),
        sa.Column("service_date", sa.Date(), nullable=False),
        sa.Column("month", sa.Text(), nullable=False),
        sa.Column("started_at", sa.DateTime(), nullable=False),
        sa.Column("ended_at", sa.DateTime(), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(), nullable=False),
        sa.Column("recorded_by_id", sa.Integer(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("reverses_id", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "(kind = 'credit') = (reverses_id IS NULL)",
            name=op.f("ck_hour_entries_corrections_name_entry"),
        ),
        sa.CheckConstraint(
            "(kind = 'reversal' AND minutes <= 0) OR (kind <> 'reversal' AND minutes >= 0)",
            name=op.f("ck_hour_entries_sign_fits_kind"),
        ),
        sa.CheckConstraint(
            "kind = 'credit' OR length(reason) > 0",
            name=op.f("ck_hour_entries_corrections_say_why"),
        ),
        sa.CheckConstraint(
            "kind IN ('credit','reversal','correction')", name=op.f("ck_hour_entries_kind_known")
        ),
        sa.CheckConstraint(
            "proof IN ('scanned','ticked','paper','late')", name=op.f("ck_hour_entries_proof_known")
        ),
        sa.CheckConstraint(
            "started_at <= ended_at", name=op.f("ck_hour_entries_starts_before_it_ends")
        ),
        sa.ForeignKeyConstraint(
            ["recorder_id"],
            ["organisations.id"],
            name=op.f("fk_hour_entries_recorder_id_organisations"),
        ),
        sa.ForeignKeyConstraint(
            ["reverses_id"],
            ["hour_entries.id"],
            name=op.f("fk_hour_entries_reverses_id_hour_entries"),
        ),
        sa.ForeignKeyConstraint(
            ["service_id"],
            ["service_records.id"],
            name=op.f("fk_hour_entries_service_id_service_records"),
        ),
        sa.ForeignKeyConstraint(
            ["unit_id"], ["organisations.id"], name=op.f("fk_hour_entries_unit_id_organisations")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_hour_entries")),
        sa.UniqueConstraint("source", "source_id", "kind", name="uq_hour_entries_posted_once"),
    )
    with op.batch_alter_table("hour_entries", schema=None) as batch_op:
        batch_op.create_index(
            "ix_hour_entries_person_id_service_date", ["person_id", "service_date"], unique=False
        )
        batch_op.create_index("ix_hour_entries_recorded_at", ["recorded_at"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_hour_entries_recorder_id"), ["recorder_id"], unique=False
        )
        batch_op.create_index(
            "ix_hour_entries_recorder_id_month", ["recorder_id", "month"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_hour_entries_reverses_id"), ["reverses_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_hour_entries_service_id"), ["service_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_hour_entries_unit_id"), ["unit_id"], unique=False)
        batch_op.create_index("ix_hour_entries_unit_id_month", ["unit_id", "month"], unique=False)

    op.create_table(
        "monthly_totals",
        sa.Column("person_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("recorder_id", sa.Integer(), nullable=False),
        sa.Column("month", sa.Text(), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("occasions", sa.Integer(), nullable=False),
        sa.CheckConstraint("minutes >= 0", name=op.f("ck_monthly_totals_minutes_not_negative")),
        sa.ForeignKeyConstraint(
            ["recorder_id"],
            ["organisations.id"],
            name=op.f("fk_monthly_totals_recorder_id_organisations"),
        ),
        sa.PrimaryKeyConstraint(
            "person_id", "recorder_id", "month", name=op.f("pk_monthly_totals")
        ),
    )
    with op.batch_alter_table("monthly_totals", schema=None) as batch_op:
        batch_op.create_index(
            "ix_monthly_totals_month_recorder_id", ["month", "recorder_id", "minutes"], unique=False
        )
        batch_op.create_index("ix_monthly_totals_recorder_id", ["recorder_id"], unique=False)

    op.create_table(
        "pairings",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("community_id", sa.Integer(), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=True),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.CheckConstraint("ends_on >= starts_on", name=op.f("ck_pairings_ends_after_it_starts")),
        sa.ForeignKeyConstraint(
            ["community_id"],
            ["organisations.id"],
            name=op.f("fk_pairings_community_id_organisations"),
        ),
        sa.ForeignKeyConstraint(
            ["unit_id"], ["organisations.id"], name=op.f("fk_pairings_unit_id_organisations")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pairings")),
    )
    with op.batch_alter_table("pairings", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_pairings_community_id"), ["community_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_pairings_unit_id"), ["unit_id"], unique=False)
        batch_op.create_index(
            "uq_pairings_one_open",
            ["unit_id", "community_id"],
            unique=True,
            sqlite_where=sa.text("ends_on IS NULL"),
            postgresql_where=sa.text("ends_on IS NULL"),
        )

    op.create_table(
        "people",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("pinyin", sa.Text(), nullable=False),
        sa.Column("initials", sa.Text(), nullable=False),
        sa.Column("phone", sa.Text(), nullable=True),
        sa.Column("birth_date", sa.Date(), nullable=True),
        sa.Column("password_hash", sa.Text(), nullable=True),
        sa.Column("session_stamp", sa.Text(), nullable=False),
        sa.Column("must_change_password_since", sa.DateTime(), nullable=True),
        sa.Column("community_id", sa.Integer(), nullable=True),
        sa.Column("unit_id", sa.Integer(), nullable=True),
        sa.Column("calendar_token", sa.Text(), nullable=True),
        sa.Column("locale", sa.Text(), nullable=False),
        sa.Column("large_text_since", sa.DateTime(), nullable=True),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("erased_at", sa.DateTime(), nullable=True),
        sa.CheckConstraint("length(name) BETWEEN 1 AND 50", name=op.f("ck_people_name_length")),
        sa.CheckConstraint("length(number) BETWEEN 1 AND 32", name=op.f("ck_people_number_length")),
        sa.ForeignKeyConstraint(
            ["community_id"],
            ["organisations.id"],
            name=op.f("fk_people_community_id_organisations"),
        ),
        sa.ForeignKeyConstraint(
            ["unit_id"], ["organisations.id"], name=op.f("fk_people_unit_id_organisations")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_people")),
        sa.UniqueConstraint("calendar_token", name=op.f("uq_people_calendar_token")),
        sa.UniqueConstraint("number", name=op.f("uq_people_number")),
    )
    with op.batch_alter_table("people", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_people_community_id"), ["community_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_people_phone"), ["phone"], unique=False)
        batch_op.create_index(batch_op.f("ix_people_unit_id"), ["unit_id"], unique=False)
        batch_op.create_index(
            "uq_people_registered_once", ["phone", "name", "birth_date"], unique=True
        )

    op.create_table(
        "awards",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("badge_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("period", sa.Text(), nullable=False),
        sa.Column("earned_on", sa.Date(), nullable=False),
        sa.Column("awarded_at", sa.DateTime(), nullable=False),
        sa.Column("withdrawn_at", sa.DateTime(), nullable=True),
        sa.Column("withdrawal_reason", sa.Text(), nullable=False),
        sa.CheckConstraint(
            "withdrawn_at >= awarded_at", name=op.f("ck_awards_withdrawn_after_awarded")
        ),
        sa.CheckConstraint(
            "withdrawn_at IS NULL OR length(withdrawal_reason) > 0",
            name=op.f("ck_awards_withdrawn_with_a_reason"),
        ),
        sa.ForeignKeyConstraint(
            ["badge_id"], ["badges.id"], name=op.f("fk_awards_badge_id_badges")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["people.id"], name=op.f("fk_awards_person_id_people")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_awards")),
    )
    with op.batch_alter_table("awards", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_awards_badge_id"), ["badge_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_awards_person_id"), ["person_id"], unique=False)
        batch_op.create_index(
            "uq_awards_once",
            ["person_id", "badge_id", "period"],
            unique=True,
            sqlite_where=sa.text("withdrawn_at IS NULL"),
            postgresql_where=sa.text("withdrawn_at IS NULL"),
        )

    op.create_table(
        "consents",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("version", sa.Text(), nullable=False),
        sa.Column("given_at", sa.DateTime(), nullable=False),
        sa.Column("given_by", sa.Text(), nullable=False),
        sa.Column("withdrawn_at", sa.DateTime(), nullable=True),
        sa.CheckConstraint(
            "kind IN ('notice','publish_name','publish_photo','location','under_14')",
            name=op.f("ck_consents_kind_known"),
        ),
        sa.CheckConstraint(
            "withdrawn_at >= given_at", name=op.f("ck_consents_withdrawn_after_given")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["people.id"], name=op.f("fk_consents_person_id_people")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_consents")),
    )
    with op.batch_alter_table("consents", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_consents_person_id"), ["person_id"], unique=False)
        batch_op.create_index(
            "uq_consents_one_open",
            ["person_id", "kind", "version"],
            unique=True,
            sqlite_where=sa.text("withdrawn_at IS NULL"),
            postgresql_where=sa.text("withdrawn_at IS NULL"),
        )

    op.create_table(
        "guardians",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("phone", sa.Text(), nullable=False),
        sa.Column("consented_at", sa.DateTime(), nullable=False),
        sa.Column("version", sa.Text(), nullable=False),
        sa.CheckConstraint("length(name) BETWEEN 1 AND 50", name=op.f("ck_guardians_name_length")),
        sa.ForeignKeyConstraint(
            ["person_id"], ["people.id"], name=op.f("fk_guardians_person_id_people")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_guardians")),
        sa.UniqueConstraint("person_id", name=op.f("uq_guardians_person_id")),
    )
    op.create_table(
        "honor_rolls",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("month", sa.Text(), nullable=False),
        sa.Column("cutoff_at", sa.DateTime(), nullable=False),
        sa.Column("minimum_minutes", sa.Integer(), nullable=False),
        sa.Column("name_order", sa.Text(), nullable=False),
        sa.Column("step_minutes", sa.Integer(), nullable=False),
        sa.Column("people", sa.Integer(), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("prepared_at", sa.DateTime(), nullable=False),
        sa.Column("prepared_by_id", sa.Integer(), nullable=True),
        sa.Column("number", sa.Text(), nullable=True),
        sa.Column("published_at", sa.DateTime(), nullable=True),
        sa.Column("published_by_id", sa.Integer(), nullable=True),
        sa.Column("withdrawn_at", sa.DateTime(), nullable=True),
        sa.Column("withdrawal_reason", sa.Text(), nullable=False),
        sa.CheckConstraint(
            "name_order IN ('surname','full')", name=op.f("ck_honor_rolls_name_order_known")
        ),
        sa.CheckConstraint(
            "(published_at IS NULL) = (number IS NULL)",
            name=op.f("ck_honor_rolls_numbered_when_published"),
        ),
        sa.CheckConstraint(
            "minimum_minutes >= 0", name=op.f("ck_honor_rolls_minimum_not_negative")
        ),
        sa.CheckConstraint("step_minutes > 0", name=op.f("ck_honor_rolls_step_positive")),
        sa.CheckConstraint(
            "withdrawn_at IS NULL OR length(withdrawal_reason) > 0",
            name=op.f("ck_honor_rolls_withdrawn_with_a_reason"),
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisations.id"],
            name=op.f("fk_honor_rolls_organisation_id_organisations"),
        ),
        sa.ForeignKeyConstraint(
            ["prepared_by_id"], ["people.id"], name=op.f("fk_honor_rolls_prepared_by_id_people")
        ),
        sa.ForeignKeyConstraint(
            ["published_by_id"], ["people.id"], name=op.f("fk_honor_rolls_published_by_id_people")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_honor_rolls")),
        sa.UniqueConstraint("number", name=op.f("uq_honor_rolls_number")),
    )
    with op.batch_alter_table("honor_rolls", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_honor_rolls_organisation_id"), ["organisation_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_honor_rolls_prepared_by_id"), ["prepared_by_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_honor_rolls_published_by_id"), ["published_by_id"], unique=False
        )
        batch_op.create_index(
            "uq_honor_rolls_one_standing",
            ["organisation_id", "month"],
            unique=True,
            sqlite_where=sa.text("withdrawn_at IS NULL"),
            postgresql_where=sa.text("withdrawn_at IS NULL"),
        )

    op.create_table(
        "programmes",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("leader_id", sa.Integer(), nullable=True),
        sa.Column("weekday", sa.Integer(), nullable=False),
        sa.Column("starts_minute", sa.Integer(), nullable=False),
        sa.Column("lasts_minutes", sa.Integer(), nullable=False),
        sa.Column("places", sa.Integer(), nullable=False),
        sa.Column("holiday_rule", sa.Text(), nullable=False),
        sa.Column("automatic_since", sa.DateTime(), nullable=True),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("ended_at", sa.DateTime(), nullable=True),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("category", sa.Text(), nullable=False),
        sa.Column("place", sa.Text(), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("conditions", sa.Text(), nullable=False),
        sa.Column("how_to_sign_up", sa.Text(), nullable=False),
        sa.Column("risks", sa.Text(), nullable=False),
        sa.Column("provided", sa.Text(), nullable=False),
        sa.Column("contact", sa.Text(), nullable=False),
        sa.Column("minimum_age", sa.Integer(), nullable=False),
        sa.Column("break_minutes", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "holiday_rule IN ('skip','move','hold')", name=op.f("ck_programmes_holiday_rule_known")
        ),
        sa.CheckConstraint(
            "break_minutes BETWEEN 0 AND 600", name=op.f("ck_programmes_break_sensible")
        ),
        sa.CheckConstraint(
            "lasts_minutes BETWEEN 15 AND 720", name=op.f("ck_programmes_length_sensible")
        ),
        sa.CheckConstraint("length(content) <= 2000", name=op.f("ck_programmes_content_length")),
        sa.CheckConstraint("length(place) <= 100", name=op.f("ck_programmes_place_length")),
        sa.CheckConstraint(
            "length(title) BETWEEN 1 AND 60", name=op.f("ck_programmes_title_length")
        ),
        sa.CheckConstraint(
            "minimum_age BETWEEN 0 AND 80", name=op.f("ck_programmes_minimum_age_sensible")
        ),
        sa.CheckConstraint("places BETWEEN 1 AND 5000", name=op.f("ck_programmes_places_sensible")),
        sa.CheckConstraint(
            "starts_minute BETWEEN 0 AND 1439", name=op.f("ck_programmes_start_in_the_day")
        ),
        sa.CheckConstraint("weekday BETWEEN 0 AND 6", name=op.f("ck_programmes_weekday_known")),
        sa.ForeignKeyConstraint(
            ["leader_id"], ["people.id"], name=op.f("fk_programmes_leader_id_people")
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisations.id"],
            name=op.f("fk_programmes_organisation_id_organisations"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_programmes")),
    )
    with op.batch_alter_table("programmes", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_programmes_leader_id"), ["leader_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_programmes_organisation_id"), ["organisation_id"], unique=False
        )

    op.create_table(
        "roles",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("granted_at", sa.DateTime(), nullable=False),
        sa.Column("granted_by_id", sa.Integer(), nullable=True),
        sa.Column("ended_at", sa.DateTime(), nullable=True),
        sa.CheckConstraint(
            "name IN ('coordinator','liaison','officer')", name=op.f("ck_roles_name_known")
        ),
        sa.CheckConstraint("ended_at >= granted_at", name=op.f("ck_roles_ends_after_it_starts")),
        sa.ForeignKeyConstraint(
            ["granted_by_id"], ["people.id"], name=op.f("fk_roles_granted_by_id_people")
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisations.id"],
            name=op.f("fk_roles_organisation_id_organisations"),
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["people.id"], name=op.f("fk_roles_person_id_people")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_roles")),
    )
    with op.batch_alter_table("roles", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_roles_granted_by_id"), ["granted_by_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_roles_organisation_id"), ["organisation_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_roles_person_id"), ["person_id"], unique=False)
        batch_op.create_index(
            "uq_roles_one_open",
            ["person_id", "organisation_id", "name"],
            unique=True,
            sqlite_where=sa.text("ended_at IS NULL"),
            postgresql_where=sa.text("ended_at IS NULL"),
        )

    op.create_table(
        "activities",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("programme_id", sa.Integer(), nullable=True),
        sa.Column("occurrence_on", sa.Date(), nullable=True),
        sa.Column("leader_id", sa.Integer(), nullable=True),
        sa.Column("starts_at", sa.DateTime(), nullable=False),
        sa.Column("ends_at", sa.DateTime(), nullable=False),
        sa.Column("service_date", sa.Date(), nullable=False),
        sa.Column("week", sa.Text(), nullable=False),
        sa.Column("signup_closes_at", sa.DateTime(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("created_by_id", sa.Integer(), nullable=True),
        sa.Column("published_at", sa.DateTime(), nullable=True),
        sa.Column("published_by_id", sa.Integer(), nullable=True),
        sa.Column("cancelled_at", sa.DateTime(), nullable=True),
        sa.Column("cancelled_by_id", sa.Integer(), nullable=True),
        sa.Column("cancellation_reason", sa.Text(), nullable=False),
        sa.Column("closed_at", sa.DateTime(), nullable=True),
        sa.Column("closed_by_id", sa.Integer(), nullable=True),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("category", sa.Text(), nullable=False),
        sa.Column("place", sa.Text(), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("conditions", sa.Text(), nullable=False),
        sa.Column("how_to_sign_up", sa.Text(), nullable=False),
        sa.Column("risks", sa.Text(), nullable=False),
        sa.Column("provided", sa.Text(), nullable=False),
        sa.Column("contact", sa.Text(), nullable=False),
        sa.Column("minimum_age", sa.Integer(), nullable=False),
        sa.Column("break_minutes", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "break_minutes BETWEEN 0 AND 600", name=op.f("ck_activities_break_sensible")
        ),
        sa.CheckConstraint(
            "cancelled_at IS NULL OR closed_at IS NULL",
            name=op.f("ck_activities_not_both_cancelled_and_closed"),
        ),
        sa.CheckConstraint(
            "cancelled_at IS NULL OR length(cancellation_reason) > 0",
            name=op.f("ck_activities_cancelled_with_a_reason"),
        ),
        sa.CheckConstraint(
            "closed_at IS NULL OR published_at IS NOT NULL",
            name=op.f("ck_activities_published_before_closed"),
        ),
        sa.CheckConstraint("length(content) <= 2000", name=op.f("ck_activities_content_length")),
        sa.CheckConstraint("length(place) <= 100", name=op.f("ck_activities_place_length")),
        sa.CheckConstraint(
            "length(title) BETWEEN 1 AND 60", name=op.f("ck_activities_title_length")
        ),
        sa.CheckConstraint(
            "minimum_age BETWEEN 0 AND 80", name=op.f("ck_activities_minimum_age_sensible")
        ),
        sa.CheckConstraint(
            "signup_closes_at <= ends_at", name=op.f("ck_activities_signup_closes_before_the_end")
        ),
        sa.CheckConstraint("starts_at < ends_at", name=op.f("ck_activities_starts_before_it_ends")),
        sa.ForeignKeyConstraint(
            ["cancelled_by_id"], ["people.id"], name=op.f("fk_activities_cancelled_by_id_people")
        ),
        sa.ForeignKeyConstraint(
            ["closed_by_id"], ["people.id"], name=op.f("fk_activities_closed_by_id_people")
        ),
        sa.ForeignKeyConstraint(
            ["created_by_id"], ["people.id"], name=op.f("fk_activities_created_by_id_people")
        ),
        sa.ForeignKeyConstraint(
            ["leader_id"], ["people.id"], name=op.f("fk_activities_leader_id_people")
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisations.id"],
            name=op.f("fk_activities_organisation_id_organisations"),
        ),
        sa.ForeignKeyConstraint(
            ["programme_id"], ["programmes.id"], name=op.f("fk_activities_programme_id_programmes")
        ),
        sa.ForeignKeyConstraint(
            ["published_by_id"], ["people.id"], name=op.f("fk_activities_published_by_id_people")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_activities")),
        sa.UniqueConstraint("programme_id", "occurrence_on", name="uq_activities_occurrence"),
    )
    with op.batch_alter_table("activities", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_activities_cancelled_by_id"), ["cancelled_by_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_activities_closed_by_id"), ["closed_by_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_activities_created_by_id"), ["created_by_id"], unique=False
        )
        batch_op.create_index("ix_activities_ends_at", ["ends_at"], unique=False)
        batch_op.create_index(batch_op.f("ix_activities_leader_id"), ["leader_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_activities_organisation_id"), ["organisation_id"], unique=False
        )
        batch_op.create_index(
            "ix_activities_organisation_id_week", ["organisation_id", "week"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_activities_programme_id"), ["programme_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_activities_published_by_id"), ["published_by_id"], unique=False
        )
        batch_op.create_index("ix_activities_week_starts_at", ["week", "starts_at"], unique=False)

    op.create_table(
        "award_entries",
        sa.Column("award_id", sa.Integer(), nullable=False),
        sa.Column("entry_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["award_id"], ["awards.id"], name=op.f("fk_award_entries_award_id_awards")
        ),
        sa.ForeignKeyConstraint(
            ["entry_id"], ["hour_entries.id"], name=op.f("fk_award_entries_entry_id_hour_entries")
        ),
        sa.PrimaryKeyConstraint("award_id", "entry_id", name=op.f("pk_award_entries")),
    )
    with op.batch_alter_table("award_entries", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_award_entries_entry_id"), ["entry_id"], unique=False)

    op.create_table(
        "honor_roll_lines",
        sa.Column("roll_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("rank", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("name_shown", sa.Text(), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("occasions", sa.Integer(), nullable=False),
        sa.Column("unit_name", sa.Text(), nullable=False),
        sa.CheckConstraint(
            "name_shown IN ('full','masked')", name=op.f("ck_honor_roll_lines_name_shown_known")
        ),
        sa.CheckConstraint("minutes > 0", name=op.f("ck_honor_roll_lines_minutes_positive")),
        sa.CheckConstraint("rank > 0", name=op.f("ck_honor_roll_lines_rank_positive")),
        sa.ForeignKeyConstraint(
            ["person_id"], ["people.id"], name=op.f("fk_honor_roll_lines_person_id_people")
        ),
        sa.ForeignKeyConstraint(
            ["roll_id"], ["honor_rolls.id"], name=op.f("fk_honor_roll_lines_roll_id_honor_rolls")
        ),
        sa.PrimaryKeyConstraint("roll_id", "position", name=op.f("pk_honor_roll_lines")),
        sa.UniqueConstraint("roll_id", "person_id", name="uq_honor_roll_lines_once"),
    )
    with op.batch_alter_table("honor_roll_lines", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_honor_roll_lines_person_id"), ["person_id"], unique=False
        )

    op.create_table(
        "shifts",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("activity_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("starts_at", sa.DateTime(), nullable=False),
        sa.Column("ends_at", sa.DateTime(), nullable=False),
        sa.Column("places", sa.Integer(), nullable=False),
        sa.Column("taken", sa.Integer(), nullable=False),
        sa.Column("waiting", sa.Integer(), nullable=False),
        sa.CheckConstraint("places BETWEEN 1 AND 5000", name=op.f("ck_shifts_places_sensible")),
        sa.CheckConstraint("starts_at < ends_at", name=op.f("ck_shifts_starts_before_it_ends")),
        sa.CheckConstraint("taken BETWEEN 0 AND places", name=op.f("ck_shifts_never_oversold")),
        sa.CheckConstraint("waiting >= 0", name=op.f("ck_shifts_waiting_not_negative")),
        sa.ForeignKeyConstraint(
            ["activity_id"], ["activities.id"], name=op.f("fk_shifts_activity_id_activities")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_shifts")),
    )
    with op.batch_alter_table("shifts", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_shifts_activity_id"), ["activity_id"], unique=False)

    op.create_table(
        "attendance",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("activity_id", sa.Integer(), nullable=False),
        sa.Column("shift_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("direction", sa.Text(), nullable=False),
        sa.Column("method", sa.Text(), nullable=False),
        sa.Column("happened_at", sa.DateTime(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(), nullable=False),
        sa.Column("recorded_by_id", sa.Integer(), nullable=True),
        sa.Column("undone_at", sa.DateTime(), nullable=True),
        sa.Column("undone_by_id", sa.Integer(), nullable=True),
        sa.CheckConstraint("direction IN ('in','out')", name=op.f("ck_attendance_direction_known")),
        sa.CheckConstraint(
            "method IN ('scan','tick','paper','closing')", name=op.f("ck_attendance_method_known")
        ),
        sa.CheckConstraint(
            "undone_at >= recorded_at", name=op.f("ck_attendance_undone_after_recorded")
        ),
        sa.ForeignKeyConstraint(
            ["activity_id"], ["activities.id"], name=op.f("fk_attendance_activity_id_activities")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["people.id"], name=op.f("fk_attendance_person_id_people")
        ),
        sa.ForeignKeyConstraint(
            ["recorded_by_id"], ["people.id"], name=op.f("fk_attendance_recorded_by_id_people")
        ),
        sa.ForeignKeyConstraint(
            ["shift_id"], ["shifts.id"], name=op.f("fk_attendance_shift_id_shifts")
        ),
        sa.ForeignKeyConstraint(
            ["undone_by_id"], ["people.id"], name=op.f("fk_attendance_undone_by_id_people")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attendance")),
    )
    with op.batch_alter_table("attendance", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_attendance_activity_id"), ["activity_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_attendance_person_id"), ["person_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_attendance_recorded_by_id"), ["recorded_by_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_attendance_shift_id"), ["shift_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_attendance_undone_by_id"), ["undone_by_id"], unique=False
        )
        batch_op.create_index(
            "uq_attendance_one_standing",
            ["activity_id", "person_id", "direction"],
            unique=True,
            sqlite_where=sa.text("undone_at IS NULL"),
            postgresql_where=sa.text("undone_at IS NULL"),
        )

    op.create_table(
        "signups",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("activity_id", sa.Integer(), nullable=False),
        sa.Column("shift_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("starts_at", sa.DateTime(), nullable=False),
        sa.Column("ends_at", sa.DateTime(), nullable=False),
        sa.Column("signed_up_at", sa.DateTime(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("added_by_id", sa.Integer(), nullable=True),
        sa.Column("confirmed_at", sa.DateTime(), nullable=True),
        sa.Column("withdrawn_at", sa.DateTime(), nullable=True),
        sa.Column("withdrawal_reason", sa.Text(), nullable=False),
        sa.CheckConstraint(
            "source IN ('self','walk_in','proxy')", name=op.f("ck_signups_source_known")
        ),
        sa.CheckConstraint(
            "length(withdrawal_reason) <= 200", name=op.f("ck_signups_reason_length")
        ),
        sa.CheckConstraint(
            "withdrawn_at >= signed_up_at", name=op.f("ck_signups_withdrawn_after_signup")
        ),
        sa.ForeignKeyConstraint(
            ["activity_id"], ["activities.id"], name=op.f("fk_signups_activity_id_activities")
        ),
        sa.ForeignKeyConstraint(
            ["added_by_id"], ["people.id"], name=op.f("fk_signups_added_by_id_people")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["people.id"], name=op.f("fk_signups_person_id_people")
        ),
        sa.ForeignKeyConstraint(
            ["shift_id"], ["shifts.id"], name=op.f("fk_signups_shift_id_shifts")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_signups")),
    )
    with op.batch_alter_table("signups", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_signups_activity_id"), ["activity_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_signups_added_by_id"), ["added_by_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_signups_person_id"), ["person_id"], unique=False)
        batch_op.create_index(
            "ix_signups_person_id_starts_at", ["person_id", "starts_at"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_signups_shift_id"), ["shift_id"], unique=False)
        batch_op.create_index(
            "ix_signups_waiting",
            ["shift_id", "id"],
            unique=False,
            sqlite_where=sa.text("confirmed_at IS NULL AND withdrawn_at IS NULL"),
            postgresql_where=sa.text("confirmed_at IS NULL AND withdrawn_at IS NULL"),
        )
        batch_op.create_index(
            "uq_signups_one_active_per_person",
            ["activity_id", "person_id"],
            unique=True,
            sqlite_where=sa.text("withdrawn_at IS NULL"),
            postgresql_where=sa.text("withdrawn_at IS NULL"),
        )

    dialect = op.get_bind().dialect.name
    for table in APPEND_ONLY:
        for statement in append_only.statements(table, dialect):
            op.execute(sa.text(statement))


def downgrade() -> None:
    with op.batch_alter_table("signups", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_signups_one_active_per_person",
            sqlite_where=sa.text("withdrawn_at IS NULL"),
            postgresql_where=sa.text("withdrawn_at IS NULL"),
        )
        batch_op.drop_index(
            "ix_signups_waiting",
            sqlite_where=sa.text("confirmed_at IS NULL AND withdrawn_at IS NULL"),
            postgresql_where=sa.text("confirmed_at IS NULL AND withdrawn_at IS NULL"),
        )
        batch_op.drop_index(batch_op.f("ix_signups_shift_id"))
        batch_op.drop_index("ix_signups_person_id_starts_at")
        batch_op.drop_index(batch_op.f("ix_signups_person_id"))
        batch_op.drop_index(batch_op.f("ix_signups_added_by_id"))
        batch_op.drop_index(batch_op.f("ix_signups_activity_id"))

    op.drop_table("signups")
    with op.batch_alter_table("attendance", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_attendance_one_standing",
            sqlite_where=sa.text("undone_at IS NULL"),
            postgresql_where=sa.text("undone_at IS NULL"),
        )
        batch_op.drop_index(batch_op.f("ix_attendance_undone_by_id"))
        batch_op.drop_index(batch_op.f("ix_attendance_shift_id"))
        batch_op.drop_index(batch_op.f("ix_attendance_recorded_by_id"))
        batch_op.drop_index(batch_op.f("ix_attendance_person_id"))
        batch_op.drop_index(batch_op.f("ix_attendance_activity_id"))

    op.drop_table("attendance")
    with op.batch_alter_table("shifts", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_shifts_activity_id"))

    op.drop_table("shifts")
    with op.batch_alter_table("honor_roll_lines", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_honor_roll_lines_person_id"))

    op.drop_table("honor_roll_lines")
    with op.batch_alter_table("award_entries", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_award_entries_entry_id"))

    op.drop_table("award_entries")
    with op.batch_alter_table("activities", schema=None) as batch_op:
        batch_op.drop_index("ix_activities_week_starts_at")
        batch_op.drop_index(batch_op.f("ix_activities_published_by_id"))
        batch_op.drop_index(batch_op.f("ix_activities_programme_id"))
        batch_op.drop_index("ix_activities_organisation_id_week")
        batch_op.drop_index(batch_op.f("ix_activities_organisation_id"))
        batch_op.drop_index(batch_op.f("ix_activities_leader_id"))
        batch_op.drop_index("ix_activities_ends_at")
        batch_op.drop_index(batch_op.f("ix_activities_created_by_id"))
        batch_op.drop_index(batch_op.f("ix_activities_closed_by_id"))
        batch_op.drop_index(batch_op.f("ix_activities_cancelled_by_id"))

    op.drop_table("activities")
    with op.batch_alter_table("roles", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_roles_one_open",
            sqlite_where=sa.text("ended_at IS NULL"),
            postgresql_where=sa.text("ended_at IS NULL"),
        )
        batch_op.drop_index(batch_op.f("ix_roles_person_id"))
        batch_op.drop_index(batch_op.f("ix_roles_organisation_id"))
        batch_op.drop_index(batch_op.f("ix_roles_granted_by_id"))

    op.drop_table("roles")
    with op.batch_alter_table("programmes", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_programmes_organisation_id"))
        batch_op.drop_index(batch_op.f("ix_programmes_leader_id"))

    op.drop_table("programmes")
    with op.batch_alter_table("honor_rolls", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_honor_rolls_one_standing",
            sqlite_where=sa.text("withdrawn_at IS NULL"),
            postgresql_where=sa.text("withdrawn_at IS NULL"),
        )
        batch_op.drop_index(batch_op.f("ix_honor_rolls_published_by_id"))
        batch_op.drop_index(batch_op.f("ix_honor_rolls_prepared_by_id"))
        batch_op.drop_index(batch_op.f("ix_honor_rolls_organisation_id"))

    op.drop_table("honor_rolls")
    op.drop_table("guardians")
    with op.batch_alter_table("consents", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_consents_one_open",
            sqlite_where=sa.text("withdrawn_at IS NULL"),
            postgresql_where=sa.text("withdrawn_at IS NULL"),
        )
        batch_op.drop_index(batch_op.f("ix_consents_person_id"))

    op.drop_table("consents")
    with op.batch_alter_table("awards", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_awards_once",
            sqlite_where=sa.text("withdrawn_at IS NULL"),
            postgresql_where=sa.text("withdrawn_at IS NULL"),
        )
        batch_op.drop_index(batch_op.f("ix_awards_person_id"))
        batch_op.drop_index(batch_op.f("ix_awards_badge_id"))

    op.drop_table("awards")
    with op.batch_alter_table("people", schema=None) as batch_op:
        batch_op.drop_index("uq_people_registered_once")
        batch_op.drop_index(batch_op.f("ix_people_unit_id"))
        batch_op.drop_index(batch_op.f("ix_people_phone"))
        batch_op.drop_index(batch_op.f("ix_people_community_id"))

    op.drop_table("people")
    with op.batch_alter_table("pairings", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_pairings_one_open",
            sqlite_where=sa.text("ends_on IS NULL"),
            postgresql_where=sa.text("ends_on IS NULL"),
        )
        batch_op.drop_index(batch_op.f("ix_pairings_unit_id"))
        batch_op.drop_index(batch_op.f("ix_pairings_community_id"))

    op.drop_table("pairings")
    with op.batch_alter_table("monthly_totals", schema=None) as batch_op:
        batch_op.drop_index("ix_monthly_totals_recorder_id")
        batch_op.drop_index("ix_monthly_totals_month_recorder_id")

    op.drop_table("monthly_totals")
    with op.batch_alter_table("hour_entries", schema=None) as batch_op:
        batch_op.drop_index("ix_hour_entries_unit_id_month")
        batch_op.drop_index(batch_op.f("ix_hour_entries_unit_id"))
        batch_op.drop_index(batch_op.f("ix_hour_entries_service_id"))
        batch_op.drop_index(batch_op.f("ix_hour_entries_reverses_id"))
        batch_op.drop_index("ix_hour_entries_recorder_id_month")
        batch_op.drop_index(batch_op.f("ix_hour_entries_recorder_id"))
        batch_op.drop_index("ix_hour_entries_recorded_at")
        batch_op.drop_index("ix_hour_entries_person_id_service_date")

    op.drop_table("hour_entries")
    with op.batch_alter_table("service_records", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_service_records_service_date"))

    op.drop_table("service_records")
    op.drop_table("seals")
    with op.batch_alter_table("organisations", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_organisations_parent_id"))
        batch_op.drop_index("ix_organisations_kind_name")

    op.drop_table("organisations")
    with op.batch_alter_table("login_attempts", schema=None) as batch_op:
        batch_op.drop_index("ix_login_attempts_phone_digest_at")
        batch_op.drop_index("ix_login_attempts_address_digest_at")

    op.drop_table("login_attempts")
    with op.batch_alter_table("job_runs", schema=None) as batch_op:
        batch_op.drop_index("ix_job_runs_job_started_at")

    op.drop_table("job_runs")
    op.drop_table("data_versions")
    op.drop_table("calendar_years")
    op.drop_table("calendar_days")
    op.drop_table("badges")
    with op.batch_alter_table("audit_events", schema=None) as batch_op:
        batch_op.drop_index("ix_audit_events_kind_at")
        batch_op.drop_index(batch_op.f("ix_audit_events_at"))
        batch_op.drop_index(batch_op.f("ix_audit_events_actor_id"))

    op.drop_table("audit_events")
    if op.get_bind().dialect.name == "postgresql":
        op.execute(sa.text("DROP FUNCTION refuse_change()"))
