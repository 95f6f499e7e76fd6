"""Everybody can use every page (WCAG 2.2 AA): by axe, by ruler, and by what the browser says.

Each role follows the links of the demo, one page of a kind. Each page is looked at on a phone (in
light, in dark, and in large type) and on a desktop.
"""

import pytest
from axe_playwright_python.base import AXE_SCRIPT

from tests.browser.walk import one_page_of_each

PHONE = {"width": 360, "height": 640}
DESKTOP = {"width": 1280, "height": 800}
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
STARTS = {
    "nobody": ["/", "/login", "/register", "/no-such-page"],
    "volunteer": ["/", "/me", "/me/consents"],
    "coordinator": [
        "/desk/activities/{coming}",
        "/desk/honor-rolls/2026-10/{slug}",
        "/desk",
        "/",
        "/office",
    ],
    "liaison": ["/desk"],
    "officer": ["/office/roles?q=王", "/office"],
}
PATIENCE = 30_000  # milliseconds; the machine may be busy
TAP = 44  # pixels, for a finger
# What a finger has to hit; a link inside a sentence is as high as its line, as everywhere.
SMALL_TARGETS = """tap => {
  const inSentence = link => getComputedStyle(link).display === "inline" &&
    link.parentElement.textContent.trim() !== link.textContent.trim();
  const area = element => ["checkbox", "radio"].includes(element.type) && element.labels.length
    ? element.labels[0] : element;
  const wanted = "a[href], button, summary, select, textarea, input:not([type=hidden])";
  return [...document.querySelectorAll(wanted)]
    .filter(one => one.checkVisibility() && !one.classList.contains("skip"))
    .filter(one => !(one.tagName === "A" && inSentence(one)))
    .map(one => [one, area(one).getBoundingClientRect()])
    .filter(([, box]) => box.height > 0 && (box.height < tap - 0.5 || box.width < 24))
    .map(([one, box]) => `${Math.round(box.width)}x${Math.round(box.height)} ` +
      one.outerHTML.slice(0, 120));
}"""
WIDER = """width => document.documentElement.scrollWidth <= width ? [] :
  [...document.querySelectorAll("main *")]
    .filter(one => one.getBoundingClientRect().right > width + 1)
    .map(one => one.outerHTML.slice(0, 120)).slice(0, 3)
    .concat(`the page is ${document.documentElement.scrollWidth} wide`)"""


@pytest.fixture(scope="module")
def looked_at():
    """The pages seen so far; members see the same page alike, but not as a stranger does."""
    return set()


@pytest.mark.parametrize("role", STARTS)
def test_everybody_can_use_every_page(role, open_page, live_server, district, looked_at):
    page = open_page("phone", person=district.people[role])
    page.set_default_timeout(PATIENCE)
    page.emulate_media(color_scheme="light", reduced_motion="reduce")  # no colour half on its way

    found, starts = [], [path.format(**district.places) for path in STARTS[role]]
    for name, path in one_page_of_each(page, live_server.app, starts):
        if (name, role == "nobody") not in looked_at or path in starts:
            looked_at.add((name, role == "nobody"))
            found += [f"{name} {path} {problem}" for problem in problems_of(page)]
            page.set_viewport_size(PHONE)

    assert looked_at
    assert not found, "\n".join(found)


def problems_of(page):
    """Look at the page on a phone, then dark, then in large type, then on a desktop."""
    page.evaluate(AXE_SCRIPT)  # not as an element of the page, which the policy would refuse
    found = look(page, "phone", PHONE, axe({"type": "tag", "values": TAGS}))
    page.emulate_media(color_scheme="dark")
    found += [f"dark: {problem}" for problem in axe_finds(page, only("color-contrast"))]
    page.emulate_media(color_scheme="light")
    page.evaluate("document.documentElement.classList.add('large')")
    found += look(page, "large", PHONE, only("target-size"))
    page.evaluate("document.documentElement.classList.remove('large')")
    return found + look(page, "desktop", DESKTOP, axe({"type": "tag", "values": TAGS}))


def look(page, screen, size, options):
    page.set_viewport_size(size)
    found = axe_finds(page, options)
    found += [f"too wide: {what}" for what in page.evaluate(WIDER, size["width"])]
    if screen != "desktop":
        found += [f"too small: {what}" for what in page.evaluate(SMALL_TARGETS, TAP)]
    return [f"{screen}: {problem}" for problem in found]


def only(rule):
    return axe({"type": "rule", "values": [rule]})


def axe(what):
    return {"runOnly": what, "resultTypes": ["violations"]}


def axe_finds(page, options):
    violations = page.evaluate("async options => (await axe.run(options)).violations", options)
    return [
        f"{violation['id']}: {violation['help']}: {node['html'][:160]}"
        for violation in violations
        for node in violation["nodes"]
    ]
