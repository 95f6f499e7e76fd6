"""Take a picture of every page, as each role sees it: `make screens`, then look into screens/.

The pictures show the demo district in `instance/`, on a phone and on a desktop.
"""

import os
import shutil
from pathlib import Path

import click
from playwright.sync_api import sync_playwright

from tests import database, live
from tests.browser.walk import one_page_of_each
from volunteer_site import create_app

SCREENS = live.ROOT / "screens"
STARTS = {
    "nobody": ["/", "/login", "/register", "/badges"],
    "volunteer": ["/", "/me"],
    "coordinator": ["/desk", "/", "/desk/honor-rolls"],
    "liaison": ["/desk", "/"],
    "officer": ["/office", "/desk"],
}


def main():
    shutil.rmtree(SCREENS, ignore_errors=True)
    app = create_app()
    port = live.free_port()
    address = app.config["SQLALCHEMY_DATABASE_URI"]
    site = live.start_gunicorn(address, port, {"SECRET_KEY": app.config["SECRET_KEY"]})
    try:
        live.wait_for(f"http://127.0.0.1:{port}/healthz", site)
        with sync_playwright() as playwright:
            browser = live.launch(playwright)
            for role, account in {"nobody": None, **accounts(app)}.items():
                look_as(browser, app, f"http://127.0.0.1:{port}", role, account)
            browser.close()
    finally:
        site.terminate()
        site.wait()


def accounts(app):
    """Return the phone and password of the first demo account of each role."""
    lines = Path(app.instance_path, "demo-accounts.txt").read_text(encoding="utf-8").splitlines()
    rows = [line.split("\t") for line in reversed(lines) if line.count("\t") >= 2]
    return {row[0]: row[1:3] for row in rows if row[0] in STARTS}


def look_as(browser, app, url, role, account):
    for screen, size in live.SCREENS.items():
        context = browser.new_context(**size, base_url=url, locale="zh-CN")
        page = context.new_page()
        if account is not None:
            log_in(page, *account)
        for name, path in one_page_of_each(page, app, STARTS[role]):
            picture = SCREENS / role / f"{name}-{screen}.png"
            take(page, picture, size["viewport"])
            click.echo(f"{picture.relative_to(live.ROOT)}  {path}")
        context.close()


def take(page, picture, viewport):
    """Take the whole page, on a screen so long that the bar at its foot covers nothing."""
    length = page.evaluate("document.documentElement.scrollHeight")
    page.set_viewport_size({**viewport, "height": max(length, viewport["height"])})
    page.screenshot(path=picture)
    page.set_viewport_size(viewport)


def log_in(page, phone, password):
    page.goto("/login")
    page.fill("[name=phone]", phone)
    page.fill("[name=password]", password)
    with page.expect_navigation():
        page.press("[name=password]", "Enter")


if __name__ == "__main__":
    database.make_folder()
    try:
        os.chdir(live.ROOT)
        main()
    finally:
        database.remove_folder()
