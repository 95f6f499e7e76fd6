"""Attendance beyond doubt."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("attendance", schema=None) as batch_op:
        batch_op.add_column(sa.Column("device", sa.Text(), nullable=True))
        batch_op.add_column(sa.Column("nearness", sa.Text(), nullable=True))
        batch_op.add_column(sa.Column("distance", sa.Integer(), nullable=True))
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
    with op.batch_alter_table("attendance", schema=None) as batch_op:
        batch_op.drop_column("distance")
        batch_op.drop_column("nearness")
        batch_op.drop_column("device")
