"""What a complainant types, and what the office writes and answers."""

from typing import Any, ClassVar

from wtforms import HiddenField, RadioField, SelectField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length, Optional, ValidationError

from volunteer_site.core.forms import Form
from volunteer_site.core.words import gettext as _
from volunteer_site.core.words import lazy_gettext as _l
from volunteer_site.oversight.complaints.models import (
    ABOUT_LENGTH,
    CONTACT_LENGTH,
    WORDS_LENGTH,
    Outcome,
)
from volunteer_site.oversight.complaints.words import ABOUT

TEXT = Length(max=WORDS_LENGTH)


class Needed:
    """Marks what is asked for unless a link has named the record."""

    field_flags: ClassVar = {"required": True}

    def __call__(self, form: Any, field: Any) -> None:
        """Ask which record it is."""
        if not form.ref.data and not field.data:
            raise ValidationError(_("Say which one it is."))


class ComplaintForm(Form):
    """Which record is untrue, and why."""

    ref = HiddenField()  # the record that a link named
    about = SelectField(
        _l("What is it about?"),
        [InputRequired()],
        choices=[SelectChoice(kind, words) for kind, words in ABOUT.items()],
    )
    about_words = StringField(
        _l("Which one?"),
        [Needed(), Length(max=ABOUT_LENGTH)],
        description=_l("Its name and day, or its number, such as an entry's or a certificate's."),
    )
    district = SelectField(_l("District"), [Optional()], coerce=str)
    words = TextAreaField(
        _l("What is untrue?"),
        [InputRequired(), TEXT],
        description=_l("What you have seen, when and where. Do not write who you are."),
    )
    contact = StringField(
        _l("How the office may reach you"),
        [Optional(), Length(max=CONTACT_LENGTH)],
        description=_l("Only the office sees it; it is erased after the case."),
    )
    website = StringField(_l("Leave this empty"), [Length(max=0)])


class CodeForm(Form):
    """The secret to follow a complaint with."""

    code = StringField(_l("Your code"), [InputRequired(), Length(max=40)])


class WordsForm(Form):
    """Something that the complainant adds."""

    words = TextAreaField(_l("Add something"), [InputRequired(), TEXT])


class NoteForm(Form):
    """Something that the office writes into the case."""

    words = TextAreaField(_l("Note"), [InputRequired(), TEXT], id="note-words")
    told = RadioField(
        _l("Who reads it?"),
        choices=[
            SelectChoice("no", _l("Only the office")),
            SelectChoice("yes", _l("The complainant, too")),
        ],
        default="no",
    )


class OutcomeForm(Form):
    """How it ended."""

    outcome = RadioField(
        _l("Outcome"),
        [InputRequired(_l("Choose how it ended."))],
        choices=[
            SelectChoice(Outcome.UNFOUNDED, _l("Not confirmed")),
            SelectChoice(Outcome.PROVEN, _l("Confirmed")),
        ],
    )
    words = TextAreaField(
        _l("What the complainant reads"),
        [InputRequired(), TEXT],
        id="outcome-words",
        description=_l("Without names or other personal data: what was found, what was changed."),
    )

    def refuse_names(self, names: list[str]) -> bool:
        """Show an error if the words tell a name; say whether they do not."""
        if names:
            said = _("Do not name anybody here: %(names)s.", names=_(", ").join(names))
            self.words.errors = [*self.words.errors, said]
        return not names
