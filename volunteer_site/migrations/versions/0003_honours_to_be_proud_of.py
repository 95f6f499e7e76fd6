"""Honours to be proud of."""

import sqlalchemy as sa
from alembic import op

from volunteer_site.core import append_only

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

APPEND_ONLY = (
    "certificate_entries",
    "certificate_voids",
    "certificates",
    "good_deed_votes",
    "star_reviews",
)


def upgrade() -> None:
    op.create_table(
        "certificate_tries",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("number_digest", sa.Text(), nullable=False),
        sa.Column("address_digest", sa.Text(), nullable=False),
        sa.Column("succeeded_at", sa.DateTime(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_certificate_tries")),
    )
    with op.batch_alter_table("certificate_tries", schema=None) as batch_op:
        batch_op.create_index(
            "ix_certificate_tries_address_digest_at", ["address_digest", "at"], unique=False
        )
        batch_op.create_index(
            "ix_certificate_tries_number_digest_at", ["number_digest", "at"], unique=False
        )

    op.create_table(
        "export_codes",
        sa.Column("category", sa.Text(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("changed_at", sa.DateTime(), nullable=False),
        sa.CheckConstraint(
            "length(code) BETWEEN 1 AND 20", name=op.f("ck_export_codes_code_length")
        ),
        sa.PrimaryKeyConstraint("category", name=op.f("pk_export_codes")),
    )
    op.create_table(
        "certificate_terms",
        sa.Column("organisation_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("approval_since", sa.DateTime(), nullable=True),
        sa.Column("responsible", sa.Text(), nullable=False),
        sa.Column("contact", sa.Text(), nullable=False),
        sa.Column("changed_at", sa.DateTime(), nullable=False),
        sa.Column("changed_by_id", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "length(contact) <= 60", name=op.f("ck_certificate_terms_contact_length")
        ),
        sa.CheckConstraint(
            "length(responsible) <= 30", name=op.f("ck_certificate_terms_name_length")
        ),
        sa.ForeignKeyConstraint(
            ["changed_by_id"], ["people.id"], name=op.f("fk_certificate_terms_changed_by_id_people")
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisations.id"],
            name=op.f("fk_certificate_terms_organisation_id_organisations"),
        ),
        sa.PrimaryKeyConstraint("organisation_id", name=op.f("pk_certificate_terms")),
    )
    with op.batch_alter_table("certificate_terms", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_certificate_terms_changed_by_id"), ["changed_by_id"], unique=False
        )

    op.create_table(
        "certificates",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Text(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("recorder_id", sa.Integer(), nullable=False),
        sa.Column("first_day", sa.Date(), nullable=False),
        sa.Column("last_day", sa.Date(), nullable=False),
        sa.Column("edition", sa.Integer(), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("sheet", sa.Text(), nullable=False),
        sa.Column("whose_digest", sa.Text(), nullable=False),
        sa.Column("signature", sa.Text(), nullable=False),
        sa.Column("issued_at", sa.DateTime(), nullable=False),
        sa.Column("issued_by_id", sa.Integer(), nullable=True),
        sa.CheckConstraint("edition > 0", name=op.f("ck_certificates_edition_positive")),
        sa.CheckConstraint(
            "first_day <= last_day", name=op.f("ck_certificates_begins_before_it_ends")
        ),
        sa.CheckConstraint("minutes > 0", name=op.f("ck_certificates_minutes_positive")),
        sa.ForeignKeyConstraint(
            ["issued_by_id"], ["people.id"], name=op.f("fk_certificates_issued_by_id_people")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["people.id"], name=op.f("fk_certificates_person_id_people")
        ),
        sa.ForeignKeyConstraint(
            ["recorder_id"],
            ["organisations.id"],
            name=op.f("fk_certificates_recorder_id_organisations"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_certificates")),
        sa.UniqueConstraint("number", name=op.f("uq_certificates_number")),
        sa.UniqueConstraint(
            "person_id",
            "recorder_id",
            "first_day",
            "last_day",
            "edition",
            name="uq_certificates_one_of_an_edition",
        ),
        info={"append_only": True},
    )
    with op.batch_alter_table("certificates", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_certificates_issued_by_id"), ["issued_by_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_certificates_person_id"), ["person_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_certificates_recorder_id"), ["recorder_id"], unique=False
        )

    op.create_table(
        "design_pictures",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("file", sa.Text(), nullable=False),
        sa.Column("taken_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["people.id"], name=op.f("fk_design_pictures_person_id_people")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_design_pictures")),
        sa.UniqueConstraint("person_id", "file", name="uq_design_pictures_once"),
    )
    with op.batch_alter_table("design_pictures", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_design_pictures_person_id"), ["person_id"], unique=False
        )

    op.create_table(
        "good_deed_panellists",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("capacity", sa.Text(), nullable=False),
        sa.Column("named_at", sa.DateTime(), nullable=False),
        sa.Column("named_by_id", sa.Integer(), nullable=True),
        sa.Column("ended_at", sa.DateTime(), nullable=True),
        sa.CheckConstraint(
            "ended_at >= named_at", name=op.f("ck_good_deed_panellists_ends_after_it_starts")
        ),
        sa.ForeignKeyConstraint(
            ["named_by_id"], ["people.id"], name=op.f("fk_good_deed_panellists_named_by_id_people")
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisations.id"],
            name=op.f("fk_good_deed_panellists_organisation_id_organisations"),
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["people.id"], name=op.f("fk_good_deed_panellists_person_id_people")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_good_deed_panellists")),
    )
    with op.batch_alter_table("good_deed_panellists", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_good_deed_panellists_named_by_id"), ["named_by_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_good_deed_panellists_organisation_id"), ["organisation_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_good_deed_panellists_person_id"), ["person_id"], unique=False
        )
        batch_op.create_index(
            "uq_good_deed_panellists_one_open",
            ["organisation_id", "person_id"],
            unique=True,
            sqlite_where=sa.text("ended_at IS NULL"),
            postgresql_where=sa.text("ended_at IS NULL"),
        )

    op.create_table(
        "national_exports",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("district_id", sa.Integer(), nullable=False),
        sa.Column("first_day", sa.Date(), nullable=False),
        sa.Column("last_day", sa.Date(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("asked_at", sa.DateTime(), nullable=False),
        sa.Column("asked_by_id", sa.Integer(), nullable=False),
        sa.Column("approved_at", sa.DateTime(), nullable=True),
        sa.Column("approved_by_id", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "approved_at IS NULL OR approved_by_id IS NOT NULL",
            name=op.f("ck_national_exports_approved_by_somebody"),
        ),
        sa.CheckConstraint(
            "approved_by_id <> asked_by_id",
            name=op.f("ck_national_exports_approved_by_a_second_person"),
        ),
        sa.CheckConstraint(
            "first_day <= last_day", name=op.f("ck_national_exports_begins_before_it_ends")
        ),
        sa.CheckConstraint(
            "length(reason) BETWEEN 1 AND 200", name=op.f("ck_national_exports_reason_length")
        ),
        sa.ForeignKeyConstraint(
            ["approved_by_id"],
            ["people.id"],
            name=op.f("fk_national_exports_approved_by_id_people"),
        ),
        sa.ForeignKeyConstraint(
            ["asked_by_id"], ["people.id"], name=op.f("fk_national_exports_asked_by_id_people")
        ),
        sa.ForeignKeyConstraint(
            ["district_id"],
            ["organisations.id"],
            name=op.f("fk_national_exports_district_id_organisations"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_national_exports")),
    )
    with op.batch_alter_table("national_exports", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_national_exports_approved_by_id"), ["approved_by_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_national_exports_asked_by_id"), ["asked_by_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_national_exports_district_id"), ["district_id"], unique=False
        )

    op.create_table(
        "print_jobs",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("paper", sa.Text(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("wishes", sa.JSON(), nullable=False),
        sa.Column("pieces", sa.Integer(), nullable=False),
        sa.Column("made", sa.Integer(), nullable=False),
        sa.Column("asked_at", sa.DateTime(), nullable=False),
        sa.Column("beat_at", sa.DateTime(), nullable=False),
        sa.Column("finished_at", sa.DateTime(), nullable=True),
        sa.Column("failed_at", sa.DateTime(), nullable=True),
        sa.Column("file", sa.Text(), nullable=False),
        sa.CheckConstraint(
            "finished_at IS NULL OR failed_at IS NULL", name=op.f("ck_print_jobs_one_end")
        ),
        sa.CheckConstraint(
            "finished_at IS NULL OR length(file) > 0",
            name=op.f("ck_print_jobs_finished_with_a_file"),
        ),
        sa.CheckConstraint(
            "made BETWEEN 0 AND pieces", name=op.f("ck_print_jobs_made_of_its_pieces")
        ),
        sa.CheckConstraint("pieces > 0", name=op.f("ck_print_jobs_pieces_positive")),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisations.id"],
            name=op.f("fk_print_jobs_organisation_id_organisations"),
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["people.id"], name=op.f("fk_print_jobs_person_id_people")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_print_jobs")),
    )
    with op.batch_alter_table("print_jobs", schema=None) as batch_op:
        batch_op.create_index("ix_print_jobs_asked_at", ["asked_at"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_print_jobs_organisation_id"), ["organisation_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_print_jobs_person_id"), ["person_id"], unique=False)

    op.create_table(
        "public_notices",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("opened_at", sa.DateTime(), nullable=False),
        sa.Column("opened_by_id", sa.Integer(), nullable=True),
        sa.Column("last_day", sa.Date(), nullable=False),
        sa.Column("closed_at", sa.DateTime(), nullable=True),
        sa.Column("called_off_because", sa.Text(), nullable=True),
        sa.CheckConstraint(
            "subject IN ('roll','star','deed')", name=op.f("ck_public_notices_subject_known")
        ),
        sa.CheckConstraint(
            "closed_at >= opened_at", name=op.f("ck_public_notices_closed_after_opened")
        ),
        sa.CheckConstraint(
            "closed_at IS NOT NULL OR called_off_because IS NULL",
            name=op.f("ck_public_notices_called_off_is_closed"),
        ),
        sa.CheckConstraint(
            "length(title) BETWEEN 1 AND 100", name=op.f("ck_public_notices_title_length")
        ),
        sa.ForeignKeyConstraint(
            ["opened_by_id"], ["people.id"], name=op.f("fk_public_notices_opened_by_id_people")
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisations.id"],
            name=op.f("fk_public_notices_organisation_id_organisations"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_public_notices")),
    )
    with op.batch_alter_table("public_notices", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_public_notices_opened_by_id"), ["opened_by_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_public_notices_organisation_id"), ["organisation_id"], unique=False
        )

    op.create_table(
        "roll_absences",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("chosen_at", sa.DateTime(), nullable=False),
        sa.Column("ended_at", sa.DateTime(), nullable=True),
        sa.CheckConstraint(
            "ended_at >= chosen_at", name=op.f("ck_roll_absences_ends_after_it_was_chosen")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["people.id"], name=op.f("fk_roll_absences_person_id_people")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_roll_absences")),
    )
    with op.batch_alter_table("roll_absences", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_roll_absences_person_id"), ["person_id"], unique=False)
        batch_op.create_index(
            "uq_roll_absences_one_open",
            ["person_id"],
            unique=True,
            sqlite_where=sa.text("ended_at IS NULL"),
            postgresql_where=sa.text("ended_at IS NULL"),
        )

    op.create_table(
        "roll_kinds",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("slug", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("title_en", sa.Text(), nullable=False),
        sa.Column("whose", sa.Text(), nullable=False),
        sa.Column("counts", sa.Text(), nullable=False),
        sa.Column("minimum", sa.Integer(), nullable=False),
        sa.Column("most", sa.Integer(), nullable=True),
        sa.Column("edge", sa.Text(), nullable=False),
        sa.Column("name_order", sa.Text(), nullable=False),
        sa.Column("scope", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("created_by_id", sa.Integer(), nullable=True),
        sa.Column("retired_at", sa.DateTime(), nullable=True),
        sa.CheckConstraint(
            "counts <> 'newcomers' OR whose = 'people'", name=op.f("ck_roll_kinds_people_are_new")
        ),
        sa.CheckConstraint(
            "counts <> 'per_head' OR whose = 'units'", name=op.f("ck_roll_kinds_units_have_heads")
        ),
        sa.CheckConstraint(
            "counts IN ('minutes','per_head','weeks','newcomers','year_weeks')",
            name=op.f("ck_roll_kinds_counts_known"),
        ),
        sa.CheckConstraint("edge IN ('all','none')", name=op.f("ck_roll_kinds_edge_known")),
        sa.CheckConstraint(
            "name_order IN ('surname','full')", name=op.f("ck_roll_kinds_name_order_known")
        ),
        sa.CheckConstraint(
            "scope IN ('district','community','unit','all')", name=op.f("ck_roll_kinds_scope_known")
        ),
        sa.CheckConstraint(
            "whose IN ('people','units','teams')", name=op.f("ck_roll_kinds_whose_known")
        ),
        sa.CheckConstraint("length(slug) BETWEEN 1 AND 30", name=op.f("ck_roll_kinds_slug_length")),
        sa.CheckConstraint(
            "length(title) BETWEEN 1 AND 20", name=op.f("ck_roll_kinds_title_length")
        ),
        sa.CheckConstraint("minimum >= 0", name=op.f("ck_roll_kinds_minimum_not_negative")),
        sa.CheckConstraint("most > 0", name=op.f("ck_roll_kinds_most_positive")),
        sa.CheckConstraint(
            "retired_at >= created_at", name=op.f("ck_roll_kinds_retired_after_created")
        ),
        sa.ForeignKeyConstraint(
            ["created_by_id"], ["people.id"], name=op.f("fk_roll_kinds_created_by_id_people")
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisations.id"],
            name=op.f("fk_roll_kinds_organisation_id_organisations"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_roll_kinds")),
    )
    with op.batch_alter_table("roll_kinds", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_roll_kinds_created_by_id"), ["created_by_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_roll_kinds_organisation_id"), ["organisation_id"], unique=False
        )
        batch_op.create_index(
            "uq_roll_kinds_one_open",
            ["organisation_id", "slug"],
            unique=True,
            sqlite_where=sa.text("retired_at IS NULL"),
            postgresql_where=sa.text("retired_at IS NULL"),
        )

    op.create_table(
        "star_bars",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("until", sa.Date(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("decided_at", sa.DateTime(), nullable=False),
        sa.Column("decided_by_id", sa.Integer(), nullable=False),
        sa.Column("lifted_at", sa.DateTime(), nullable=True),
        sa.Column("lifted_by_id", sa.Integer(), nullable=True),
        sa.Column("lifting_reason", sa.Text(), nullable=False),
        sa.CheckConstraint(
            "decided_by_id <> person_id", name=op.f("ck_star_bars_not_decided_by_oneself")
        ),
        sa.CheckConstraint(
            "length(reason) BETWEEN 1 AND 200", name=op.f("ck_star_bars_reason_length")
        ),
        sa.CheckConstraint(
            "lifted_at IS NULL OR length(lifting_reason) > 0",
            name=op.f("ck_star_bars_lifted_with_a_reason"),
        ),
        sa.ForeignKeyConstraint(
            ["decided_by_id"], ["people.id"], name=op.f("fk_star_bars_decided_by_id_people")
        ),
        sa.ForeignKeyConstraint(
            ["lifted_by_id"], ["people.id"], name=op.f("fk_star_bars_lifted_by_id_people")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["people.id"], name=op.f("fk_star_bars_person_id_people")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_star_bars")),
    )
    with op.batch_alter_table("star_bars", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_star_bars_decided_by_id"), ["decided_by_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_star_bars_lifted_by_id"), ["lifted_by_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_star_bars_person_id"), ["person_id"], unique=False)

    op.create_table(
        "star_levels",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("level", sa.Integer(), nullable=False),
        sa.Column("hours", sa.Integer(), nullable=False),
        sa.Column("days", sa.Integer(), nullable=False),
        sa.Column("set_at", sa.DateTime(), nullable=False),
        sa.Column("set_by_id", sa.Integer(), nullable=True),
        sa.Column("replaced_at", sa.DateTime(), nullable=True),
        sa.CheckConstraint("days BETWEEN 0 AND 3650", name=op.f("ck_star_levels_days_sensible")),
        sa.CheckConstraint(
            "hours BETWEEN 1 AND 100000", name=op.f("ck_star_levels_hours_sensible")
        ),
        sa.CheckConstraint("level BETWEEN 1 AND 5", name=op.f("ck_star_levels_level_known")),
        sa.CheckConstraint("replaced_at >= set_at", name=op.f("ck_star_levels_replaced_after_set")),
        sa.ForeignKeyConstraint(
            ["set_by_id"], ["people.id"], name=op.f("fk_star_levels_set_by_id_people")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_star_levels")),
    )
    with op.batch_alter_table("star_levels", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_star_levels_set_by_id"), ["set_by_id"], unique=False)
        batch_op.create_index(
            "uq_star_levels_one_valid",
            ["level"],
            unique=True,
            sqlite_where=sa.text("replaced_at IS NULL"),
            postgresql_where=sa.text("replaced_at IS NULL"),
        )

    op.create_table(
        "certificate_entries",
        sa.Column("certificate_id", sa.Integer(), nullable=False),
        sa.Column("entry_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["certificate_id"],
            ["certificates.id"],
            name=op.f("fk_certificate_entries_certificate_id_certificates"),
        ),
        sa.ForeignKeyConstraint(
            ["entry_id"],
            ["hour_entries.id"],
            name=op.f("fk_certificate_entries_entry_id_hour_entries"),
        ),
        sa.PrimaryKeyConstraint("certificate_id", "entry_id", name=op.f("pk_certificate_entries")),
        info={"append_only": True},
    )
    with op.batch_alter_table("certificate_entries", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_certificate_entries_entry_id"), ["entry_id"], unique=False
        )

    op.create_table(
        "certificate_holders",
        sa.Column("certificate_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("salt", sa.Text(), nullable=False),
        sa.Column("document_digest", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["certificate_id"],
            ["certificates.id"],
            name=op.f("fk_certificate_holders_certificate_id_certificates"),
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["people.id"], name=op.f("fk_certificate_holders_person_id_people")
        ),
        sa.PrimaryKeyConstraint("certificate_id", name=op.f("pk_certificate_holders")),
    )
    with op.batch_alter_table("certificate_holders", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_certificate_holders_person_id"), ["person_id"], unique=False
        )

    op.create_table(
        "certificate_requests",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("recorder_id", sa.Integer(), nullable=False),
        sa.Column("first_day", sa.Date(), nullable=False),
        sa.Column("last_day", sa.Date(), nullable=False),
        sa.Column("document", sa.Text(), nullable=False),
        sa.Column("document_digest", sa.Text(), nullable=False),
        sa.Column("asked_at", sa.DateTime(), nullable=False),
        sa.Column("decided_at", sa.DateTime(), nullable=True),
        sa.Column("decided_by_id", sa.Integer(), nullable=True),
        sa.Column("refusal", sa.Text(), nullable=False),
        sa.Column("certificate_id", sa.Integer(), nullable=True),
        sa.Column("withdrawn_at", sa.DateTime(), nullable=True),
        sa.CheckConstraint(
            "decided_at >= asked_at", name=op.f("ck_certificate_requests_decided_after_asked")
        ),
        sa.CheckConstraint(
            "decided_at IS NULL OR (certificate_id IS NULL) = (length(refusal) > 0)",
            name=op.f("ck_certificate_requests_issued_or_refused_with_a_reason"),
        ),
        sa.CheckConstraint(
            "decided_at IS NULL OR decided_by_id IS NOT NULL",
            name=op.f("ck_certificate_requests_decided_by_somebody"),
        ),
        sa.CheckConstraint(
            "decided_at IS NULL OR withdrawn_at IS NULL",
            name=op.f("ck_certificate_requests_not_both_decided_and_withdrawn"),
        ),
        sa.CheckConstraint(
            "decided_by_id <> person_id",
            name=op.f("ck_certificate_requests_not_decided_by_oneself"),
        ),
        sa.CheckConstraint(
            "first_day <= last_day", name=op.f("ck_certificate_requests_begins_before_it_ends")
        ),
        sa.ForeignKeyConstraint(
            ["certificate_id"],
            ["certificates.id"],
            name=op.f("fk_certificate_requests_certificate_id_certificates"),
        ),
        sa.ForeignKeyConstraint(
            ["decided_by_id"],
            ["people.id"],
            name=op.f("fk_certificate_requests_decided_by_id_people"),
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["people.id"], name=op.f("fk_certificate_requests_person_id_people")
        ),
        sa.ForeignKeyConstraint(
            ["recorder_id"],
            ["organisations.id"],
            name=op.f("fk_certificate_requests_recorder_id_organisations"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_certificate_requests")),
    )
    with op.batch_alter_table("certificate_requests", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_certificate_requests_certificate_id"), ["certificate_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_certificate_requests_decided_by_id"), ["decided_by_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_certificate_requests_person_id"), ["person_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_certificate_requests_recorder_id"), ["recorder_id"], unique=False
        )
        batch_op.create_index(
            "uq_certificate_requests_one_open",
            ["person_id", "recorder_id", "first_day", "last_day"],
            unique=True,
            sqlite_where=sa.text("decided_at IS NULL AND withdrawn_at IS NULL"),
            postgresql_where=sa.text("decided_at IS NULL AND withdrawn_at IS NULL"),
        )

    op.create_table(
        "certificate_voids",
        sa.Column("certificate_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("cause", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("voided_at", sa.DateTime(), nullable=False),
        sa.Column("voided_by_id", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "cause <> 'hand' OR voided_by_id IS NOT NULL",
            name=op.f("ck_certificate_voids_hand_of_somebody"),
        ),
        sa.CheckConstraint(
            "cause IN ('entries','hand')", name=op.f("ck_certificate_voids_cause_known")
        ),
        sa.CheckConstraint(
            "length(reason) BETWEEN 1 AND 200", name=op.f("ck_certificate_voids_reason_length")
        ),
        sa.ForeignKeyConstraint(
            ["certificate_id"],
            ["certificates.id"],
            name=op.f("fk_certificate_voids_certificate_id_certificates"),
        ),
        sa.ForeignKeyConstraint(
            ["voided_by_id"], ["people.id"], name=op.f("fk_certificate_voids_voided_by_id_people")
        ),
        sa.PrimaryKeyConstraint("certificate_id", name=op.f("pk_certificate_voids")),
        info={"append_only": True},
    )
    with op.batch_alter_table("certificate_voids", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_certificate_voids_voided_by_id"), ["voided_by_id"], unique=False
        )

    op.create_table(
        "designs",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("sentence", sa.Text(), nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("shape", sa.Text(), nullable=False),
        sa.Column("tint", sa.Text(), nullable=False),
        sa.Column("metal", sa.Text(), nullable=False),
        sa.Column("emblem", sa.Text(), nullable=False),
        sa.Column("picture_id", sa.Integer(), nullable=True),
        sa.Column("zoom", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("credit", sa.Text(), nullable=False),
        sa.Column("designed_by", sa.Text(), nullable=False),
        sa.Column("proposed_at", sa.DateTime(), nullable=False),
        sa.Column("changed_at", sa.DateTime(), nullable=True),
        sa.Column("approved_at", sa.DateTime(), nullable=True),
        sa.Column("approved_by_id", sa.Integer(), nullable=True),
        sa.Column("refused_at", sa.DateTime(), nullable=True),
        sa.Column("refused_by_id", sa.Integer(), nullable=True),
        sa.Column("refusal_reason", sa.Text(), nullable=False),
        sa.Column("withdrawn_at", sa.DateTime(), nullable=True),
        sa.CheckConstraint(
            "(emblem = '') <> (picture_id IS NULL)", name=op.f("ck_designs_emblem_or_picture")
        ),
        sa.CheckConstraint(
            "credit <> 'line' OR length(designed_by) > 0", name=op.f("ck_designs_line_is_written")
        ),
        sa.CheckConstraint(
            "credit IN ('name','masked','line','nobody')", name=op.f("ck_designs_credit_known")
        ),
        sa.CheckConstraint(
            "(approved_at IS NULL) = (approved_by_id IS NULL)",
            name=op.f("ck_designs_approved_by_somebody"),
        ),
        sa.CheckConstraint(
            "approved_at IS NULL OR (refused_at IS NULL AND withdrawn_at IS NULL)",
            name=op.f("ck_designs_approved_is_final"),
        ),
        sa.CheckConstraint(
            "approved_by_id <> person_id", name=op.f("ck_designs_approved_by_somebody_else")
        ),
        sa.CheckConstraint("length(name) BETWEEN 1 AND 12", name=op.f("ck_designs_name_length")),
        sa.CheckConstraint(
            "length(sentence) BETWEEN 1 AND 60", name=op.f("ck_designs_sentence_length")
        ),
        sa.CheckConstraint("length(text) <= 12", name=op.f("ck_designs_text_length")),
        sa.CheckConstraint("length(why) <= 200", name=op.f("ck_designs_why_length")),
        sa.CheckConstraint(
            "refused_at IS NULL OR length(refusal_reason) > 0",
            name=op.f("ck_designs_refused_with_a_reason"),
        ),
        sa.CheckConstraint(
            "refused_at IS NULL OR withdrawn_at IS NULL", name=op.f("ck_designs_one_end_only")
        ),
        sa.CheckConstraint(
            "refused_by_id <> person_id", name=op.f("ck_designs_refused_by_somebody_else")
        ),
        sa.CheckConstraint("zoom BETWEEN 100 AND 240", name=op.f("ck_designs_zoom_in_reach")),
        sa.ForeignKeyConstraint(
            ["approved_by_id"], ["people.id"], name=op.f("fk_designs_approved_by_id_people")
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisations.id"],
            name=op.f("fk_designs_organisation_id_organisations"),
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["people.id"], name=op.f("fk_designs_person_id_people")
        ),
        sa.ForeignKeyConstraint(
            ["picture_id"],
            ["design_pictures.id"],
            name=op.f("fk_designs_picture_id_design_pictures"),
        ),
        sa.ForeignKeyConstraint(
            ["refused_by_id"], ["people.id"], name=op.f("fk_designs_refused_by_id_people")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_designs")),
    )
    with op.batch_alter_table("designs", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_designs_approved_by_id"), ["approved_by_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_designs_organisation_id"), ["organisation_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_designs_person_id"), ["person_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_designs_picture_id"), ["picture_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_designs_refused_by_id"), ["refused_by_id"], unique=False
        )

    op.create_table(
        "good_deeds",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("proposer", sa.Text(), nullable=False),
        sa.Column("nominee_name", sa.Text(), nullable=False),
        sa.Column("nominee_id", sa.Integer(), nullable=True),
        sa.Column("minor", sa.Boolean(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("photo", sa.Text(), nullable=False),
        sa.Column("nominated_at", sa.DateTime(), nullable=False),
        sa.Column("nominator_id", sa.Integer(), nullable=True),
        sa.Column("contact", sa.Text(), nullable=False),
        sa.Column("address_digest", sa.Text(), nullable=True),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("weighing_at", sa.DateTime(), nullable=True),
        sa.Column("decided_at", sa.DateTime(), nullable=True),
        sa.Column("verdict", sa.Text(), nullable=True),
        sa.Column("notice_id", sa.Integer(), nullable=True),
        sa.Column("noticed_at", sa.DateTime(), nullable=True),
        sa.Column("number", sa.Text(), nullable=True),
        sa.Column("published_at", sa.DateTime(), nullable=True),
        sa.Column("published_by_id", sa.Integer(), nullable=True),
        sa.Column("refused_at", sa.DateTime(), nullable=True),
        sa.Column("refusal_reason", sa.Text(), nullable=False),
        sa.Column("taken_down_at", sa.DateTime(), nullable=True),
        sa.Column("takedown_reason", sa.Text(), nullable=False),
        sa.CheckConstraint(
            "kind IN ('help','courage','honesty','devotion','family')",
            name=op.f("ck_good_deeds_kind_known"),
        ),
        sa.CheckConstraint(
            "noticed_at IS NULL OR verdict = 'yes'", name=op.f("ck_good_deeds_noticed_when_agreed")
        ),
        sa.CheckConstraint(
            "proposer IN ('family','neighbour','organisation')",
            name=op.f("ck_good_deeds_proposer_known"),
        ),
        sa.CheckConstraint("verdict IN ('yes','no')", name=op.f("ck_good_deeds_verdict_known")),
        sa.CheckConstraint(
            "(decided_at IS NULL) = (verdict IS NULL)",
            name=op.f("ck_good_deeds_decided_with_a_verdict"),
        ),
        sa.CheckConstraint(
            "(published_at IS NULL) = (number IS NULL)",
            name=op.f("ck_good_deeds_numbered_when_published"),
        ),
        sa.CheckConstraint(
            "decided_at >= weighing_at", name=op.f("ck_good_deeds_decided_after_weighing")
        ),
        sa.CheckConstraint(
            "length(nominee_name) BETWEEN 1 AND 50", name=op.f("ck_good_deeds_nominee_name_length")
        ),
        sa.CheckConstraint(
            "length(words) BETWEEN 1 AND 200", name=op.f("ck_good_deeds_words_length")
        ),
        sa.CheckConstraint(
            "noticed_at IS NULL OR notice_id IS NOT NULL",
            name=op.f("ck_good_deeds_noticed_by_a_notice"),
        ),
        sa.CheckConstraint(
            "published_at IS NULL OR noticed_at IS NOT NULL",
            name=op.f("ck_good_deeds_published_after_notice"),
        ),
        sa.CheckConstraint(
            "refused_at IS NULL OR length(refusal_reason) > 0",
            name=op.f("ck_good_deeds_refused_with_a_reason"),
        ),
        sa.CheckConstraint(
            "refused_at IS NULL OR published_at IS NULL",
            name=op.f("ck_good_deeds_refused_or_published"),
        ),
        sa.CheckConstraint("round > 0", name=op.f("ck_good_deeds_round_positive")),
        sa.CheckConstraint(
            "taken_down_at >= published_at", name=op.f("ck_good_deeds_taken_down_after_published")
        ),
        sa.CheckConstraint(
            "taken_down_at IS NULL OR length(takedown_reason) > 0",
            name=op.f("ck_good_deeds_taken_down_with_a_reason"),
        ),
        sa.ForeignKeyConstraint(
            ["nominator_id"], ["people.id"], name=op.f("fk_good_deeds_nominator_id_people")
        ),
        sa.ForeignKeyConstraint(
            ["nominee_id"], ["people.id"], name=op.f("fk_good_deeds_nominee_id_people")
        ),
        sa.ForeignKeyConstraint(
            ["notice_id"],
            ["public_notices.id"],
            name=op.f("fk_good_deeds_notice_id_public_notices"),
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisations.id"],
            name=op.f("fk_good_deeds_organisation_id_organisations"),
        ),
        sa.ForeignKeyConstraint(
            ["published_by_id"], ["people.id"], name=op.f("fk_good_deeds_published_by_id_people")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_good_deeds")),
        sa.UniqueConstraint("number", name=op.f("uq_good_deeds_number")),
    )
    with op.batch_alter_table("good_deeds", schema=None) as batch_op:
        batch_op.create_index(
            "ix_good_deeds_address_digest_nominated_at",
            ["address_digest", "nominated_at"],
            unique=False,
        )
        batch_op.create_index(
            batch_op.f("ix_good_deeds_nominator_id"), ["nominator_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_good_deeds_nominee_id"), ["nominee_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_good_deeds_notice_id"), ["notice_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_good_deeds_organisation_id"), ["organisation_id"], unique=False
        )
        batch_op.create_index("ix_good_deeds_published_at", ["published_at"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_good_deeds_published_by_id"), ["published_by_id"], unique=False
        )

    op.create_table(
        "notice_objections",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("notice_id", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("address_digest", sa.Text(), nullable=True),
        sa.Column("filed_at", sa.DateTime(), nullable=False),
        sa.Column("answer", sa.Text(), nullable=True),
        sa.Column("answered_at", sa.DateTime(), nullable=True),
        sa.Column("answered_by_id", sa.Integer(), nullable=True),
        sa.Column("upheld", sa.Boolean(), nullable=True),
        sa.CheckConstraint(
            "(answered_at IS NULL) = (answer IS NULL)",
            name=op.f("ck_notice_objections_answered_with_words"),
        ),
        sa.CheckConstraint(
            "(answered_at IS NULL) = (upheld IS NULL)",
            name=op.f("ck_notice_objections_answered_yes_or_no"),
        ),
        sa.CheckConstraint(
            "answered_at >= filed_at", name=op.f("ck_notice_objections_answered_after_filed")
        ),
        sa.CheckConstraint(
            "length(text) BETWEEN 1 AND 1000", name=op.f("ck_notice_objections_text_length")
        ),
        sa.ForeignKeyConstraint(
            ["answered_by_id"],
            ["people.id"],
            name=op.f("fk_notice_objections_answered_by_id_people"),
        ),
        sa.ForeignKeyConstraint(
            ["notice_id"],
            ["public_notices.id"],
            name=op.f("fk_notice_objections_notice_id_public_notices"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notice_objections")),
    )
    with op.batch_alter_table("notice_objections", schema=None) as batch_op:
        batch_op.create_index(
            "ix_notice_objections_address_digest_filed_at",
            ["address_digest", "filed_at"],
            unique=False,
        )
        batch_op.create_index(
            batch_op.f("ix_notice_objections_answered_by_id"), ["answered_by_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_notice_objections_notice_id"), ["notice_id"], unique=False
        )

    op.create_table(
        "star_applications",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("level", sa.Integer(), nullable=False),
        sa.Column("needed_minutes", sa.Integer(), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("applied_at", sa.DateTime(), nullable=False),
        sa.Column("withdrawn_at", sa.DateTime(), nullable=True),
        sa.Column("notice_id", sa.Integer(), nullable=True),
        sa.Column("noticed_at", sa.DateTime(), nullable=True),
        sa.Column("noticed_by_id", sa.Integer(), nullable=True),
        sa.Column("refused_at", sa.DateTime(), nullable=True),
        sa.Column("refused_by_id", sa.Integer(), nullable=True),
        sa.Column("refusal_reason", sa.Text(), nullable=False),
        sa.Column("number", sa.Text(), nullable=True),
        sa.Column("awarded_at", sa.DateTime(), nullable=True),
        sa.Column("awarded_by_id", sa.Integer(), nullable=True),
        sa.Column("revoked_at", sa.DateTime(), nullable=True),
        sa.CheckConstraint(
            "awarded_at IS NULL OR (number IS NOT NULL AND awarded_by_id IS NOT "
            "NULL AND noticed_by_id IS NOT NULL)",
            name=op.f("ck_star_applications_awarded_by_two"),
        ),
        sa.CheckConstraint(
            "awarded_by_id <> noticed_by_id", name=op.f("ck_star_applications_second_person")
        ),
        sa.CheckConstraint(
            "awarded_by_id <> person_id", name=op.f("ck_star_applications_not_awarded_by_oneself")
        ),
        sa.CheckConstraint("level BETWEEN 1 AND 5", name=op.f("ck_star_applications_level_known")),
        sa.CheckConstraint(
            "minutes >= needed_minutes", name=op.f("ck_star_applications_hours_enough")
        ),
        sa.CheckConstraint(
            "noticed_by_id <> person_id", name=op.f("ck_star_applications_not_noticed_by_oneself")
        ),
        sa.CheckConstraint(
            "refused_at IS NULL OR awarded_at IS NULL",
            name=op.f("ck_star_applications_refused_or_awarded"),
        ),
        sa.CheckConstraint(
            "refused_at IS NULL OR length(refusal_reason) > 0",
            name=op.f("ck_star_applications_refused_with_a_reason"),
        ),
        sa.CheckConstraint(
            "refused_by_id <> person_id", name=op.f("ck_star_applications_not_refused_by_oneself")
        ),
        sa.CheckConstraint(
            "revoked_at >= awarded_at", name=op.f("ck_star_applications_revoked_after_awarded")
        ),
        sa.CheckConstraint(
            "withdrawn_at IS NULL OR (awarded_at IS NULL AND refused_at IS NULL)",
            name=op.f("ck_star_applications_withdrawn_before_the_end"),
        ),
        sa.ForeignKeyConstraint(
            ["awarded_by_id"], ["people.id"], name=op.f("fk_star_applications_awarded_by_id_people")
        ),
        sa.ForeignKeyConstraint(
            ["notice_id"],
            ["public_notices.id"],
            name=op.f("fk_star_applications_notice_id_public_notices"),
        ),
        sa.ForeignKeyConstraint(
            ["noticed_by_id"], ["people.id"], name=op.f("fk_star_applications_noticed_by_id_people")
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisations.id"],
            name=op.f("fk_star_applications_organisation_id_organisations"),
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["people.id"], name=op.f("fk_star_applications_person_id_people")
        ),
        sa.ForeignKeyConstraint(
            ["refused_by_id"], ["people.id"], name=op.f("fk_star_applications_refused_by_id_people")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_star_applications")),
        sa.UniqueConstraint("number", name=op.f("uq_star_applications_number")),
    )
    with op.batch_alter_table("star_applications", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_star_applications_awarded_by_id"), ["awarded_by_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_star_applications_notice_id"), ["notice_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_star_applications_noticed_by_id"), ["noticed_by_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_star_applications_organisation_id"), ["organisation_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_star_applications_person_id"), ["person_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_star_applications_refused_by_id"), ["refused_by_id"], unique=False
        )
        batch_op.create_index(
            "uq_star_applications_one_open",
            ["person_id"],
            unique=True,
            sqlite_where=sa.text(
                "awarded_at IS NULL AND refused_at IS NULL AND withdrawn_at IS NULL"
            ),
            postgresql_where=sa.text(
                "awarded_at IS NULL AND refused_at IS NULL AND withdrawn_at IS NULL"
            ),
        )
        batch_op.create_index(
            "uq_star_applications_one_star",
            ["person_id", "level"],
            unique=True,
            sqlite_where=sa.text("awarded_at IS NOT NULL AND revoked_at IS NULL"),
            postgresql_where=sa.text("awarded_at IS NOT NULL AND revoked_at IS NULL"),
        )

    op.create_table(
        "good_deed_consents",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("deed_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("given_by", sa.Text(), nullable=False),
        sa.Column("how", sa.Text(), nullable=False),
        sa.Column("given_at", sa.DateTime(), nullable=False),
        sa.Column("recorded_by_id", sa.Integer(), nullable=False),
        sa.Column("withdrawn_at", sa.DateTime(), nullable=True),
        sa.CheckConstraint(
            "given_by IN ('self','guardian')", name=op.f("ck_good_deed_consents_given_by_known")
        ),
        sa.CheckConstraint(
            "kind IN ('name','photo')", name=op.f("ck_good_deed_consents_kind_known")
        ),
        sa.CheckConstraint(
            "length(how) BETWEEN 1 AND 60", name=op.f("ck_good_deed_consents_how_length")
        ),
        sa.CheckConstraint(
            "withdrawn_at >= given_at", name=op.f("ck_good_deed_consents_withdrawn_after_given")
        ),
        sa.ForeignKeyConstraint(
            ["deed_id"], ["good_deeds.id"], name=op.f("fk_good_deed_consents_deed_id_good_deeds")
        ),
        sa.ForeignKeyConstraint(
            ["recorded_by_id"],
            ["people.id"],
            name=op.f("fk_good_deed_consents_recorded_by_id_people"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_good_deed_consents")),
    )
    with op.batch_alter_table("good_deed_consents", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_good_deed_consents_deed_id"), ["deed_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_good_deed_consents_recorded_by_id"), ["recorded_by_id"], unique=False
        )
        batch_op.create_index(
            "uq_good_deed_consents_one_open",
            ["deed_id", "kind"],
            unique=True,
            sqlite_where=sa.text("withdrawn_at IS NULL"),
            postgresql_where=sa.text("withdrawn_at IS NULL"),
        )

    op.create_table(
        "good_deed_votes",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("deed_id", sa.Integer(), nullable=False),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("voted_at", sa.DateTime(), nullable=False),
        sa.CheckConstraint(
            "answer = 'concerned' OR length(words) > 0",
            name=op.f("ck_good_deed_votes_said_with_words"),
        ),
        sa.CheckConstraint(
            "answer IN ('yes','no','concerned')", name=op.f("ck_good_deed_votes_answer_known")
        ),
        sa.CheckConstraint("length(words) <= 200", name=op.f("ck_good_deed_votes_words_length")),
        sa.ForeignKeyConstraint(
            ["deed_id"], ["good_deeds.id"], name=op.f("fk_good_deed_votes_deed_id_good_deeds")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["people.id"], name=op.f("fk_good_deed_votes_person_id_people")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_good_deed_votes")),
        sa.UniqueConstraint("deed_id", "round", "person_id", name="uq_good_deed_votes_once"),
        info={"append_only": True},
    )
    with op.batch_alter_table("good_deed_votes", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_good_deed_votes_deed_id"), ["deed_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_good_deed_votes_person_id"), ["person_id"], unique=False
        )

    op.create_table(
        "star_reviews",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("application_id", sa.Integer(), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("outcome", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("decided_at", sa.DateTime(), nullable=False),
        sa.Column("decided_by_id", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "outcome IN ('kept','revoked')", name=op.f("ck_star_reviews_outcome_known")
        ),
        sa.CheckConstraint(
            "length(reason) BETWEEN 1 AND 200", name=op.f("ck_star_reviews_reason_length")
        ),
        sa.ForeignKeyConstraint(
            ["application_id"],
            ["star_applications.id"],
            name=op.f("fk_star_reviews_application_id_star_applications"),
        ),
        sa.ForeignKeyConstraint(
            ["decided_by_id"], ["people.id"], name=op.f("fk_star_reviews_decided_by_id_people")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_star_reviews")),
        info={"append_only": True},
    )
    with op.batch_alter_table("star_reviews", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_star_reviews_application_id"), ["application_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_star_reviews_decided_by_id"), ["decided_by_id"], unique=False
        )

    with op.batch_alter_table("awards", schema=None) as batch_op:
        batch_op.add_column(sa.Column("citation", sa.Text(), server_default="", nullable=False))
        batch_op.add_column(sa.Column("given_by_id", sa.Integer(), nullable=True))
        batch_op.create_index(batch_op.f("ix_awards_given_by_id"), ["given_by_id"], unique=False)
        batch_op.create_foreign_key(
            batch_op.f("fk_awards_given_by_id_people"), "people", ["given_by_id"], ["id"]
        )

    with op.batch_alter_table("badges", schema=None) as batch_op:
        batch_op.add_column(sa.Column("programme", sa.Text(), server_default="", nullable=False))
        batch_op.add_column(sa.Column("organisation_id", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("first_day", sa.Text(), server_default="", nullable=False))
        batch_op.add_column(sa.Column("last_day", sa.Text(), server_default="", nullable=False))
        batch_op.add_column(sa.Column("design_id", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("designer", sa.Text(), server_default="", nullable=False))
        batch_op.add_column(sa.Column("created_by_id", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("proposed_at", sa.DateTime(), nullable=True))
        batch_op.add_column(sa.Column("proposed_by_id", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("approved_at", sa.DateTime(), nullable=True))
        batch_op.add_column(sa.Column("approved_by_id", sa.Integer(), nullable=True))
        batch_op.create_index(
            batch_op.f("ix_badges_approved_by_id"), ["approved_by_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_badges_created_by_id"), ["created_by_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_badges_design_id"), ["design_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_badges_organisation_id"), ["organisation_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_badges_proposed_by_id"), ["proposed_by_id"], unique=False
        )
        batch_op.create_foreign_key(
            batch_op.f("fk_badges_approved_by_id_people"), "people", ["approved_by_id"], ["id"]
        )
        batch_op.create_foreign_key(
            batch_op.f("fk_badges_design_id_designs"), "designs", ["design_id"], ["id"]
        )
        batch_op.create_foreign_key(
            batch_op.f("fk_badges_organisation_id_organisations"),
            "organisations",
            ["organisation_id"],
            ["id"],
        )
        batch_op.create_foreign_key(
            batch_op.f("fk_badges_proposed_by_id_people"), "people", ["proposed_by_id"], ["id"]
        )
        batch_op.create_foreign_key(
            batch_op.f("fk_badges_created_by_id_people"), "people", ["created_by_id"], ["id"]
        )

    with op.batch_alter_table("honor_roll_lines", schema=None) as batch_op:
        batch_op.add_column(sa.Column("organisation_id", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("value", sa.Integer(), server_default="0", nullable=False))
        batch_op.alter_column("person_id", existing_type=sa.INTEGER(), nullable=True)
        batch_op.create_index(
            batch_op.f("ix_honor_roll_lines_organisation_id"), ["organisation_id"], unique=False
        )
        batch_op.create_unique_constraint(
            "uq_honor_roll_lines_organisation_once", ["roll_id", "organisation_id"]
        )
        batch_op.create_foreign_key(
            batch_op.f("fk_honor_roll_lines_organisation_id_organisations"),
            "organisations",
            ["organisation_id"],
            ["id"],
        )

    with op.batch_alter_table("honor_rolls", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column("kind", sa.Text(), server_default="volunteers", nullable=False)
        )
        batch_op.add_column(sa.Column("title", sa.Text(), server_default="", nullable=False))
        batch_op.add_column(sa.Column("title_en", sa.Text(), server_default="", nullable=False))
        batch_op.add_column(sa.Column("whose", sa.Text(), server_default="people", nullable=False))
        batch_op.add_column(
            sa.Column("counts", sa.Text(), server_default="minutes", nullable=False)
        )
        batch_op.add_column(
            sa.Column("minimum_weeks", sa.Integer(), server_default="0", nullable=False)
        )
        batch_op.add_column(sa.Column("most", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("edge", sa.Text(), server_default="all", nullable=False))
        batch_op.add_column(sa.Column("notice_id", sa.Integer(), nullable=True))
        batch_op.drop_index(
            batch_op.f("uq_honor_rolls_one_standing"), sqlite_where=sa.text("withdrawn_at IS NULL")
        )
        batch_op.create_index(
            "uq_honor_rolls_one_standing",
            ["organisation_id", "month", "kind"],
            unique=True,
            sqlite_where=sa.text("withdrawn_at IS NULL"),
            postgresql_where=sa.text("withdrawn_at IS NULL"),
        )
        batch_op.create_index(batch_op.f("ix_honor_rolls_notice_id"), ["notice_id"], unique=False)
        batch_op.create_foreign_key(
            batch_op.f("fk_honor_rolls_notice_id_public_notices"),
            "public_notices",
            ["notice_id"],
            ["id"],
        )

    with op.batch_alter_table("people", schema=None) as batch_op:
        batch_op.add_column(sa.Column("position_shown_since", sa.DateTime(), nullable=True))
    with op.batch_alter_table("badges", schema=None) as batch_op:
        batch_op.create_check_constraint(
            op.f("ck_badges_approved_after_proposed"), "approved_at >= proposed_at"
        )
        batch_op.create_check_constraint(
            op.f("ck_badges_dates_in_their_order"),
            "over_period <> 'dates' OR first_day <= last_day",
        )
        batch_op.create_check_constraint(
            op.f("ck_badges_period_has_its_days"),
            "length(first_day) = length(last_day) AND length(first_day) = CASE "
            "over_period WHEN 'season' THEN 5 WHEN 'dates' THEN 10 ELSE 0 END",
        )
        batch_op.drop_constraint(op.f("ck_badges_period_known"), type_="check")
        batch_op.create_check_constraint(
            op.f("ck_badges_period_known"), "over_period IN ('ever','year','season','dates')"
        )
    with op.batch_alter_table("awards", schema=None) as batch_op:
        batch_op.create_check_constraint(
            op.f("ck_awards_cited_when_given_by_hand"), "citation = '' OR given_by_id IS NOT NULL"
        )
        batch_op.create_check_constraint(
            op.f("ck_awards_not_given_to_oneself"), "given_by_id <> person_id"
        )
    with op.batch_alter_table("honor_rolls", schema=None) as batch_op:
        batch_op.create_check_constraint(
            op.f("ck_honor_rolls_counts_known"),
            "counts IN ('minutes','per_head','weeks','newcomers','year_weeks')",
        )
        batch_op.create_check_constraint(
            op.f("ck_honor_rolls_edge_known"), "edge IN ('all','none')"
        )
        batch_op.create_check_constraint(
            op.f("ck_honor_rolls_minimum_weeks_known"), "minimum_weeks BETWEEN 0 AND 52"
        )
        batch_op.create_check_constraint(op.f("ck_honor_rolls_most_positive"), "most > 0")
        batch_op.create_check_constraint(
            op.f("ck_honor_rolls_units_have_heads"), "counts <> 'per_head' OR whose = 'units'"
        )
        batch_op.create_check_constraint(
            op.f("ck_honor_rolls_whose_known"), "whose IN ('people','units','teams')"
        )
    with op.batch_alter_table("honor_roll_lines", schema=None) as batch_op:
        batch_op.create_check_constraint(
            op.f("ck_honor_roll_lines_of_somebody"),
            "person_id IS NOT NULL OR organisation_id IS NOT NULL",
        )
        batch_op.create_check_constraint(
            op.f("ck_honor_roll_lines_value_not_negative"), "value >= 0"
        )

    dialect = op.get_bind().dialect.name
    for table in APPEND_ONLY:
        for statement in append_only.statements(table, dialect):
            op.execute(sa.text(statement))


def downgrade() -> None:
    op.execute(
        sa.text(
            "UPDATE complaints SET roll_id = NULL WHERE roll_id IN "
            "(SELECT id FROM honor_rolls WHERE kind <> 'volunteers')"
        )
    )
    op.execute(
        sa.text(
            "DELETE FROM honor_roll_lines WHERE roll_id IN "
            "(SELECT id FROM honor_rolls WHERE kind <> 'volunteers')"
        )
    )
    op.execute(sa.text("DELETE FROM honor_roll_lines WHERE person_id IS NULL"))
    op.execute(sa.text("DELETE FROM honor_rolls WHERE kind <> 'volunteers'"))
    op.execute(
        sa.text(
            "UPDATE badges SET over_period = 'ever', first_day = '', last_day = '' "
            "WHERE over_period NOT IN ('ever', 'year')"
        )
    )
    op.execute(
        sa.text(
            "UPDATE badges SET measure = 'weeks', threshold = 100000, "
            "retired_at = coalesce(retired_at, created_at) WHERE measure NOT IN ('weeks', "
            "'minutes', 'category_minutes', 'recorders', 'entries', 'first_of_year')"
        )
    )
    with op.batch_alter_table("badges", schema=None) as batch_op:
        batch_op.drop_constraint(op.f("ck_badges_approved_after_proposed"), type_="check")
        batch_op.drop_constraint(op.f("ck_badges_dates_in_their_order"), type_="check")
        batch_op.drop_constraint(op.f("ck_badges_period_has_its_days"), type_="check")
        batch_op.drop_constraint(op.f("ck_badges_period_known"), type_="check")
        batch_op.create_check_constraint(
            op.f("ck_badges_period_known"), "over_period IN ('ever','year')"
        )
    with op.batch_alter_table("awards", schema=None) as batch_op:
        batch_op.drop_constraint(op.f("ck_awards_cited_when_given_by_hand"), type_="check")
        batch_op.drop_constraint(op.f("ck_awards_not_given_to_oneself"), type_="check")
    with op.batch_alter_table("honor_rolls", schema=None) as batch_op:
        batch_op.drop_constraint(op.f("ck_honor_rolls_counts_known"), type_="check")
        batch_op.drop_constraint(op.f("ck_honor_rolls_edge_known"), type_="check")
        batch_op.drop_constraint(op.f("ck_honor_rolls_minimum_weeks_known"), type_="check")
        batch_op.drop_constraint(op.f("ck_honor_rolls_most_positive"), type_="check")
        batch_op.drop_constraint(op.f("ck_honor_rolls_units_have_heads"), type_="check")
        batch_op.drop_constraint(op.f("ck_honor_rolls_whose_known"), type_="check")
    with op.batch_alter_table("honor_roll_lines", schema=None) as batch_op:
        batch_op.drop_constraint(op.f("ck_honor_roll_lines_of_somebody"), type_="check")
        batch_op.drop_constraint(op.f("ck_honor_roll_lines_value_not_negative"), type_="check")
    with op.batch_alter_table("people", schema=None) as batch_op:
        batch_op.drop_column("position_shown_since")

    with op.batch_alter_table("honor_rolls", schema=None) as batch_op:
        batch_op.drop_constraint(
            batch_op.f("fk_honor_rolls_notice_id_public_notices"), type_="foreignkey"
        )
        batch_op.drop_index(batch_op.f("ix_honor_rolls_notice_id"))
        batch_op.drop_index(
            "uq_honor_rolls_one_standing",
            sqlite_where=sa.text("withdrawn_at IS NULL"),
            postgresql_where=sa.text("withdrawn_at IS NULL"),
        )
        batch_op.create_index(
            batch_op.f("uq_honor_rolls_one_standing"),
            ["organisation_id", "month"],
            unique=True,
            sqlite_where=sa.text("withdrawn_at IS NULL"),
            postgresql_where=sa.text("withdrawn_at IS NULL"),
        )
        batch_op.drop_column("notice_id")
        batch_op.drop_column("edge")
        batch_op.drop_column("most")
        batch_op.drop_column("minimum_weeks")
        batch_op.drop_column("counts")
        batch_op.drop_column("whose")
        batch_op.drop_column("title_en")
        batch_op.drop_column("title")
        batch_op.drop_column("kind")

    with op.batch_alter_table("honor_roll_lines", schema=None) as batch_op:
        batch_op.drop_constraint(
            batch_op.f("fk_honor_roll_lines_organisation_id_organisations"), type_="foreignkey"
        )
        batch_op.drop_constraint("uq_honor_roll_lines_organisation_once", type_="unique")
        batch_op.drop_index(batch_op.f("ix_honor_roll_lines_organisation_id"))
        batch_op.alter_column("person_id", existing_type=sa.INTEGER(), nullable=False)
        batch_op.drop_column("value")
        batch_op.drop_column("organisation_id")

    with op.batch_alter_table("badges", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_badges_created_by_id_people"), type_="foreignkey")
        batch_op.drop_constraint(batch_op.f("fk_badges_proposed_by_id_people"), type_="foreignkey")
        batch_op.drop_constraint(
            batch_op.f("fk_badges_organisation_id_organisations"), type_="foreignkey"
        )
        batch_op.drop_constraint(batch_op.f("fk_badges_design_id_designs"), type_="foreignkey")
        batch_op.drop_constraint(batch_op.f("fk_badges_approved_by_id_people"), type_="foreignkey")
        batch_op.drop_index(batch_op.f("ix_badges_proposed_by_id"))
        batch_op.drop_index(batch_op.f("ix_badges_organisation_id"))
        batch_op.drop_index(batch_op.f("ix_badges_design_id"))
        batch_op.drop_index(batch_op.f("ix_badges_created_by_id"))
        batch_op.drop_index(batch_op.f("ix_badges_approved_by_id"))
        batch_op.drop_column("approved_by_id")
        batch_op.drop_column("approved_at")
        batch_op.drop_column("proposed_by_id")
        batch_op.drop_column("proposed_at")
        batch_op.drop_column("created_by_id")
        batch_op.drop_column("designer")
        batch_op.drop_column("design_id")
        batch_op.drop_column("last_day")
        batch_op.drop_column("first_day")
        batch_op.drop_column("organisation_id")
        batch_op.drop_column("programme")

    with op.batch_alter_table("awards", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_awards_given_by_id_people"), type_="foreignkey")
        batch_op.drop_index(batch_op.f("ix_awards_given_by_id"))
        batch_op.drop_column("given_by_id")
        batch_op.drop_column("citation")

    with op.batch_alter_table("star_reviews", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_star_reviews_decided_by_id"))
        batch_op.drop_index(batch_op.f("ix_star_reviews_application_id"))

    op.drop_table("star_reviews")
    with op.batch_alter_table("good_deed_votes", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_good_deed_votes_person_id"))
        batch_op.drop_index(batch_op.f("ix_good_deed_votes_deed_id"))

    op.drop_table("good_deed_votes")
    with op.batch_alter_table("good_deed_consents", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_good_deed_consents_one_open",
            sqlite_where=sa.text("withdrawn_at IS NULL"),
            postgresql_where=sa.text("withdrawn_at IS NULL"),
        )
        batch_op.drop_index(batch_op.f("ix_good_deed_consents_recorded_by_id"))
        batch_op.drop_index(batch_op.f("ix_good_deed_consents_deed_id"))

    op.drop_table("good_deed_consents")
    with op.batch_alter_table("star_applications", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_star_applications_one_star",
            sqlite_where=sa.text("awarded_at IS NOT NULL AND revoked_at IS NULL"),
            postgresql_where=sa.text("awarded_at IS NOT NULL AND revoked_at IS NULL"),
        )
        batch_op.drop_index(
            "uq_star_applications_one_open",
            sqlite_where=sa.text(
                "awarded_at IS NULL AND refused_at IS NULL AND withdrawn_at IS NULL"
            ),
            postgresql_where=sa.text(
                "awarded_at IS NULL AND refused_at IS NULL AND withdrawn_at IS NULL"
            ),
        )
        batch_op.drop_index(batch_op.f("ix_star_applications_refused_by_id"))
        batch_op.drop_index(batch_op.f("ix_star_applications_person_id"))
        batch_op.drop_index(batch_op.f("ix_star_applications_organisation_id"))
        batch_op.drop_index(batch_op.f("ix_star_applications_noticed_by_id"))
        batch_op.drop_index(batch_op.f("ix_star_applications_notice_id"))
        batch_op.drop_index(batch_op.f("ix_star_applications_awarded_by_id"))

    op.drop_table("star_applications")
    with op.batch_alter_table("notice_objections", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_notice_objections_notice_id"))
        batch_op.drop_index(batch_op.f("ix_notice_objections_answered_by_id"))
        batch_op.drop_index("ix_notice_objections_address_digest_filed_at")

    op.drop_table("notice_objections")
    with op.batch_alter_table("good_deeds", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_good_deeds_published_by_id"))
        batch_op.drop_index("ix_good_deeds_published_at")
        batch_op.drop_index(batch_op.f("ix_good_deeds_organisation_id"))
        batch_op.drop_index(batch_op.f("ix_good_deeds_notice_id"))
        batch_op.drop_index(batch_op.f("ix_good_deeds_nominee_id"))
        batch_op.drop_index(batch_op.f("ix_good_deeds_nominator_id"))
        batch_op.drop_index("ix_good_deeds_address_digest_nominated_at")

    op.drop_table("good_deeds")
    with op.batch_alter_table("designs", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_designs_refused_by_id"))
        batch_op.drop_index(batch_op.f("ix_designs_picture_id"))
        batch_op.drop_index(batch_op.f("ix_designs_person_id"))
        batch_op.drop_index(batch_op.f("ix_designs_organisation_id"))
        batch_op.drop_index(batch_op.f("ix_designs_approved_by_id"))

    op.drop_table("designs")
    with op.batch_alter_table("certificate_voids", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_certificate_voids_voided_by_id"))

    op.drop_table("certificate_voids")
    with op.batch_alter_table("certificate_requests", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_certificate_requests_one_open",
            sqlite_where=sa.text("decided_at IS NULL AND withdrawn_at IS NULL"),
            postgresql_where=sa.text("decided_at IS NULL AND withdrawn_at IS NULL"),
        )
        batch_op.drop_index(batch_op.f("ix_certificate_requests_recorder_id"))
        batch_op.drop_index(batch_op.f("ix_certificate_requests_person_id"))
        batch_op.drop_index(batch_op.f("ix_certificate_requests_decided_by_id"))
        batch_op.drop_index(batch_op.f("ix_certificate_requests_certificate_id"))

    op.drop_table("certificate_requests")
    with op.batch_alter_table("certificate_holders", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_certificate_holders_person_id"))

    op.drop_table("certificate_holders")
    with op.batch_alter_table("certificate_entries", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_certificate_entries_entry_id"))

    op.drop_table("certificate_entries")
    with op.batch_alter_table("star_levels", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_star_levels_one_valid",
            sqlite_where=sa.text("replaced_at IS NULL"),
            postgresql_where=sa.text("replaced_at IS NULL"),
        )
        batch_op.drop_index(batch_op.f("ix_star_levels_set_by_id"))

    op.drop_table("star_levels")
    with op.batch_alter_table("star_bars", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_star_bars_person_id"))
        batch_op.drop_index(batch_op.f("ix_star_bars_lifted_by_id"))
        batch_op.drop_index(batch_op.f("ix_star_bars_decided_by_id"))

    op.drop_table("star_bars")
    with op.batch_alter_table("roll_kinds", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_roll_kinds_one_open",
            sqlite_where=sa.text("retired_at IS NULL"),
            postgresql_where=sa.text("retired_at IS NULL"),
        )
        batch_op.drop_index(batch_op.f("ix_roll_kinds_organisation_id"))
        batch_op.drop_index(batch_op.f("ix_roll_kinds_created_by_id"))

    op.drop_table("roll_kinds")
    with op.batch_alter_table("roll_absences", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_roll_absences_one_open",
            sqlite_where=sa.text("ended_at IS NULL"),
            postgresql_where=sa.text("ended_at IS NULL"),
        )
        batch_op.drop_index(batch_op.f("ix_roll_absences_person_id"))

    op.drop_table("roll_absences")
    with op.batch_alter_table("public_notices", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_public_notices_organisation_id"))
        batch_op.drop_index(batch_op.f("ix_public_notices_opened_by_id"))

    op.drop_table("public_notices")
    with op.batch_alter_table("print_jobs", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_print_jobs_person_id"))
        batch_op.drop_index(batch_op.f("ix_print_jobs_organisation_id"))
        batch_op.drop_index("ix_print_jobs_asked_at")

    op.drop_table("print_jobs")
    with op.batch_alter_table("national_exports", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_national_exports_district_id"))
        batch_op.drop_index(batch_op.f("ix_national_exports_asked_by_id"))
        batch_op.drop_index(batch_op.f("ix_national_exports_approved_by_id"))

    op.drop_table("national_exports")
    with op.batch_alter_table("good_deed_panellists", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_good_deed_panellists_one_open",
            sqlite_where=sa.text("ended_at IS NULL"),
            postgresql_where=sa.text("ended_at IS NULL"),
        )
        batch_op.drop_index(batch_op.f("ix_good_deed_panellists_person_id"))
        batch_op.drop_index(batch_op.f("ix_good_deed_panellists_organisation_id"))
        batch_op.drop_index(batch_op.f("ix_good_deed_panellists_named_by_id"))

    op.drop_table("good_deed_panellists")
    with op.batch_alter_table("design_pictures", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_design_pictures_person_id"))

    op.drop_table("design_pictures")
    with op.batch_alter_table("certificates", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_certificates_recorder_id"))
        batch_op.drop_index(batch_op.f("ix_certificates_person_id"))
        batch_op.drop_index(batch_op.f("ix_certificates_issued_by_id"))

    op.drop_table("certificates")
    with op.batch_alter_table("certificate_terms", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_certificate_terms_changed_by_id"))

    op.drop_table("certificate_terms")
    op.drop_table("export_codes")
    with op.batch_alter_table("certificate_tries", schema=None) as batch_op:
        batch_op.drop_index("ix_certificate_tries_number_digest_at")
        batch_op.drop_index("ix_certificate_tries_address_digest_at")

    op.drop_table("certificate_tries")
