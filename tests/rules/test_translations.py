"""Every word of the site is there in Chinese."""

import runpy

KNOWN = runpy.run_module("volunteer_site.translations.__main__", run_name="translations")


def test_every_word_is_translated_with_everything_filled_in():
    assert KNOWN["problems"]() == []


def test_a_missing_and_a_wrong_translation_would_be_noticed():
    message = KNOWN["Message"]("%(number)s places", "名额")

    assert KNOWN["_problem_of"](message, None)
    assert KNOWN["_problem_of"](message, message)
    assert KNOWN["_problem_of"](
        message, KNOWN["Message"](message.id, "%(number)s个", flags={"fuzzy"})
    )
    assert not KNOWN["_problem_of"](message, KNOWN["Message"](message.id, "%(number)s个名额"))
