"""Pages that begin with a deed: a case, a draw, a finding, a sheet; looked at by axe and ruler."""

import re

import pytest

from tests.browser.test_axe import PATIENCE, PHONE, problems_of


@pytest.fixture
def look(open_page, district):
    """Open a phone as somebody of the demo; collect what is wrong with each page it stands on."""
    found = []

    def phone(role):
        page = open_page("phone", person=district.people[role])
        page.set_default_timeout(PATIENCE)
        page.emulate_media(color_scheme="light", reduced_motion="reduce")
        return page

    def at(page, address=None):
        assert address is None or page.goto(address).status == 200
        found.extend(f"{page.url}: {problem}" for problem in problems_of(page))
        page.set_viewport_size(PHONE)

    phone.at = at
    yield phone
    assert not found, "\n".join(found)


def test_somebody_without_an_account_can_report_and_follow_it(look):
    page = look("nobody")
    page.goto("/complaints/new")
    page.locator("[name=about_words]").fill("周末清洁日")
    page.locator("main textarea").fill("名单上有人当天没有来。")

    page.locator("main button.primary").click()

    page.locator("main .good, #notice .good").first.wait_for()
    look.at(page)


def test_a_volunteer_can_object_and_follow_it(look):
    page = look("volunteer")
    look.at(page, "/me/absences")
    page.goto("/me/hours")
    page.locator(".wrong a").last.click()
    page.wait_for_url("**/objection")
    look.at(page)
    page.locator("main [type=radio]").last.check()
    page.locator("main textarea").fill("签退时间不对。")

    page.locator("main button.primary").click()

    page.wait_for_url("**/me/objections/*")
    look.at(page)
    look.at(page, "/me/objections")


def test_an_officer_can_draw_a_spot_check_and_print_it(look):
    page = look("officer")
    page.goto("/office/spot-checks")

    page.locator("main form button.primary").click()

    page.wait_for_url("**/office/spot-checks/*")
    look.at(page)
    look.at(page, page.url.removesuffix("/") + "/sheet")
    look.at(page, "/office/spot-checks")


def test_an_officer_can_take_a_false_entry_back(look):
    page = look("officer")
    page.goto("/office/complaints")
    page.locator("main a[href^='/office/complaints/']").first.click()
    page.wait_for_url("**/office/complaints/*")
    page.locator("a[href*='findings/new']").click()
    page.wait_for_url("**/findings/new?*")
    look.at(page)
    page.locator("main [type=checkbox]").first.check()
    page.locator("main button.primary").last.click()
    page.locator("main button.danger").wait_for()
    look.at(page)
    page.locator("main form [name=reason]").fill("现场核实：当天此人未到场")

    page.locator("main button.danger").click()
    page.locator("dialog button").first.click()

    page.wait_for_url(re.compile(r"/office/findings/\d+$"))
    look.at(page)
    look.at(page, "/office/findings")
    look.at(page, "/office/absences")


def test_a_coordinator_can_enter_a_sheet_and_look_at_its_paper(look):
    page = look("coordinator")
    page.goto("/desk/sheets")
    page.locator("main .card h2 a, main .card h3 a").first.click()
    page.wait_for_url("**/desk/sheets/*")
    sheet = page.url.rsplit("/", 1)[-1].partition("?")[0]
    look.at(page)
    look.at(page, f"/print/sheets/{sheet}")
    page.goto(f"/desk/sheets/{sheet}")
    page.locator("main [type=checkbox]").first.check()

    page.locator("main form button.primary").last.click()

    page.wait_for_url("**/entry*")
    look.at(page)
    look.at(page, "/desk/absences")


def test_a_coordinator_can_ask_for_a_late_entry(look):
    page = look("coordinator")
    page.goto("/desk/books/2026-11")
    look.at(page)
    page.goto("/desk/approvals")
    page.locator("main a[href^='/activities/'], main a[href^='/desk/activities/']").first.click()
    page.wait_for_url("**/activities/*")
    number = page.url.rsplit("/", 1)[-1]
    look.at(page, f"/desk/activities/{number}/late-entries/new?q=王")
    page.locator("main a[href*='person=']").first.click()
    page.wait_for_url("**person=*")
    look.at(page)
