"""What anybody objects, and what the desk answers."""

from wtforms import RadioField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length

from volunteer_site.core.forms import Form
from volunteer_site.core.words import lazy_gettext as _l
from volunteer_site.recognition.notices.models import TEXT_LENGTH

TEXT = Length(max=TEXT_LENGTH)


class ObjectionForm(Form):
    """Why it should not be so."""

    text = TextAreaField(
        _l("What is not right?"),
        [InputRequired(), TEXT],
        description=_l("What you know, when and where. Do not write who you are."),
    )
    website = StringField(_l("Leave this empty"), [Length(max=0)])


class AnswerForm(Form):
    """Whether an objection is right, and why."""

    upheld = RadioField(
        _l("Is the objection right?"),
        [InputRequired(_l("Choose whether it is right."))],
        choices=[
            SelectChoice("no", _l("No, the proposal stays")),
            SelectChoice("yes", _l("Yes, the proposal has to change")),
        ],
    )
    answer = TextAreaField(
        _l("Your answer"),
        [InputRequired(), TEXT],
        description=_l("Everybody reads it: what was looked into and what it showed, no names."),
    )

    def beside(self, objection_id: int) -> "AnswerForm":
        """Give the fields ids of their own, as a page has a form for each objection."""
        for field in self:
            field.id = f"{field.name}-{objection_id}"
        return self
