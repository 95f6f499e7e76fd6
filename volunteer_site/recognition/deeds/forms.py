"""What people type about good deeds: telling one, weighing it, deciding, who agreed to be shown."""

from typing import Any

from wtforms import (
    BooleanField,
    Field,
    FileField,
    RadioField,
    SelectField,
    StringField,
    TextAreaField,
)
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length, ValidationError

from volunteer_site.core import text
from volunteer_site.core.forms import Form
from volunteer_site.core.words import gettext as _
from volunteer_site.core.words import lazy_gettext as _l
from volunteer_site.people.forms import real_name
from volunteer_site.people.models import VOLUNTEER_NUMBER_LENGTH
from volunteer_site.recognition.deeds.models import (
    CAPACITY_LENGTH,
    CONTACT_LENGTH,
    HOW_LENGTH,
    REASON_LENGTH,
    WORDS_LENGTH,
    Answer,
)
from volunteer_site.recognition.deeds.words import GIVEN_BY, KINDS, SHOWN

PICTURES = "image/jpeg,image/png,image/webp"
SENTENCE = 4  # characters that a reason has at least
REASON = Length(min=SENTENCE, max=REASON_LENGTH)
TELLERS = {
    "family": _l("I belong to the family"),
    "neighbour": _l("I know them as a neighbour or friend"),
    "organisation": _l("For a community, unit or team"),
}


def short_enough(_form: Form, field: Field) -> None:
    """Count a text without needless blanks, as it is kept; say how many signs are too many."""
    field.data = text.tidy_lines(field.data or "")
    if not field.data:
        raise ValidationError(_("Please fill this in."))
    if (over := len(field.data) - WORDS_LENGTH) > 0:
        raise ValidationError(
            _(
                "A deed is told in at most %(most)d signs; leave out %(over)d.",
                most=WORDS_LENGTH,
                over=over,
            )
        )


class WordsForm(Form):
    """Who did what."""

    kind = RadioField(
        _l("What kind of good deed?"),
        [InputRequired(_l("Choose what fits best."))],
        choices=[SelectChoice(*pair) for pair in KINDS.items()],
    )
    nominee_name = StringField(_l("Whose good deed is it?"), [InputRequired(), real_name])
    minor = BooleanField(_l("They are under 18"))
    words = TextAreaField(
        _l("What did they do?"),
        [InputRequired(), short_enough],
        description=_l(
            "In at most 200 signs: when, where, what. Without names, phone numbers or house "
            "numbers."
        ),
    )
    proposer = RadioField(
        _l("Who proposes it?"),
        [InputRequired(_l("Choose what fits best."))],
        choices=[SelectChoice(*pair) for pair in TELLERS.items()],
    )


class NominationForm(WordsForm):
    """A good deed as anybody tells it."""

    community = SelectField(
        _l("Which community should know?"),
        [InputRequired(_l("Choose the community where it happened or they live."))],
        coerce=str,
        choices=[],
    )
    photo = FileField(
        _l("Photo"),
        description=_l(
            "Up to 12 MB; where it was taken is removed from it. It is shown only if the person "
            "agrees, which the community asks; of children only if the guardian does."
        ),
        render_kw={"accept": PICTURES},
    )
    contact = StringField(
        _l("How the community may reach you"),
        [Length(max=CONTACT_LENGTH)],
        description=_l("Only the community sees it; it is erased when the case ends."),
    )
    website = StringField(_l("Leave this empty"), [Length(max=0)])

    def offer(self, communities: list[tuple[str, str]]) -> None:
        """Fill the list of communities."""
        first = SelectChoice("", _("Choose a community"))
        self.community.choices = [first, *(SelectChoice(*pair) for pair in communities)]


class CaseForm(WordsForm):
    """The words as the community puts them right, and whose account is the nominee's."""

    number = StringField(
        _l("Volunteer number, if they have an account"),
        [Length(max=VOLUNTEER_NUMBER_LENGTH)],
        description=_l("Then they agree themselves, and take it back themselves."),
    )
    without_photo = BooleanField(
        _l("Leave the photo out, for good"),
        description=_l(
            "If it is not of them, or shows others who have not agreed, a child whose guardian has "
            "not, or a house number."
        ),
    )


class VoteForm(Form):
    """What a panellist says, and why."""

    answer = RadioField(
        _l("Should it be on the board?"),
        [InputRequired(_l("Choose an answer."))],
        choices=[
            SelectChoice(Answer.YES, _l("I agree to it")),
            SelectChoice(Answer.NO, _l("I do not agree to it")),
            SelectChoice(Answer.CONCERNED, _l("I am related to it, so I do not weigh it")),
        ],
    )
    words = TextAreaField(
        _l("Why?"),
        [Length(max=REASON_LENGTH)],
        description=_l(
            "With a yes or a no it is needed. The panel and the community read this, the public "
            "does not."
        ),
    )

    def validate_words(self, field: Any) -> None:
        """Ask for words with a yes or a no."""
        if self.answer.data in {Answer.YES, Answer.NO} and not field.data:
            raise ValidationError(_("Say why, in a sentence."))


class ReasonForm(Form):
    """Why a deed is refused, taken back or taken down."""

    reason = TextAreaField(
        _l("Why"),
        [InputRequired(), REASON],
        description=_l("Others read this: no names, please."),
    )

    def called(self, name: str) -> "ReasonForm":
        """Give the field an id of its own, as a page has several of these forms."""
        self.reason.id = f"{name}-reason"
        return self


class ConsentForm(Form):
    """What the nominee agrees to, and how the community knows."""

    kind = RadioField(
        _l("What may be shown"),
        [InputRequired(_l("Choose what may be shown."))],
        choices=[SelectChoice(*pair) for pair in SHOWN.items()],
        id="consent-kind",
    )
    given_by = RadioField(
        _l("Agreed"),
        [InputRequired(_l("Choose who agreed."))],
        choices=[SelectChoice(*pair) for pair in GIVEN_BY.items()],
    )
    how = StringField(
        _l("How you know"),
        [InputRequired(), Length(max=HOW_LENGTH)],
        description=_l("Such as: signed a paper at the service window, in folder 3."),
    )


class MemberForm(Form):
    """As what somebody sits on the panel."""

    capacity = StringField(_l("As"), [Length(max=CAPACITY_LENGTH)])
