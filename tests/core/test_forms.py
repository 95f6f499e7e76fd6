"""What the base of all forms says and takes."""

import pytest
from wtforms import DateField, PasswordField, StringField
from wtforms.validators import DataRequired, InputRequired

from volunteer_site.core.forms import Form


class Everything(Form):
    name = StringField(validators=[DataRequired()])
    day = DateField(validators=[InputRequired()])
    secret = PasswordField(validators=[InputRequired()])


@pytest.mark.one_database
def test_what_is_missing_is_asked_for_in_plain_words_in_every_kind_of_field(app):
    with app.test_request_context():
        form = Everything(data={"name": " "})
        form.validate()

    said = {name: words for name, [words] in form.errors.items()}
    assert said == dict.fromkeys(["name", "day", "secret"], "请填写此项。")
