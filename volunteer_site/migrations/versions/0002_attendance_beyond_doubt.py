"""Attendance beyond doubt."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
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


def downgrade() -> None:
    op.execute(sa.text("UPDATE attendance SET method = 'scan' WHERE method = 'card'"))
    op.execute(sa.text("UPDATE attendance SET method = 'paper' WHERE method = 'late'"))
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
    with op.batch_alter_table("attendance", schema=None) as batch_op:
        batch_op.drop_index(
            "ix_attendance_device",
            sqlite_where=sa.text("device IS NOT NULL"),
            postgresql_where=sa.text("device IS NOT NULL"),
        )
        batch_op.drop_column("distance")
        batch_op.drop_column("nearness")
        batch_op.drop_column("device")

    with op.batch_alter_table("door_places", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_door_places_set_by_id"))

    op.drop_table("door_places")
