"""What the office asks besides the usual sentence, and what a community explains."""

from wtforms import TextAreaField
from wtforms.validators import DataRequired, Length, Optional

from volunteer_site.core.forms import Form
from volunteer_site.core.words import lazy_gettext as _l
from volunteer_site.oversight.questions.models import WORDS_LENGTH

TEXT = Length(max=WORDS_LENGTH)


class QuestionForm(Form):
    """What the community is asked besides the usual sentence."""

    words = TextAreaField(
        _l("What should be explained besides?"),
        [Optional(), TEXT],
        id="question-words",
        description=_l("The community reads this. Do not write what led to the question."),
    )


class ReplyForm(Form):
    """The community's explanation."""

    words = TextAreaField(_l("Your explanation"), [DataRequired(_l("Write some words.")), TEXT])
