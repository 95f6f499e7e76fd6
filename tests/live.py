"""A site that really runs, and real browsers to look at it with.

The tests of one module share a running site (`live_server`), so each makes the people and
activities that it is about. Pages (`phone`, `desktop`, `page` for both, `phone_without_script`)
fail their test if a script broke or the browser refused something on them.
"""

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from contextlib import closing, nullcontext, suppress
from datetime import timedelta
from pathlib import Path

import pytest
import time_machine
from playwright.sync_api import sync_playwright

from tests import database
from tests.client import SiteClient, logged_in
from tests.factories import Factory
from volunteer_site.core.db import db
from volunteer_site.printouts.fonts import font_folders

ROOT = Path(__file__).parents[1]
SECRET = "only the tests know this secret"
CHROMIUMS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
QUIET = (
    "--no-sandbox",
    "--disable-background-networking",
    "--disable-component-update",
    "--no-first-run",
    "--disable-sync",
    "--disable-quic",
)
SCREENS = {
    "phone": {
        "viewport": {"width": 360, "height": 640},
        "device_scale_factor": 2,
        "is_mobile": True,
        "has_touch": True,
    },
    "desktop": {"viewport": {"width": 1280, "height": 800}},
}
FONTS = """<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <include ignore_missing="yes">/etc/fonts/fonts.conf</include>
  {ours}
  <cachedir>{kept}</cachedir>
</fontconfig>
"""
NO_NETWORK = ("Failed to load resource", "htmx:error: Failed to fetch")  # no fault of a script
PATIENCE = 10_000  # milliseconds that a browser waits for anything


class LiveServer:
    """The site as gunicorn serves it; `app` and `make` reach the same database from the test.

    With `at`, a moment in UTC, the site believes that it is then, and its time goes on from there.
    """

    def __init__(self, uri, *, at=None, **settings):
        self.app = database.app_with(uri)
        self.app.test_client_class = SiteClient
        self.make = Factory(self.app)
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self._uri, self._settings = uri, settings
        self._start(at)

    def move_to(self, at):
        """Start the site again at another moment, as if so much time had passed."""
        self._end()
        self._start(at)

    def kill(self):
        """Let the server and its workers die in mid-sentence, as a power cut does."""
        with suppress(ProcessLookupError):
            os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait(timeout=30)

    def restart(self):
        """Start the site again after `kill`, at the same address, on the same database."""
        self._start(self._at)

    def clock(self):
        """Let the test, too, believe that it is the site's time: `with server.clock(): …`."""
        if self._at is None:
            return nullcontext()
        return time_machine.travel(self._at + timedelta(seconds=time.monotonic() - self._began))

    def log_in(self, page, person):
        """Give the browser of `page` the cookie that logging in gives."""
        with self.clock():
            cookie = logged_in(self.app, person).get_cookie("session")
        page.context.add_cookies([{"name": "session", "value": cookie.value, "url": self.url}])

    def _start(self, at):
        self._at, self._began = at, time.monotonic()
        self._process = start_gunicorn(self._uri, self.port, self._settings, at)
        try:
            wait_for(f"{self.url}/healthz", self._process)
        except RuntimeError:
            self.kill()  # or it would go on trying, after the tests are over
            raise

    def _end(self):
        self._process.terminate()
        self._process.wait(timeout=30)

    def stop(self):
        self._end()
        with self.app.app_context():
            db.session.remove()
            db.engine.dispose()


def free_port():
    with closing(socket.socket()) as door:
        door.bind(("127.0.0.1", 0))
        return door.getsockname()[1]


def start_gunicorn(uri, port, settings, at=None):
    """Start the site as deploy/gunicorn.conf.py says; `settings` are environment variables."""
    environment = os.environ | {
        "DATABASE_URL": uri,
        "SECRET_KEY": SECRET,
        "PORT": str(port),
        "WEB_CONCURRENCY": "1",
        "FLASK_PASSWORD_COST": "low",
        "FLASK_SQLITE_SYNCHRONOUS": "NORMAL",
        "FLASK_SESSION_COOKIE_SECURE": "false",
        "FLASK_LOG_LEVEL": "WARNING",
        "FLASK_UPLOADS_FOLDER": str(database.uploads_of(uri)),
    }
    if at is not None:  # a cookie must live even if the tests run years after that moment
        environment |= {"SITE_BEGINS_AT": at.isoformat(), "FLASK_SESSION_DAYS": "20000"}
    site = "wsgi:app" if at is None else "tests.shifted:app"
    command = [sys.executable, "-m", "gunicorn", "-c", "deploy/gunicorn.conf.py", site]
    return subprocess.Popen(command, cwd=ROOT, env=environment | settings, start_new_session=True)


def wait_for(address, process, seconds=60):
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline and process.poll() is None:
        try:
            with urllib.request.urlopen(address, timeout=5):
                return
        except OSError:
            time.sleep(0.05)
    raise RuntimeError(f"the site did not start at {address}")


@pytest.fixture(scope="module")
def live_server(tmp_path_factory):
    """The running site, on SQLite, for all tests of a module."""
    folder = tmp_path_factory.mktemp("live")
    server = LiveServer(database.sqlite_copy(folder / "site.sqlite"))
    yield server
    server.stop()


def launch(playwright):
    """Start the Chromium of this machine, or else the one that Playwright has fetched."""
    found = next(filter(None, map(shutil.which, CHROMIUMS)), None)
    environment = os.environ | {"FONTCONFIG_FILE": fonts()}
    return playwright.chromium.launch(executable_path=found, args=QUIET, env=environment)


def fonts():
    """Let the browser know the Chinese letters that come with the libraries; return the list."""
    path = database.folder() / "fonts.conf"
    ours = "".join(f"<dir>{folder}</dir>" for folder in font_folders())
    path.write_text(FONTS.format(ours=ours, kept=database.folder() / "fonts"))
    return str(path)


@pytest.fixture(scope="session")
def chromium():
    """A browser; pages of it are opened by `open_page`."""
    with sync_playwright() as playwright:
        browser = launch(playwright)
        yield browser
        browser.close()


@pytest.fixture
def open_page(chromium, live_server):
    """Open pages: `open_page("phone", script=False, person=ann)`; all are closed at the end."""
    contexts, problems = [], []

    def open_one(screen="phone", *, script=True, person=None):
        context = chromium.new_context(
            **SCREENS[screen],
            base_url=live_server.url,
            java_script_enabled=script,
            locale="zh-CN",
            timezone_id="Asia/Shanghai",
        )
        contexts.append(context)
        context.set_default_timeout(PATIENCE)
        page = context.new_page()
        _listen(page, problems)
        if person is not None:
            live_server.log_in(page, person)
        return page

    yield open_one
    for context in contexts:
        context.close()
    assert not problems, "\n".join(problems)


def _listen(page, problems):
    page.on("pageerror", lambda error: problems.append(f"a script broke: {error}"))
    page.on(
        "console",
        lambda said: (
            problems.append(said.text)
            if said.type == "error" and not any(known in said.text for known in NO_NETWORK)
            else None
        ),
    )


@pytest.fixture
def phone(open_page):
    return open_page("phone")


@pytest.fixture
def desktop(open_page):
    return open_page("desktop")


@pytest.fixture
def phone_without_script(open_page):
    return open_page("phone", script=False)


@pytest.fixture(params=SCREENS)
def page(request, open_page):
    """A page on a phone, then one on a desktop."""
    return open_page(request.param)
