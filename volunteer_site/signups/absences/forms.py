"""What people write about an absence."""

from wtforms import StringField, TextAreaField
from wtforms.validators import DataRequired, Length

from volunteer_site.core.forms import Form
from volunteer_site.core.words import lazy_gettext as _l
from volunteer_site.signups.absences.models import APPEAL_LENGTH, REASON_LENGTH


class AppealForm(Form):
    """Why an absence should not count."""

    words = TextAreaField(
        _l("Why it should not count"),
        [DataRequired(_l("Say in a few words what happened.")), Length(max=APPEAL_LENGTH)],
    )


class AnswerForm(Form):
    """Why an absence does not count, or does."""

    answer = StringField(
        _l("Your reason"),
        [DataRequired(_l("Write the reason; the person reads it.")), Length(max=REASON_LENGTH)],
    )
