"""Every word of the site is there in Chinese."""

from babel.messages import Message

from volunteer_site.translations import __main__ as catalogues


def test_every_word_is_translated_with_everything_filled_in():
    assert catalogues.problems() == []


def test_a_missing_and_a_wrong_translation_would_be_noticed():
    said = "%(number)s places"

    assert catalogues.problem_of(Message(said), None)
    assert catalogues.problem_of(Message(said), Message(said, "名额"))
    assert catalogues.problem_of(Message(said), Message(said, "%(number)s个", flags={"fuzzy"}))
    assert not catalogues.problem_of(Message(said), Message(said, "%(number)s个名额"))
