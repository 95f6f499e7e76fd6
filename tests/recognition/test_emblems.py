"""Emblems are safe to put on any page, small, and there for every badge."""

import json
import re
from itertools import product
from pathlib import Path
from xml.etree import ElementTree

import pytest

import volunteer_site.recognition.badges
from volunteer_site.recognition.badges import emblem_names as emblem_words
from volunteer_site.recognition.badges.emblems import (
    METALS,
    SHAPES,
    TINTS,
    drawing_svg,
    emblem_names,
    emblem_svg,
)

BADGES = json.loads(
    Path(volunteer_site.recognition.badges.__file__).with_name("catalogue.json").read_text("utf-8")
)
SVG = "{http://www.w3.org/2000/svg}"
ALLOWED_TAGS = {SVG + tag for tag in ("svg", "title", "g", "path", "circle", "ellipse")}
ALLOWED_ATTRIBUTES = {
    "viewBox", "width", "height", "role", "d", "fill",
    "stroke", "stroke-width", "stroke-linejoin", "stroke-linecap",
    "stroke-opacity", "stroke-dasharray", "pathLength", "transform", "cx", "cy", "r", "rx", "ry",
}  # fmt: skip
STATES = list(product((True, False), (None, 0, 0.4, 1)))  # earned, progress


def drawn(badge, **state):
    return emblem_svg(
        badge["emblem"],
        shape=badge["shape"],
        tint=badge["tint"],
        title=badge["name_zh"],
        **state,
    )


def test_every_badge_is_small_and_needs_no_style_or_script():
    for badge, (earned, progress) in product(BADGES, STATES):
        svg = drawn(badge, earned=earned, progress=progress)

        root = ElementTree.fromstring(svg)
        assert len(svg.encode()) <= 2500, badge["slug"]
        assert {element.tag for element in root.iter()} <= ALLOWED_TAGS, badge["slug"]
        attributes = {name for element in root.iter() for name in element.attrib}
        assert attributes <= ALLOWED_ATTRIBUTES, badge["slug"]
        assert "$" not in svg, badge["slug"]


def test_a_badge_says_its_name():
    for badge in BADGES:
        root = ElementTree.fromstring(drawn(badge))

        assert root.get("role") == "img"
        assert root.get("viewBox") == "0 0 96 96"
        assert root.findtext(SVG + "title") == badge["name_zh"]


def test_a_name_cannot_break_out_of_the_picture():
    svg = emblem_svg("sprout", shape="circle", tint="sky", title='<script>"&')

    assert ElementTree.fromstring(svg).findtext(SVG + "title") == '<script>"&'
    assert "<script>" not in svg


def test_a_picture_beside_its_name_says_nothing_twice():
    root = ElementTree.fromstring(emblem_svg("sprout", shape="circle", tint="sky", title=""))

    assert root.get("aria-hidden") == "true" and root.get("role") is None
    assert root.find(SVG + "title") is None


def test_a_badge_not_yet_earned_is_grey():
    for badge in BADGES:
        colours = re.findall(r"#([0-9A-F]{6})\b", drawn(badge, earned=False))

        assert colours
        assert all(colour[:2] == colour[2:4] == colour[4:] for colour in colours)


@pytest.mark.parametrize(
    ("progress", "shown"), [(0.25, "25 100"), (1, "100 100"), (7, "100 100"), (-1, None)]
)
def test_the_ring_shows_how_far_one_has_come(progress, shown):
    svg = emblem_svg("sprout", shape="circle", tint="sky", title="x", progress=progress)

    found = re.search(r'stroke-dasharray="([^"]+)"', svg)
    assert (found and found.group(1)) == shown


def test_every_drawing_fits_every_shape():
    for name in emblem_names():
        for shape in SHAPES:
            ElementTree.fromstring(emblem_svg(name, shape=shape, tint="red", title="x"))

    assert {badge["emblem"] for badge in BADGES} <= set(emblem_names())
    assert {badge["tint"] for badge in BADGES} <= set(TINTS)


def test_there_are_sixty_drawings_and_more_each_with_a_name_in_one_group():
    grouped = [name for _group, _called, them in emblem_words.GROUPS for name in them]

    assert len(grouped) >= 60
    assert sorted(grouped) == emblem_names()
    assert set(emblem_words.SHAPES) == set(SHAPES) and set(emblem_words.TINTS) == set(TINTS)
    assert set(emblem_words.METALS) == set(METALS)


@pytest.mark.parametrize("name", emblem_names())
def test_every_drawing_is_small_and_only_drawn(name):
    root = ElementTree.fromstring(drawing_svg(name, "red"))

    assert len(drawing_svg(name, "red").encode()) <= 2000
    assert {element.tag for element in root.iter()} <= ALLOWED_TAGS | {SVG + "rect"}
    assert {name for element in root.iter() for name in element.attrib} <= ALLOWED_ATTRIBUTES | {
        "aria-hidden"
    }


def test_no_two_badges_look_the_same():
    pictures = [re.sub("<title>.*</title>", "", drawn(badge)) for badge in BADGES]

    assert len(set(pictures)) == len(pictures)


def test_an_unknown_drawing_is_refused():
    with pytest.raises(FileNotFoundError):
        emblem_svg("nothing", shape="circle", tint="red", title="x")
