"""Attendance beyond doubt."""

import sqlalchemy as sa
from alembic import op

from volunteer_site.core import append_only

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

APPEND_ONLY = (
    "anomaly_rules",
    "book_seals",
    "book_sign_offs",
    "door_events",
    "door_marks",
    "finding_entries",
    "findings",
    "sheet_corrections",
    "sheet_entries",
    "sheet_entry_rows",
    "sheet_marks",
    "sheet_rows",
)


def upgrade() -> None:
    op.create_table(
        "held_hours",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("recorder_id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=True),
        sa.Column("service_id", sa.Integer(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("source_id", sa.Integer(), nullable=False),
        sa.Column("proof", sa.Text(), nullable=False),
        sa.Column("service_date", sa.Date(), nullable=False),
        sa.Column("started_at", sa.DateTime(), nullable=False),
        sa.Column("ended_at", sa.DateTime(), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("level", sa.Text(), nullable=False),
        sa.Column("recorded_by_id", sa.Integer(), nullable=True),
        sa.Column("held_at", sa.DateTime(), nullable=False),
        sa.Column("decided_at", sa.DateTime(), nullable=True),
        sa.Column("decided_by_id", sa.Integer(), nullable=True),
        sa.Column("decision", sa.Text(), nullable=True),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.CheckConstraint(
            "decision IN ('granted','refused')", name=op.f("ck_held_hours_decision_known")
        ),
        sa.CheckConstraint(
            "decision IS NULL OR decision <> 'refused' OR length(answer) > 0",
            name=op.f("ck_held_hours_refusals_say_why"),
        ),
        sa.CheckConstraint(
            "level IN ('community','office')", name=op.f("ck_held_hours_level_known")
        ),
        sa.CheckConstraint(
            "proof IN ('scanned','ticked','paper','late')", name=op.f("ck_held_hours_proof_known")
        ),
        sa.CheckConstraint(
            "(decision IS NULL) = (decided_at IS NULL)",
            name=op.f("ck_held_hours_decided_at_a_moment"),
        ),
        sa.CheckConstraint("decided_at >= held_at", name=op.f("ck_held_hours_decided_after_held")),
        sa.CheckConstraint("minutes > 0", name=op.f("ck_held_hours_minutes_positive")),
        sa.CheckConstraint(
            "started_at < ended_at", name=op.f("ck_held_hours_starts_before_it_ends")
        ),
        sa.ForeignKeyConstraint(
            ["recorder_id"],
            ["organisations.id"],
            name=op.f("fk_held_hours_recorder_id_organisations"),
        ),
        sa.ForeignKeyConstraint(
            ["service_id"],
            ["service_records.id"],
            name=op.f("fk_held_hours_service_id_service_records"),
        ),
        sa.ForeignKeyConstraint(
            ["unit_id"], ["organisations.id"], name=op.f("fk_held_hours_unit_id_organisations")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_held_hours")),
        sa.UniqueConstraint("source", "source_id", "level", name="uq_held_hours_held_once"),
    )
    with op.batch_alter_table("held_hours", schema=None) as batch_op:
        batch_op.create_index(
            "ix_held_hours_person_id_service_date", ["person_id", "service_date"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_held_hours_recorder_id"), ["recorder_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_held_hours_service_id"), ["service_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_held_hours_unit_id"), ["unit_id"], unique=False)
        batch_op.create_index(
            "ix_held_hours_waiting",
            ["recorder_id"],
            unique=False,
            sqlite_where=sa.text("decided_at IS NULL"),
            postgresql_where=sa.text("decided_at IS NULL"),
        )

    op.create_table(
        "anomaly_rules",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("numbers", sa.JSON(), nullable=False),
        sa.Column("switched_off_at", sa.DateTime(), nullable=True),
        sa.Column("changed_at", sa.DateTime(), nullable=False),
        sa.Column("changed_by_id", sa.Integer(), nullable=False),
        sa.CheckConstraint("length(kind) > 0", name=op.f("ck_anomaly_rules_kind_given")),
        sa.CheckConstraint(
            "switched_off_at <= changed_at", name=op.f("ck_anomaly_rules_switched_off_by_a_change")
        ),
        sa.ForeignKeyConstraint(
            ["changed_by_id"], ["people.id"], name=op.f("fk_anomaly_rules_changed_by_id_people")
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisations.id"],
            name=op.f("fk_anomaly_rules_organisation_id_organisations"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_anomaly_rules")),
        info={"append_only": True},
    )
    with op.batch_alter_table("anomaly_rules", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_anomaly_rules_changed_by_id"), ["changed_by_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_anomaly_rules_organisation_id"), ["organisation_id"], unique=False
        )

    op.create_table(
        "book_sign_offs",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("recorder_id", sa.Integer(), nullable=False),
        sa.Column("month", sa.Text(), nullable=False),
        sa.Column("entries", sa.Integer(), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.Column("signed_off_at", sa.DateTime(), nullable=False),
        sa.Column("signed_off_by_id", sa.Integer(), nullable=False),
        sa.CheckConstraint("entries >= 0", name=op.f("ck_book_sign_offs_entries_not_negative")),
        sa.ForeignKeyConstraint(
            ["recorder_id"],
            ["organisations.id"],
            name=op.f("fk_book_sign_offs_recorder_id_organisations"),
        ),
        sa.ForeignKeyConstraint(
            ["signed_off_by_id"],
            ["people.id"],
            name=op.f("fk_book_sign_offs_signed_off_by_id_people"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_book_sign_offs")),
        sa.UniqueConstraint("recorder_id", "month", "entries", name="uq_book_sign_offs_once"),
        info={"append_only": True},
    )
    with op.batch_alter_table("book_sign_offs", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_book_sign_offs_recorder_id"), ["recorder_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_book_sign_offs_signed_off_by_id"), ["signed_off_by_id"], unique=False
        )

    op.create_table(
        "spot_checks",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("month", sa.Text(), nullable=False),
        sa.Column("percent", sa.Integer(), nullable=False),
        sa.Column("population", sa.Integer(), nullable=False),
        sa.Column("seal_day", sa.Date(), nullable=False),
        sa.Column("seal_digest", sa.Text(), nullable=False),
        sa.Column("seed", sa.Text(), nullable=False),
        sa.Column("drawn_at", sa.DateTime(), nullable=False),
        sa.Column("drawn_by_id", sa.Integer(), nullable=False),
        sa.Column("published_at", sa.DateTime(), nullable=True),
        sa.Column("published_by_id", sa.Integer(), nullable=True),
        sa.Column("remark", sa.Text(), nullable=False),
        sa.CheckConstraint("length(seed) > 0", name=op.f("ck_spot_checks_seed_given")),
        sa.CheckConstraint(
            "percent BETWEEN 1 AND 100", name=op.f("ck_spot_checks_percent_sensible")
        ),
        sa.CheckConstraint("population >= 0", name=op.f("ck_spot_checks_population_not_negative")),
        sa.CheckConstraint(
            "published_at >= drawn_at", name=op.f("ck_spot_checks_published_after_drawn")
        ),
        sa.ForeignKeyConstraint(
            ["drawn_by_id"], ["people.id"], name=op.f("fk_spot_checks_drawn_by_id_people")
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisations.id"],
            name=op.f("fk_spot_checks_organisation_id_organisations"),
        ),
        sa.ForeignKeyConstraint(
            ["published_by_id"], ["people.id"], name=op.f("fk_spot_checks_published_by_id_people")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_spot_checks")),
        sa.UniqueConstraint(
            "organisation_id", "month", "drawn_by_id", name="uq_spot_checks_drawn_once"
        ),
    )
    with op.batch_alter_table("spot_checks", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_spot_checks_drawn_by_id"), ["drawn_by_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_spot_checks_organisation_id"), ["organisation_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_spot_checks_published_by_id"), ["published_by_id"], unique=False
        )

    op.create_table(
        "book_seals",
        sa.Column("recorder_id", sa.Integer(), nullable=False),
        sa.Column("month", sa.Text(), nullable=False),
        sa.Column("sign_off_id", sa.Integer(), nullable=False),
        sa.Column("until_at", sa.DateTime(), nullable=False),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.Column("sealed_at", sa.DateTime(), nullable=False),
        sa.Column("sealed_by_id", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "until_at <= sealed_at", name=op.f("ck_book_seals_sealed_after_it_was_signed")
        ),
        sa.ForeignKeyConstraint(
            ["recorder_id"],
            ["organisations.id"],
            name=op.f("fk_book_seals_recorder_id_organisations"),
        ),
        sa.ForeignKeyConstraint(
            ["sealed_by_id"], ["people.id"], name=op.f("fk_book_seals_sealed_by_id_people")
        ),
        sa.ForeignKeyConstraint(
            ["sign_off_id"],
            ["book_sign_offs.id"],
            name=op.f("fk_book_seals_sign_off_id_book_sign_offs"),
        ),
        sa.PrimaryKeyConstraint("recorder_id", "month", name=op.f("pk_book_seals")),
        info={"append_only": True},
    )
    with op.batch_alter_table("book_seals", schema=None) as batch_op:
        batch_op.create_index("ix_book_seals_month", ["month"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_book_seals_sealed_by_id"), ["sealed_by_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_book_seals_sign_off_id"), ["sign_off_id"], unique=True)

    op.create_table(
        "spot_check_lines",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("check_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("entry_id", sa.Integer(), nullable=False),
        sa.Column("result", sa.Text(), nullable=True),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("checked_at", sa.DateTime(), nullable=True),
        sa.Column("checked_by_id", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "result <> 'wrong' OR length(words) > 0",
            name=op.f("ck_spot_check_lines_wrong_says_what"),
        ),
        sa.CheckConstraint(
            "result IN ('right','wrong','unknown')", name=op.f("ck_spot_check_lines_result_known")
        ),
        sa.CheckConstraint("position >= 1", name=op.f("ck_spot_check_lines_position_from_one")),
        sa.CheckConstraint(
            "result IS NULL OR checked_at IS NOT NULL",
            name=op.f("ck_spot_check_lines_checked_at_a_moment"),
        ),
        sa.ForeignKeyConstraint(
            ["check_id"], ["spot_checks.id"], name=op.f("fk_spot_check_lines_check_id_spot_checks")
        ),
        sa.ForeignKeyConstraint(
            ["checked_by_id"], ["people.id"], name=op.f("fk_spot_check_lines_checked_by_id_people")
        ),
        sa.ForeignKeyConstraint(
            ["entry_id"],
            ["hour_entries.id"],
            name=op.f("fk_spot_check_lines_entry_id_hour_entries"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_spot_check_lines")),
        sa.UniqueConstraint("check_id", "entry_id", name="uq_spot_check_lines_entry"),
        sa.UniqueConstraint("check_id", "position", name="uq_spot_check_lines_position"),
    )
    with op.batch_alter_table("spot_check_lines", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_spot_check_lines_check_id"), ["check_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_spot_check_lines_checked_by_id"), ["checked_by_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_spot_check_lines_entry_id"), ["entry_id"], unique=False
        )

    op.create_table(
        "complaints",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Text(), nullable=False),
        sa.Column("code_digest", sa.Text(), nullable=False),
        sa.Column("address_digest", sa.Text(), nullable=True),
        sa.Column("district_id", sa.Integer(), nullable=False),
        sa.Column("about", sa.Text(), nullable=False),
        sa.Column("about_words", sa.Text(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=True),
        sa.Column("activity_id", sa.Integer(), nullable=True),
        sa.Column("entry_id", sa.Integer(), nullable=True),
        sa.Column("roll_id", sa.Integer(), nullable=True),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("contact", sa.Text(), nullable=False),
        sa.Column("contact_erased_at", sa.DateTime(), nullable=True),
        sa.Column("opened_at", sa.DateTime(), nullable=False),
        sa.Column("closed_at", sa.DateTime(), nullable=True),
        sa.Column("closed_by_id", sa.Integer(), nullable=True),
        sa.Column("outcome", sa.Text(), nullable=True),
        sa.Column("outcome_words", sa.Text(), nullable=False),
        sa.CheckConstraint(
            "about IN ('activity','entry','roll','certificate','community','other')",
            name=op.f("ck_complaints_about_known"),
        ),
        sa.CheckConstraint(
            "outcome IN ('unfounded','proven')", name=op.f("ck_complaints_outcome_known")
        ),
        sa.CheckConstraint(
            "(closed_at IS NULL) = (outcome IS NULL)",
            name=op.f("ck_complaints_closed_with_an_outcome"),
        ),
        sa.CheckConstraint(
            "closed_at >= opened_at", name=op.f("ck_complaints_closed_after_opened")
        ),
        sa.CheckConstraint(
            "closed_at IS NULL OR length(outcome_words) > 0",
            name=op.f("ck_complaints_closed_with_words"),
        ),
        sa.CheckConstraint(
            "contact_erased_at IS NULL OR length(contact) = 0",
            name=op.f("ck_complaints_erased_contact_is_gone"),
        ),
        sa.CheckConstraint(
            "length(words) BETWEEN 1 AND 1000", name=op.f("ck_complaints_words_length")
        ),
        sa.ForeignKeyConstraint(
            ["activity_id"], ["activities.id"], name=op.f("fk_complaints_activity_id_activities")
        ),
        sa.ForeignKeyConstraint(
            ["closed_by_id"], ["people.id"], name=op.f("fk_complaints_closed_by_id_people")
        ),
        sa.ForeignKeyConstraint(
            ["district_id"],
            ["organisations.id"],
            name=op.f("fk_complaints_district_id_organisations"),
        ),
        sa.ForeignKeyConstraint(
            ["entry_id"], ["hour_entries.id"], name=op.f("fk_complaints_entry_id_hour_entries")
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisations.id"],
            name=op.f("fk_complaints_organisation_id_organisations"),
        ),
        sa.ForeignKeyConstraint(
            ["roll_id"], ["honor_rolls.id"], name=op.f("fk_complaints_roll_id_honor_rolls")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_complaints")),
        sa.UniqueConstraint("code_digest", name=op.f("uq_complaints_code_digest")),
        sa.UniqueConstraint("number", name=op.f("uq_complaints_number")),
    )
    with op.batch_alter_table("complaints", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_complaints_activity_id"), ["activity_id"], unique=False
        )
        batch_op.create_index(
            "ix_complaints_address_digest_opened_at", ["address_digest", "opened_at"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_complaints_closed_by_id"), ["closed_by_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_complaints_district_id"), ["district_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_complaints_entry_id"), ["entry_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_complaints_organisation_id"), ["organisation_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_complaints_roll_id"), ["roll_id"], unique=False)

    op.create_table(
        "door_places",
        sa.Column("activity_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("latitude", sa.Double(), nullable=False),
        sa.Column("longitude", sa.Double(), nullable=False),
        sa.Column("radius", sa.Integer(), nullable=False),
        sa.Column("set_by_id", sa.Integer(), nullable=False),
        sa.Column("set_at", sa.DateTime(), nullable=False),
        sa.CheckConstraint(
            "latitude BETWEEN -90 AND 90", name=op.f("ck_door_places_latitude_on_earth")
        ),
        sa.CheckConstraint(
            "longitude BETWEEN -180 AND 180", name=op.f("ck_door_places_longitude_on_earth")
        ),
        sa.CheckConstraint("radius > 0", name=op.f("ck_door_places_radius_positive")),
        sa.ForeignKeyConstraint(
            ["activity_id"], ["activities.id"], name=op.f("fk_door_places_activity_id_activities")
        ),
        sa.ForeignKeyConstraint(
            ["set_by_id"], ["people.id"], name=op.f("fk_door_places_set_by_id_people")
        ),
        sa.PrimaryKeyConstraint("activity_id", name=op.f("pk_door_places")),
    )
    with op.batch_alter_table("door_places", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_door_places_set_by_id"), ["set_by_id"], unique=False)

    op.create_table(
        "excuses",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("activity_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("given_at", sa.DateTime(), nullable=False),
        sa.Column("given_by_id", sa.Integer(), nullable=False),
        sa.Column("withdrawn_at", sa.DateTime(), nullable=True),
        sa.Column("withdrawn_by_id", sa.Integer(), nullable=True),
        sa.CheckConstraint("length(reason) <= 200", name=op.f("ck_excuses_reason_length")),
        sa.CheckConstraint(
            "withdrawn_at >= given_at", name=op.f("ck_excuses_withdrawn_after_given")
        ),
        sa.ForeignKeyConstraint(
            ["activity_id"], ["activities.id"], name=op.f("fk_excuses_activity_id_activities")
        ),
        sa.ForeignKeyConstraint(
            ["given_by_id"], ["people.id"], name=op.f("fk_excuses_given_by_id_people")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["people.id"], name=op.f("fk_excuses_person_id_people")
        ),
        sa.ForeignKeyConstraint(
            ["withdrawn_by_id"], ["people.id"], name=op.f("fk_excuses_withdrawn_by_id_people")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_excuses")),
    )
    with op.batch_alter_table("excuses", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_excuses_activity_id"), ["activity_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_excuses_given_by_id"), ["given_by_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_excuses_person_id"), ["person_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_excuses_withdrawn_by_id"), ["withdrawn_by_id"], unique=False
        )
        batch_op.create_index(
            "uq_excuses_one_standing",
            ["activity_id", "person_id"],
            unique=True,
            sqlite_where=sa.text("withdrawn_at IS NULL"),
            postgresql_where=sa.text("withdrawn_at IS NULL"),
        )

    op.create_table(
        "no_shows",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("activity_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("service_date", sa.Date(), nullable=False),
        sa.Column("noted_at", sa.DateTime(), nullable=False),
        sa.Column("cleared_at", sa.DateTime(), nullable=True),
        sa.Column("cleared_because", sa.Text(), nullable=True),
        sa.Column("cleared_by_id", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "cleared_because IN ('excuse','came','appeal')",
            name=op.f("ck_no_shows_cleared_because_known"),
        ),
        sa.CheckConstraint(
            "(cleared_at IS NULL) = (cleared_because IS NULL)",
            name=op.f("ck_no_shows_cleared_says_why"),
        ),
        sa.CheckConstraint("cleared_at >= noted_at", name=op.f("ck_no_shows_cleared_after_noted")),
        sa.ForeignKeyConstraint(
            ["activity_id"], ["activities.id"], name=op.f("fk_no_shows_activity_id_activities")
        ),
        sa.ForeignKeyConstraint(
            ["cleared_by_id"], ["people.id"], name=op.f("fk_no_shows_cleared_by_id_people")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["people.id"], name=op.f("fk_no_shows_person_id_people")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_no_shows")),
        sa.UniqueConstraint("activity_id", "person_id", name="uq_no_shows_one_per_person"),
    )
    with op.batch_alter_table("no_shows", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_no_shows_activity_id"), ["activity_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_no_shows_cleared_by_id"), ["cleared_by_id"], unique=False
        )
        batch_op.create_index(
            "ix_no_shows_counting",
            ["person_id", "service_date"],
            unique=False,
            sqlite_where=sa.text("cleared_at IS NULL"),
            postgresql_where=sa.text("cleared_at IS NULL"),
        )
        batch_op.create_index(batch_op.f("ix_no_shows_person_id"), ["person_id"], unique=False)

    op.create_table(
        "objections",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("entry_id", sa.Integer(), nullable=True),
        sa.Column("activity_id", sa.Integer(), nullable=True),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("service_date", sa.Date(), nullable=False),
        sa.Column("wish", sa.Text(), nullable=False),
        sa.Column("minutes_wanted", sa.Integer(), nullable=True),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("opened_at", sa.DateTime(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("withdrawn_at", sa.DateTime(), nullable=True),
        sa.Column("accepted_at", sa.DateTime(), nullable=True),
        sa.Column("accepted_by_id", sa.Integer(), nullable=True),
        sa.Column("answered_at", sa.DateTime(), nullable=True),
        sa.Column("answered_by_id", sa.Integer(), nullable=True),
        sa.Column("decision", sa.Text(), nullable=True),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("escalate_by", sa.Date(), nullable=True),
        sa.Column("escalated_at", sa.DateTime(), nullable=True),
        sa.Column("decided_at", sa.DateTime(), nullable=True),
        sa.Column("decided_by_id", sa.Integer(), nullable=True),
        sa.Column("ruling", sa.Text(), nullable=True),
        sa.Column("ruling_words", sa.Text(), nullable=False),
        sa.Column("changed_entry_id", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "(wish = 'missing') = (entry_id IS NULL)",
            name=op.f("ck_objections_missing_has_no_entry"),
        ),
        sa.CheckConstraint(
            "decision <> 'refused' OR length(answer) > 0",
            name=op.f("ck_objections_refused_with_a_reason"),
        ),
        sa.CheckConstraint(
            "decision IN ('agreed','refused')", name=op.f("ck_objections_decision_known")
        ),
        sa.CheckConstraint(
            "escalated_at IS NULL OR decision = 'refused'",
            name=op.f("ck_objections_escalated_when_refused"),
        ),
        sa.CheckConstraint(
            "ruling <> 'refused' OR length(ruling_words) > 0",
            name=op.f("ck_objections_ruled_with_why"),
        ),
        sa.CheckConstraint(
            "ruling IN ('agreed','refused')", name=op.f("ck_objections_ruling_known")
        ),
        sa.CheckConstraint(
            "wish <> 'missing' OR activity_id IS NOT NULL", name=op.f("ck_objections_missing_where")
        ),
        sa.CheckConstraint(
            "wish IN ('minutes','absent','other','missing')", name=op.f("ck_objections_wish_known")
        ),
        sa.CheckConstraint(
            "(answered_at IS NULL) = (decision IS NULL)",
            name=op.f("ck_objections_answered_with_a_decision"),
        ),
        sa.CheckConstraint(
            "(decided_at IS NULL) = (ruling IS NULL)",
            name=op.f("ck_objections_decided_with_ruling"),
        ),
        sa.CheckConstraint("length(words) <= 500", name=op.f("ck_objections_words_length")),
        sa.CheckConstraint(
            "minutes_wanted BETWEEN 0 AND 1440", name=op.f("ck_objections_minutes_in_a_day")
        ),
        sa.ForeignKeyConstraint(
            ["accepted_by_id"], ["people.id"], name=op.f("fk_objections_accepted_by_id_people")
        ),
        sa.ForeignKeyConstraint(
            ["activity_id"], ["activities.id"], name=op.f("fk_objections_activity_id_activities")
        ),
        sa.ForeignKeyConstraint(
            ["answered_by_id"], ["people.id"], name=op.f("fk_objections_answered_by_id_people")
        ),
        sa.ForeignKeyConstraint(
            ["changed_entry_id"],
            ["hour_entries.id"],
            name=op.f("fk_objections_changed_entry_id_hour_entries"),
        ),
        sa.ForeignKeyConstraint(
            ["decided_by_id"], ["people.id"], name=op.f("fk_objections_decided_by_id_people")
        ),
        sa.ForeignKeyConstraint(
            ["entry_id"], ["hour_entries.id"], name=op.f("fk_objections_entry_id_hour_entries")
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisations.id"],
            name=op.f("fk_objections_organisation_id_organisations"),
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["people.id"], name=op.f("fk_objections_person_id_people")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_objections")),
    )
    with op.batch_alter_table("objections", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_objections_accepted_by_id"), ["accepted_by_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_objections_activity_id"), ["activity_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_objections_answered_by_id"), ["answered_by_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_objections_changed_entry_id"), ["changed_entry_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_objections_decided_by_id"), ["decided_by_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_objections_entry_id"), ["entry_id"], unique=False)
        batch_op.create_index(
            "ix_objections_organisation_id_due_on", ["organisation_id", "due_on"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_objections_person_id"), ["person_id"], unique=False)
        batch_op.create_index(
            "uq_objections_one_open_per_activity",
            ["person_id", "activity_id"],
            unique=True,
            sqlite_where=sa.text(
                "activity_id IS NOT NULL AND withdrawn_at IS NULL AND decided_at IS "
                "NULL AND (answered_at IS NULL OR (decision = 'refused' AND "
                "escalated_at IS NOT NULL))"
            ),
            postgresql_where=sa.text(
                "activity_id IS NOT NULL AND withdrawn_at IS NULL AND decided_at IS "
                "NULL AND (answered_at IS NULL OR (decision = 'refused' AND "
                "escalated_at IS NOT NULL))"
            ),
        )
        batch_op.create_index(
            "uq_objections_one_open_per_entry",
            ["entry_id"],
            unique=True,
            sqlite_where=sa.text(
                "withdrawn_at IS NULL AND decided_at IS NULL AND (answered_at IS NULL "
                "OR (decision = 'refused' AND escalated_at IS NOT NULL))"
            ),
            postgresql_where=sa.text(
                "withdrawn_at IS NULL AND decided_at IS NULL AND (answered_at IS NULL "
                "OR (decision = 'refused' AND escalated_at IS NOT NULL))"
            ),
        )

    op.create_table(
        "questions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("activity_id", sa.Integer(), nullable=True),
        sa.Column("entry_id", sa.Integer(), nullable=True),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("asked_at", sa.DateTime(), nullable=False),
        sa.Column("asked_by_id", sa.Integer(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("replied_at", sa.DateTime(), nullable=True),
        sa.Column("replied_by_id", sa.Integer(), nullable=True),
        sa.Column("reply", sa.Text(), nullable=False),
        sa.Column("closed_at", sa.DateTime(), nullable=True),
        sa.CheckConstraint("closed_at >= asked_at", name=op.f("ck_questions_closed_after_asked")),
        sa.CheckConstraint(
            "closed_at IS NULL OR replied_at IS NULL", name=op.f("ck_questions_closed_or_replied")
        ),
        sa.CheckConstraint("length(words) <= 1000", name=op.f("ck_questions_words_length")),
        sa.CheckConstraint("replied_at >= asked_at", name=op.f("ck_questions_replied_after_asked")),
        sa.CheckConstraint(
            "replied_at IS NULL OR length(reply) BETWEEN 1 AND 1000",
            name=op.f("ck_questions_replied_in_words"),
        ),
        sa.ForeignKeyConstraint(
            ["activity_id"], ["activities.id"], name=op.f("fk_questions_activity_id_activities")
        ),
        sa.ForeignKeyConstraint(
            ["asked_by_id"], ["people.id"], name=op.f("fk_questions_asked_by_id_people")
        ),
        sa.ForeignKeyConstraint(
            ["entry_id"], ["hour_entries.id"], name=op.f("fk_questions_entry_id_hour_entries")
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisations.id"],
            name=op.f("fk_questions_organisation_id_organisations"),
        ),
        sa.ForeignKeyConstraint(
            ["replied_by_id"], ["people.id"], name=op.f("fk_questions_replied_by_id_people")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_questions")),
    )
    with op.batch_alter_table("questions", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_questions_activity_id"), ["activity_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_questions_asked_by_id"), ["asked_by_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_questions_entry_id"), ["entry_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_questions_organisation_id"), ["organisation_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_questions_replied_by_id"), ["replied_by_id"], unique=False
        )

    op.create_table(
        "sheets",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("activity_id", sa.Integer(), nullable=False),
        sa.Column("printed_at", sa.DateTime(), nullable=False),
        sa.Column("printed_by_id", sa.Integer(), nullable=False),
        sa.Column("name_order", sa.Text(), nullable=False),
        sa.Column("unused_at", sa.DateTime(), nullable=True),
        sa.Column("unused_by_id", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "name_order IN ('strokes','pinyin')", name=op.f("ck_sheets_name_order_known")
        ),
        sa.CheckConstraint("unused_at >= printed_at", name=op.f("ck_sheets_unused_after_printed")),
        sa.CheckConstraint(
            "unused_at IS NULL OR unused_by_id IS NOT NULL",
            name=op.f("ck_sheets_unused_by_somebody"),
        ),
        sa.ForeignKeyConstraint(
            ["activity_id"], ["activities.id"], name=op.f("fk_sheets_activity_id_activities")
        ),
        sa.ForeignKeyConstraint(
            ["printed_by_id"], ["people.id"], name=op.f("fk_sheets_printed_by_id_people")
        ),
        sa.ForeignKeyConstraint(
            ["unused_by_id"], ["people.id"], name=op.f("fk_sheets_unused_by_id_people")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sheets")),
    )
    with op.batch_alter_table("sheets", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_sheets_activity_id"), ["activity_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_sheets_printed_by_id"), ["printed_by_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_sheets_unused_by_id"), ["unused_by_id"], unique=False)

    op.create_table(
        "anomalies",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("pattern", sa.Text(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("activity_id", sa.Integer(), nullable=True),
        sa.Column("about_id", sa.Integer(), nullable=True),
        sa.Column("coordinator_id", sa.Integer(), nullable=True),
        sa.Column("weight", sa.Integer(), nullable=False),
        sa.Column("evidence", sa.JSON(), nullable=False),
        sa.Column("found_at", sa.DateTime(), nullable=False),
        sa.Column("question_id", sa.Integer(), nullable=True),
        sa.Column("answered_at", sa.DateTime(), nullable=True),
        sa.Column("answered_by_id", sa.Integer(), nullable=True),
        sa.Column("answer", sa.Text(), nullable=True),
        sa.Column("words", sa.Text(), nullable=False),
        sa.CheckConstraint(
            "answer <> 'reversed' OR length(words) > 0", name=op.f("ck_anomalies_reversed_says_why")
        ),
        sa.CheckConstraint("answer IN ('fine','reversed')", name=op.f("ck_anomalies_answer_known")),
        sa.CheckConstraint(
            "(answered_at IS NULL) = (answer IS NULL)",
            name=op.f("ck_anomalies_answered_with_answer"),
        ),
        sa.CheckConstraint(
            "length(kind) > 0 AND length(key) > 0", name=op.f("ck_anomalies_kind_and_key_given")
        ),
        sa.CheckConstraint("weight >= 0", name=op.f("ck_anomalies_weight_not_negative")),
        sa.ForeignKeyConstraint(
            ["about_id"], ["people.id"], name=op.f("fk_anomalies_about_id_people")
        ),
        sa.ForeignKeyConstraint(
            ["activity_id"], ["activities.id"], name=op.f("fk_anomalies_activity_id_activities")
        ),
        sa.ForeignKeyConstraint(
            ["answered_by_id"], ["people.id"], name=op.f("fk_anomalies_answered_by_id_people")
        ),
        sa.ForeignKeyConstraint(
            ["coordinator_id"], ["people.id"], name=op.f("fk_anomalies_coordinator_id_people")
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisations.id"],
            name=op.f("fk_anomalies_organisation_id_organisations"),
        ),
        sa.ForeignKeyConstraint(
            ["question_id"], ["questions.id"], name=op.f("fk_anomalies_question_id_questions")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_anomalies")),
        sa.UniqueConstraint("kind", "key", name="uq_anomalies_found_once"),
    )
    with op.batch_alter_table("anomalies", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_anomalies_about_id"), ["about_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_anomalies_activity_id"), ["activity_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_anomalies_answered_by_id"), ["answered_by_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_anomalies_coordinator_id"), ["coordinator_id"], unique=False
        )
        batch_op.create_index("ix_anomalies_kind_pattern", ["kind", "pattern"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_anomalies_organisation_id"), ["organisation_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_anomalies_question_id"), ["question_id"], unique=False)

    op.create_table(
        "complaint_notes",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("complaint_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=True),
        sa.Column("step", sa.Text(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.CheckConstraint("length(words) <= 1000", name=op.f("ck_complaint_notes_words_length")),
        sa.ForeignKeyConstraint(
            ["by_id"], ["people.id"], name=op.f("fk_complaint_notes_by_id_people")
        ),
        sa.ForeignKeyConstraint(
            ["complaint_id"],
            ["complaints.id"],
            name=op.f("fk_complaint_notes_complaint_id_complaints"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_complaint_notes")),
    )
    with op.batch_alter_table("complaint_notes", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_complaint_notes_by_id"), ["by_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_complaint_notes_complaint_id"), ["complaint_id"], unique=False
        )

    op.create_table(
        "complaint_parties",
        sa.Column("complaint_id", sa.Integer(), nullable=False),
        sa.Column("accused_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["accused_id"], ["people.id"], name=op.f("fk_complaint_parties_accused_id_people")
        ),
        sa.ForeignKeyConstraint(
            ["complaint_id"],
            ["complaints.id"],
            name=op.f("fk_complaint_parties_complaint_id_complaints"),
        ),
        sa.PrimaryKeyConstraint("complaint_id", "accused_id", name=op.f("pk_complaint_parties")),
    )
    with op.batch_alter_table("complaint_parties", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_complaint_parties_accused_id"), ["accused_id"], unique=False
        )

    op.create_table(
        "complaint_questions",
        sa.Column("question_id", sa.Integer(), nullable=False),
        sa.Column("complaint_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["complaint_id"],
            ["complaints.id"],
            name=op.f("fk_complaint_questions_complaint_id_complaints"),
        ),
        sa.ForeignKeyConstraint(
            ["question_id"],
            ["questions.id"],
            name=op.f("fk_complaint_questions_question_id_questions"),
        ),
        sa.PrimaryKeyConstraint("question_id", name=op.f("pk_complaint_questions")),
    )
    with op.batch_alter_table("complaint_questions", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_complaint_questions_complaint_id"), ["complaint_id"], unique=False
        )

    op.create_table(
        "findings",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("district_id", sa.Integer(), nullable=False),
        sa.Column("complaint_id", sa.Integer(), nullable=True),
        sa.Column("found_at", sa.DateTime(), nullable=False),
        sa.Column("found_by_id", sa.Integer(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("facts", sa.JSON(), nullable=False),
        sa.CheckConstraint(
            "length(reason) BETWEEN 1 AND 200", name=op.f("ck_findings_reason_length")
        ),
        sa.ForeignKeyConstraint(
            ["complaint_id"], ["complaints.id"], name=op.f("fk_findings_complaint_id_complaints")
        ),
        sa.ForeignKeyConstraint(
            ["district_id"],
            ["organisations.id"],
            name=op.f("fk_findings_district_id_organisations"),
        ),
        sa.ForeignKeyConstraint(
            ["found_by_id"], ["people.id"], name=op.f("fk_findings_found_by_id_people")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_findings")),
        info={"append_only": True},
    )
    with op.batch_alter_table("findings", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_findings_complaint_id"), ["complaint_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_findings_district_id"), ["district_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_findings_found_by_id"), ["found_by_id"], unique=False)

    op.create_table(
        "late_entries",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("activity_id", sa.Integer(), nullable=False),
        sa.Column("shift_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("came_at", sa.DateTime(), nullable=False),
        sa.Column("left_at", sa.DateTime(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("evidence", sa.Text(), nullable=False),
        sa.Column("asked_by_id", sa.Integer(), nullable=False),
        sa.Column("asked_at", sa.DateTime(), nullable=False),
        sa.Column("decided_at", sa.DateTime(), nullable=True),
        sa.Column("decided_by_id", sa.Integer(), nullable=True),
        sa.Column("decision", sa.Text(), nullable=True),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("withdrawn_at", sa.DateTime(), nullable=True),
        sa.CheckConstraint(
            "decision IN ('granted','refused')", name=op.f("ck_late_entries_decision_known")
        ),
        sa.CheckConstraint(
            "decision IS NULL OR decision <> 'refused' OR length(answer) > 0",
            name=op.f("ck_late_entries_refusals_say_why"),
        ),
        sa.CheckConstraint(
            "(decision IS NULL) = (decided_at IS NULL)",
            name=op.f("ck_late_entries_decided_at_a_moment"),
        ),
        sa.CheckConstraint(
            "asked_by_id <> person_id", name=op.f("ck_late_entries_not_for_oneself")
        ),
        sa.CheckConstraint("came_at < left_at", name=op.f("ck_late_entries_came_before_left")),
        sa.CheckConstraint(
            "decided_at >= asked_at", name=op.f("ck_late_entries_decided_after_asked")
        ),
        sa.CheckConstraint(
            "decided_at IS NULL OR decided_by_id IS NOT NULL",
            name=op.f("ck_late_entries_decided_by_somebody"),
        ),
        sa.CheckConstraint(
            "decided_at IS NULL OR withdrawn_at IS NULL",
            name=op.f("ck_late_entries_not_both_decided_and_withdrawn"),
        ),
        sa.CheckConstraint(
            "decided_by_id <> asked_by_id AND decided_by_id <> person_id",
            name=op.f("ck_late_entries_decided_by_a_second_person"),
        ),
        sa.CheckConstraint("length(evidence) > 0", name=op.f("ck_late_entries_evidence_given")),
        sa.CheckConstraint(
            "length(reason) BETWEEN 1 AND 300", name=op.f("ck_late_entries_reason_length")
        ),
        sa.CheckConstraint(
            "withdrawn_at >= asked_at", name=op.f("ck_late_entries_withdrawn_after_asked")
        ),
        sa.ForeignKeyConstraint(
            ["activity_id"], ["activities.id"], name=op.f("fk_late_entries_activity_id_activities")
        ),
        sa.ForeignKeyConstraint(
            ["asked_by_id"], ["people.id"], name=op.f("fk_late_entries_asked_by_id_people")
        ),
        sa.ForeignKeyConstraint(
            ["decided_by_id"], ["people.id"], name=op.f("fk_late_entries_decided_by_id_people")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["people.id"], name=op.f("fk_late_entries_person_id_people")
        ),
        sa.ForeignKeyConstraint(
            ["shift_id"], ["shifts.id"], name=op.f("fk_late_entries_shift_id_shifts")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_late_entries")),
    )
    with op.batch_alter_table("late_entries", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_late_entries_activity_id"), ["activity_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_late_entries_asked_by_id"), ["asked_by_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_late_entries_decided_by_id"), ["decided_by_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_late_entries_person_id"), ["person_id"], unique=False)
        batch_op.create_index(
            "ix_late_entries_person_id_asked_at", ["person_id", "asked_at"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_late_entries_shift_id"), ["shift_id"], unique=False)
        batch_op.create_index(
            "uq_late_entries_one_waiting",
            ["activity_id", "person_id"],
            unique=True,
            sqlite_where=sa.text("decided_at IS NULL AND withdrawn_at IS NULL"),
            postgresql_where=sa.text("decided_at IS NULL AND withdrawn_at IS NULL"),
        )

    op.create_table(
        "no_show_appeals",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("no_show_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("stage", sa.Text(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("made_at", sa.DateTime(), nullable=False),
        sa.Column("answered_at", sa.DateTime(), nullable=True),
        sa.Column("answered_by_id", sa.Integer(), nullable=True),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("upheld", sa.Boolean(), nullable=True),
        sa.CheckConstraint(
            "stage IN ('coordinator','office')", name=op.f("ck_no_show_appeals_stage_known")
        ),
        sa.CheckConstraint(
            "(answered_at IS NULL) = (upheld IS NULL)",
            name=op.f("ck_no_show_appeals_answer_says_which"),
        ),
        sa.CheckConstraint(
            "answered_at >= made_at", name=op.f("ck_no_show_appeals_answered_after_made")
        ),
        sa.CheckConstraint(
            "answered_at IS NULL OR length(answer) > 0",
            name=op.f("ck_no_show_appeals_answer_says_why"),
        ),
        sa.CheckConstraint(
            "length(words) BETWEEN 0 AND 500", name=op.f("ck_no_show_appeals_words_length")
        ),
        sa.ForeignKeyConstraint(
            ["answered_by_id"], ["people.id"], name=op.f("fk_no_show_appeals_answered_by_id_people")
        ),
        sa.ForeignKeyConstraint(
            ["no_show_id"], ["no_shows.id"], name=op.f("fk_no_show_appeals_no_show_id_no_shows")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["people.id"], name=op.f("fk_no_show_appeals_person_id_people")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_no_show_appeals")),
        sa.UniqueConstraint("no_show_id", "stage", name="uq_no_show_appeals_one_per_stage"),
    )
    with op.batch_alter_table("no_show_appeals", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_no_show_appeals_answered_by_id"), ["answered_by_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_no_show_appeals_no_show_id"), ["no_show_id"], unique=False
        )
        batch_op.create_index(
            "ix_no_show_appeals_open",
            ["stage"],
            unique=False,
            sqlite_where=sa.text("answered_at IS NULL"),
            postgresql_where=sa.text("answered_at IS NULL"),
        )
        batch_op.create_index(
            batch_op.f("ix_no_show_appeals_person_id"), ["person_id"], unique=False
        )

    op.create_table(
        "objection_notes",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("objection_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=True),
        sa.Column("step", sa.Text(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.CheckConstraint("length(words) <= 500", name=op.f("ck_objection_notes_words_length")),
        sa.ForeignKeyConstraint(
            ["by_id"], ["people.id"], name=op.f("fk_objection_notes_by_id_people")
        ),
        sa.ForeignKeyConstraint(
            ["objection_id"],
            ["objections.id"],
            name=op.f("fk_objection_notes_objection_id_objections"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_objection_notes")),
    )
    with op.batch_alter_table("objection_notes", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_objection_notes_by_id"), ["by_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_objection_notes_objection_id"), ["objection_id"], unique=False
        )

    op.create_table(
        "sheet_entries",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("sheet_id", sa.Integer(), nullable=False),
        sa.Column("turn", sa.Integer(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("entered_at", sa.DateTime(), nullable=False),
        sa.CheckConstraint("turn IN (1,2)", name=op.f("ck_sheet_entries_turn_known")),
        sa.ForeignKeyConstraint(
            ["by_id"], ["people.id"], name=op.f("fk_sheet_entries_by_id_people")
        ),
        sa.ForeignKeyConstraint(
            ["sheet_id"], ["sheets.id"], name=op.f("fk_sheet_entries_sheet_id_sheets")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sheet_entries")),
        sa.UniqueConstraint("sheet_id", "by_id", name="uq_sheet_entries_by"),
        sa.UniqueConstraint("sheet_id", "turn", name="uq_sheet_entries_turn"),
        info={"append_only": True},
    )
    with op.batch_alter_table("sheet_entries", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_sheet_entries_by_id"), ["by_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_sheet_entries_sheet_id"), ["sheet_id"], unique=False)

    op.create_table(
        "sheet_rows",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("sheet_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("shift_id", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "(person_id IS NULL) = (shift_id IS NULL)", name=op.f("ck_sheet_rows_person_with_shift")
        ),
        sa.CheckConstraint("length(code) BETWEEN 1 AND 9", name=op.f("ck_sheet_rows_code_length")),
        sa.CheckConstraint("number >= 1", name=op.f("ck_sheet_rows_number_from_one")),
        sa.ForeignKeyConstraint(
            ["person_id"], ["people.id"], name=op.f("fk_sheet_rows_person_id_people")
        ),
        sa.ForeignKeyConstraint(
            ["sheet_id"], ["sheets.id"], name=op.f("fk_sheet_rows_sheet_id_sheets")
        ),
        sa.ForeignKeyConstraint(
            ["shift_id"], ["shifts.id"], name=op.f("fk_sheet_rows_shift_id_shifts")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sheet_rows")),
        sa.UniqueConstraint("sheet_id", "code", name="uq_sheet_rows_code"),
        sa.UniqueConstraint("sheet_id", "number", name="uq_sheet_rows_number"),
        sa.UniqueConstraint("sheet_id", "person_id", name="uq_sheet_rows_person"),
        info={"append_only": True},
    )
    with op.batch_alter_table("sheet_rows", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_sheet_rows_person_id"), ["person_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_sheet_rows_sheet_id"), ["sheet_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_sheet_rows_shift_id"), ["shift_id"], unique=False)

    op.create_table(
        "door_events",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("event_id", sa.Text(), nullable=False),
        sa.Column("activity_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("direction", sa.Text(), nullable=False),
        sa.Column("method", sa.Text(), nullable=False),
        sa.Column("undoes", sa.Text(), nullable=True),
        sa.Column("said_at", sa.DateTime(), nullable=False),
        sa.Column("happened_at", sa.DateTime(), nullable=False),
        sa.Column("received_at", sa.DateTime(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("attendance_id", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "answer IN "
            "('taken','known','waiting','undone','taken_back','not_listed','closed','called_off','too_late')",
            name=op.f("ck_door_events_answer_known"),
        ),
        sa.CheckConstraint(
            "direction IN ('in','out')", name=op.f("ck_door_events_direction_known")
        ),
        sa.CheckConstraint("method IN ('tick','card')", name=op.f("ck_door_events_method_known")),
        sa.CheckConstraint(
            "happened_at <= received_at", name=op.f("ck_door_events_not_in_the_future")
        ),
        sa.CheckConstraint(
            "said_at <= received_at", name=op.f("ck_door_events_not_from_the_future")
        ),
        sa.ForeignKeyConstraint(
            ["activity_id"], ["activities.id"], name=op.f("fk_door_events_activity_id_activities")
        ),
        sa.ForeignKeyConstraint(
            ["attendance_id"],
            ["attendance.id"],
            name=op.f("fk_door_events_attendance_id_attendance"),
        ),
        sa.ForeignKeyConstraint(["by_id"], ["people.id"], name=op.f("fk_door_events_by_id_people")),
        sa.ForeignKeyConstraint(
            ["person_id"], ["people.id"], name=op.f("fk_door_events_person_id_people")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_door_events")),
        sa.UniqueConstraint(
            "activity_id", "event_id", name=op.f("uq_door_events_activity_id_event_id")
        ),
        info={"append_only": True},
    )
    with op.batch_alter_table("door_events", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_door_events_activity_id"), ["activity_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_door_events_attendance_id"), ["attendance_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_door_events_by_id"), ["by_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_door_events_person_id"), ["person_id"], unique=False)

    op.create_table(
        "finding_entries",
        sa.Column("finding_id", sa.Integer(), nullable=False),
        sa.Column("entry_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["entry_id"], ["hour_entries.id"], name=op.f("fk_finding_entries_entry_id_hour_entries")
        ),
        sa.ForeignKeyConstraint(
            ["finding_id"], ["findings.id"], name=op.f("fk_finding_entries_finding_id_findings")
        ),
        sa.PrimaryKeyConstraint("finding_id", "entry_id", name=op.f("pk_finding_entries")),
        sa.UniqueConstraint("entry_id", name=op.f("uq_finding_entries_entry_id")),
        info={"append_only": True},
    )
    op.create_table(
        "sheet_corrections",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("row_id", sa.Integer(), nullable=False),
        sa.Column("entry_id", sa.Integer(), nullable=True),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("came_at", sa.DateTime(), nullable=True),
        sa.Column("left_at", sa.DateTime(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("corrected_at", sa.DateTime(), nullable=False),
        sa.CheckConstraint(
            "entry_id IS NOT NULL OR reason != ''", name=op.f("ck_sheet_corrections_says_why")
        ),
        sa.CheckConstraint(
            "came_at IS NULL OR person_id IS NOT NULL",
            name=op.f("ck_sheet_corrections_somebody_came"),
        ),
        sa.CheckConstraint(
            "left_at IS NULL OR left_at >= came_at",
            name=op.f("ck_sheet_corrections_left_after_came"),
        ),
        sa.CheckConstraint(
            "length(reason) <= 200", name=op.f("ck_sheet_corrections_reason_length")
        ),
        sa.ForeignKeyConstraint(
            ["by_id"], ["people.id"], name=op.f("fk_sheet_corrections_by_id_people")
        ),
        sa.ForeignKeyConstraint(
            ["entry_id"],
            ["sheet_entries.id"],
            name=op.f("fk_sheet_corrections_entry_id_sheet_entries"),
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["people.id"], name=op.f("fk_sheet_corrections_person_id_people")
        ),
        sa.ForeignKeyConstraint(
            ["row_id"], ["sheet_rows.id"], name=op.f("fk_sheet_corrections_row_id_sheet_rows")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sheet_corrections")),
        info={"append_only": True},
    )
    with op.batch_alter_table("sheet_corrections", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_sheet_corrections_by_id"), ["by_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_sheet_corrections_entry_id"), ["entry_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_sheet_corrections_person_id"), ["person_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_sheet_corrections_row_id"), ["row_id"], unique=False)

    op.create_table(
        "sheet_entry_rows",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("entry_id", sa.Integer(), nullable=False),
        sa.Column("row_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("came_at", sa.DateTime(), nullable=False),
        sa.Column("left_at", sa.DateTime(), nullable=True),
        sa.Column("note", sa.Text(), nullable=False),
        sa.CheckConstraint("left_at >= came_at", name=op.f("ck_sheet_entry_rows_left_after_came")),
        sa.CheckConstraint("length(note) <= 100", name=op.f("ck_sheet_entry_rows_note_length")),
        sa.ForeignKeyConstraint(
            ["entry_id"],
            ["sheet_entries.id"],
            name=op.f("fk_sheet_entry_rows_entry_id_sheet_entries"),
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["people.id"], name=op.f("fk_sheet_entry_rows_person_id_people")
        ),
        sa.ForeignKeyConstraint(
            ["row_id"], ["sheet_rows.id"], name=op.f("fk_sheet_entry_rows_row_id_sheet_rows")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sheet_entry_rows")),
        sa.UniqueConstraint("entry_id", "row_id", name="uq_sheet_entry_rows_once"),
        info={"append_only": True},
    )
    with op.batch_alter_table("sheet_entry_rows", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_sheet_entry_rows_entry_id"), ["entry_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_sheet_entry_rows_person_id"), ["person_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_sheet_entry_rows_row_id"), ["row_id"], unique=False)

    op.create_table(
        "sheet_marks",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("attendance_id", sa.Integer(), nullable=False),
        sa.Column("row_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["attendance_id"],
            ["attendance.id"],
            name=op.f("fk_sheet_marks_attendance_id_attendance"),
        ),
        sa.ForeignKeyConstraint(
            ["row_id"], ["sheet_rows.id"], name=op.f("fk_sheet_marks_row_id_sheet_rows")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sheet_marks")),
        sa.UniqueConstraint("attendance_id", name=op.f("uq_sheet_marks_attendance_id")),
        info={"append_only": True},
    )
    with op.batch_alter_table("sheet_marks", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_sheet_marks_row_id"), ["row_id"], unique=False)

    op.create_table(
        "door_marks",
        sa.Column("attendance_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("door_event_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["attendance_id"],
            ["attendance.id"],
            name=op.f("fk_door_marks_attendance_id_attendance"),
        ),
        sa.ForeignKeyConstraint(
            ["door_event_id"],
            ["door_events.id"],
            name=op.f("fk_door_marks_door_event_id_door_events"),
        ),
        sa.PrimaryKeyConstraint("attendance_id", name=op.f("pk_door_marks")),
        info={"append_only": True},
    )
    with op.batch_alter_table("door_marks", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_door_marks_door_event_id"), ["door_event_id"], unique=False
        )

    with op.batch_alter_table("attendance", schema=None) as batch_op:
        batch_op.add_column(sa.Column("device", sa.Text(), nullable=True))
        batch_op.add_column(sa.Column("nearness", sa.Text(), nullable=True))
        batch_op.add_column(sa.Column("distance", sa.Integer(), nullable=True))
        batch_op.create_index(
            "ix_attendance_device",
            ["device"],
            unique=False,
            sqlite_where=sa.text("device IS NOT NULL"),
            postgresql_where=sa.text("device IS NOT NULL"),
        )

    with op.batch_alter_table("guardians", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_guardians_phone"), ["phone"], unique=False)

    with op.batch_alter_table("honor_rolls", schema=None) as batch_op:
        batch_op.add_column(sa.Column("on_site_minutes", sa.Integer(), nullable=True))
    with op.batch_alter_table("attendance", schema=None) as batch_op:
        batch_op.create_check_constraint(
            op.f("ck_attendance_distance_not_negative"), "distance >= 0"
        )
        batch_op.drop_constraint(op.f("ck_attendance_method_known"), type_="check")
        batch_op.create_check_constraint(
            op.f("ck_attendance_method_known"),
            "method IN ('scan','card','tick','paper','late','closing')",
        )
        batch_op.create_check_constraint(
            op.f("ck_attendance_nearness_known"), "nearness IN ('inside','outside')"
        )
    with op.batch_alter_table("consents", schema=None) as batch_op:
        batch_op.drop_constraint(op.f("ck_consents_kind_known"), type_="check")
        batch_op.create_check_constraint(
            op.f("ck_consents_kind_known"),
            "kind IN ('notice','publish_name','publish_photo','location','under_14','acted_for')",
        )
    with op.batch_alter_table("honor_rolls", schema=None) as batch_op:
        batch_op.create_check_constraint(
            op.f("ck_honor_rolls_on_site_is_a_part"), "on_site_minutes BETWEEN 0 AND minutes"
        )

    dialect = op.get_bind().dialect.name
    for table in APPEND_ONLY:
        for statement in append_only.statements(table, dialect):
            op.execute(sa.text(statement))


def downgrade() -> None:
    op.execute(sa.text("UPDATE attendance SET method = 'scan' WHERE method = 'card'"))
    op.execute(sa.text("UPDATE attendance SET method = 'paper' WHERE method = 'late'"))
    op.execute(sa.text("DELETE FROM consents WHERE kind = 'acted_for'"))
    with op.batch_alter_table("attendance", schema=None) as batch_op:
        batch_op.drop_constraint(op.f("ck_attendance_distance_not_negative"), type_="check")
        batch_op.drop_constraint(op.f("ck_attendance_method_known"), type_="check")
        batch_op.create_check_constraint(
            op.f("ck_attendance_method_known"), "method IN ('scan','tick','paper','closing')"
        )
        batch_op.drop_constraint(op.f("ck_attendance_nearness_known"), type_="check")
    with op.batch_alter_table("consents", schema=None) as batch_op:
        batch_op.drop_constraint(op.f("ck_consents_kind_known"), type_="check")
        batch_op.create_check_constraint(
            op.f("ck_consents_kind_known"),
            "kind IN ('notice','publish_name','publish_photo','location','under_14')",
        )
    with op.batch_alter_table("honor_rolls", schema=None) as batch_op:
        batch_op.drop_constraint(op.f("ck_honor_rolls_on_site_is_a_part"), type_="check")
    with op.batch_alter_table("honor_rolls", schema=None) as batch_op:
        batch_op.drop_column("on_site_minutes")

    with op.batch_alter_table("guardians", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_guardians_phone"))

    with op.batch_alter_table("attendance", schema=None) as batch_op:
        batch_op.drop_index(
            "ix_attendance_device",
            sqlite_where=sa.text("device IS NOT NULL"),
            postgresql_where=sa.text("device IS NOT NULL"),
        )
        batch_op.drop_column("distance")
        batch_op.drop_column("nearness")
        batch_op.drop_column("device")

    with op.batch_alter_table("door_marks", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_door_marks_door_event_id"))

    op.drop_table("door_marks")
    with op.batch_alter_table("sheet_marks", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_sheet_marks_row_id"))

    op.drop_table("sheet_marks")
    with op.batch_alter_table("sheet_entry_rows", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_sheet_entry_rows_row_id"))
        batch_op.drop_index(batch_op.f("ix_sheet_entry_rows_person_id"))
        batch_op.drop_index(batch_op.f("ix_sheet_entry_rows_entry_id"))

    op.drop_table("sheet_entry_rows")
    with op.batch_alter_table("sheet_corrections", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_sheet_corrections_row_id"))
        batch_op.drop_index(batch_op.f("ix_sheet_corrections_person_id"))
        batch_op.drop_index(batch_op.f("ix_sheet_corrections_entry_id"))
        batch_op.drop_index(batch_op.f("ix_sheet_corrections_by_id"))

    op.drop_table("sheet_corrections")
    op.drop_table("finding_entries")
    with op.batch_alter_table("door_events", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_door_events_person_id"))
        batch_op.drop_index(batch_op.f("ix_door_events_by_id"))
        batch_op.drop_index(batch_op.f("ix_door_events_attendance_id"))
        batch_op.drop_index(batch_op.f("ix_door_events_activity_id"))

    op.drop_table("door_events")
    with op.batch_alter_table("sheet_rows", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_sheet_rows_shift_id"))
        batch_op.drop_index(batch_op.f("ix_sheet_rows_sheet_id"))
        batch_op.drop_index(batch_op.f("ix_sheet_rows_person_id"))

    op.drop_table("sheet_rows")
    with op.batch_alter_table("sheet_entries", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_sheet_entries_sheet_id"))
        batch_op.drop_index(batch_op.f("ix_sheet_entries_by_id"))

    op.drop_table("sheet_entries")
    with op.batch_alter_table("objection_notes", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_objection_notes_objection_id"))
        batch_op.drop_index(batch_op.f("ix_objection_notes_by_id"))

    op.drop_table("objection_notes")
    with op.batch_alter_table("no_show_appeals", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_no_show_appeals_person_id"))
        batch_op.drop_index(
            "ix_no_show_appeals_open",
            sqlite_where=sa.text("answered_at IS NULL"),
            postgresql_where=sa.text("answered_at IS NULL"),
        )
        batch_op.drop_index(batch_op.f("ix_no_show_appeals_no_show_id"))
        batch_op.drop_index(batch_op.f("ix_no_show_appeals_answered_by_id"))

    op.drop_table("no_show_appeals")
    with op.batch_alter_table("late_entries", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_late_entries_one_waiting",
            sqlite_where=sa.text("decided_at IS NULL AND withdrawn_at IS NULL"),
            postgresql_where=sa.text("decided_at IS NULL AND withdrawn_at IS NULL"),
        )
        batch_op.drop_index(batch_op.f("ix_late_entries_shift_id"))
        batch_op.drop_index("ix_late_entries_person_id_asked_at")
        batch_op.drop_index(batch_op.f("ix_late_entries_person_id"))
        batch_op.drop_index(batch_op.f("ix_late_entries_decided_by_id"))
        batch_op.drop_index(batch_op.f("ix_late_entries_asked_by_id"))
        batch_op.drop_index(batch_op.f("ix_late_entries_activity_id"))

    op.drop_table("late_entries")
    with op.batch_alter_table("findings", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_findings_found_by_id"))
        batch_op.drop_index(batch_op.f("ix_findings_district_id"))
        batch_op.drop_index(batch_op.f("ix_findings_complaint_id"))

    op.drop_table("findings")
    with op.batch_alter_table("complaint_questions", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_complaint_questions_complaint_id"))

    op.drop_table("complaint_questions")
    with op.batch_alter_table("complaint_parties", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_complaint_parties_accused_id"))

    op.drop_table("complaint_parties")
    with op.batch_alter_table("complaint_notes", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_complaint_notes_complaint_id"))
        batch_op.drop_index(batch_op.f("ix_complaint_notes_by_id"))

    op.drop_table("complaint_notes")
    with op.batch_alter_table("anomalies", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_anomalies_question_id"))
        batch_op.drop_index(batch_op.f("ix_anomalies_organisation_id"))
        batch_op.drop_index("ix_anomalies_kind_pattern")
        batch_op.drop_index(batch_op.f("ix_anomalies_coordinator_id"))
        batch_op.drop_index(batch_op.f("ix_anomalies_answered_by_id"))
        batch_op.drop_index(batch_op.f("ix_anomalies_activity_id"))
        batch_op.drop_index(batch_op.f("ix_anomalies_about_id"))

    op.drop_table("anomalies")
    with op.batch_alter_table("sheets", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_sheets_unused_by_id"))
        batch_op.drop_index(batch_op.f("ix_sheets_printed_by_id"))
        batch_op.drop_index(batch_op.f("ix_sheets_activity_id"))

    op.drop_table("sheets")
    with op.batch_alter_table("questions", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_questions_replied_by_id"))
        batch_op.drop_index(batch_op.f("ix_questions_organisation_id"))
        batch_op.drop_index(batch_op.f("ix_questions_entry_id"))
        batch_op.drop_index(batch_op.f("ix_questions_asked_by_id"))
        batch_op.drop_index(batch_op.f("ix_questions_activity_id"))

    op.drop_table("questions")
    with op.batch_alter_table("objections", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_objections_one_open_per_entry",
            sqlite_where=sa.text(
                "withdrawn_at IS NULL AND decided_at IS NULL AND (answered_at IS NULL "
                "OR (decision = 'refused' AND escalated_at IS NOT NULL))"
            ),
            postgresql_where=sa.text(
                "withdrawn_at IS NULL AND decided_at IS NULL AND (answered_at IS NULL "
                "OR (decision = 'refused' AND escalated_at IS NOT NULL))"
            ),
        )
        batch_op.drop_index(
            "uq_objections_one_open_per_activity",
            sqlite_where=sa.text(
                "activity_id IS NOT NULL AND withdrawn_at IS NULL AND decided_at IS "
                "NULL AND (answered_at IS NULL OR (decision = 'refused' AND "
                "escalated_at IS NOT NULL))"
            ),
            postgresql_where=sa.text(
                "activity_id IS NOT NULL AND withdrawn_at IS NULL AND decided_at IS "
                "NULL AND (answered_at IS NULL OR (decision = 'refused' AND "
                "escalated_at IS NOT NULL))"
            ),
        )
        batch_op.drop_index(batch_op.f("ix_objections_person_id"))
        batch_op.drop_index("ix_objections_organisation_id_due_on")
        batch_op.drop_index(batch_op.f("ix_objections_entry_id"))
        batch_op.drop_index(batch_op.f("ix_objections_decided_by_id"))
        batch_op.drop_index(batch_op.f("ix_objections_changed_entry_id"))
        batch_op.drop_index(batch_op.f("ix_objections_answered_by_id"))
        batch_op.drop_index(batch_op.f("ix_objections_activity_id"))
        batch_op.drop_index(batch_op.f("ix_objections_accepted_by_id"))

    op.drop_table("objections")
    with op.batch_alter_table("no_shows", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_no_shows_person_id"))
        batch_op.drop_index(
            "ix_no_shows_counting",
            sqlite_where=sa.text("cleared_at IS NULL"),
            postgresql_where=sa.text("cleared_at IS NULL"),
        )
        batch_op.drop_index(batch_op.f("ix_no_shows_cleared_by_id"))
        batch_op.drop_index(batch_op.f("ix_no_shows_activity_id"))

    op.drop_table("no_shows")
    with op.batch_alter_table("excuses", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_excuses_one_standing",
            sqlite_where=sa.text("withdrawn_at IS NULL"),
            postgresql_where=sa.text("withdrawn_at IS NULL"),
        )
        batch_op.drop_index(batch_op.f("ix_excuses_withdrawn_by_id"))
        batch_op.drop_index(batch_op.f("ix_excuses_person_id"))
        batch_op.drop_index(batch_op.f("ix_excuses_given_by_id"))
        batch_op.drop_index(batch_op.f("ix_excuses_activity_id"))

    op.drop_table("excuses")
    with op.batch_alter_table("door_places", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_door_places_set_by_id"))

    op.drop_table("door_places")
    with op.batch_alter_table("complaints", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_complaints_roll_id"))
        batch_op.drop_index(batch_op.f("ix_complaints_organisation_id"))
        batch_op.drop_index(batch_op.f("ix_complaints_entry_id"))
        batch_op.drop_index(batch_op.f("ix_complaints_district_id"))
        batch_op.drop_index(batch_op.f("ix_complaints_closed_by_id"))
        batch_op.drop_index("ix_complaints_address_digest_opened_at")
        batch_op.drop_index(batch_op.f("ix_complaints_activity_id"))

    op.drop_table("complaints")
    with op.batch_alter_table("spot_check_lines", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_spot_check_lines_entry_id"))
        batch_op.drop_index(batch_op.f("ix_spot_check_lines_checked_by_id"))
        batch_op.drop_index(batch_op.f("ix_spot_check_lines_check_id"))

    op.drop_table("spot_check_lines")
    with op.batch_alter_table("book_seals", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_book_seals_sign_off_id"))
        batch_op.drop_index(batch_op.f("ix_book_seals_sealed_by_id"))
        batch_op.drop_index("ix_book_seals_month")

    op.drop_table("book_seals")
    with op.batch_alter_table("spot_checks", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_spot_checks_published_by_id"))
        batch_op.drop_index(batch_op.f("ix_spot_checks_organisation_id"))
        batch_op.drop_index(batch_op.f("ix_spot_checks_drawn_by_id"))

    op.drop_table("spot_checks")
    with op.batch_alter_table("book_sign_offs", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_book_sign_offs_signed_off_by_id"))
        batch_op.drop_index(batch_op.f("ix_book_sign_offs_recorder_id"))

    op.drop_table("book_sign_offs")
    with op.batch_alter_table("anomaly_rules", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_anomaly_rules_organisation_id"))
        batch_op.drop_index(batch_op.f("ix_anomaly_rules_changed_by_id"))

    op.drop_table("anomaly_rules")
    with op.batch_alter_table("held_hours", schema=None) as batch_op:
        batch_op.drop_index(
            "ix_held_hours_waiting",
            sqlite_where=sa.text("decided_at IS NULL"),
            postgresql_where=sa.text("decided_at IS NULL"),
        )
        batch_op.drop_index(batch_op.f("ix_held_hours_unit_id"))
        batch_op.drop_index(batch_op.f("ix_held_hours_service_id"))
        batch_op.drop_index(batch_op.f("ix_held_hours_recorder_id"))
        batch_op.drop_index("ix_held_hours_person_id_service_date")

    op.drop_table("held_hours")
