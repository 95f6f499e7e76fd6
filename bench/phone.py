"""The first visit on a phone: bytes over the wire, and what Lighthouse says."""

import json
import os
import re
import shutil
import subprocess
import urllib.request
from pathlib import Path
from statistics import median
from typing import Final

from bench.databases import folder
from bench.server import Server

LIGHTHOUSE: Final = "lighthouse@12.8.2"
BROWSERS: Final = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
FLAGS: Final = (
    "--headless=new --no-sandbox --disable-background-networking --disable-component-update "
    "--no-first-run --disable-sync --disable-quic"
)
CATEGORIES: Final = ("performance", "accessibility", "best-practices", "seo")
LINKED: Final = re.compile(r'(?:<script src|<link rel="stylesheet" href)="([^"]+)"')
RUNS: Final = 3


def first_visit(server: Server) -> dict[str, float]:
    """Return the kB (1,000 bytes) of the first page and of each style sheet and script of it."""
    page, html = _fetch(server, "/")
    sizes = {"/": len(page) / 1000}
    for path in LINKED.findall(html):
        sizes[path] = len(_fetch(server, path)[0]) / 1000
    return sizes


def lighthouse(server: Server) -> tuple[dict[str, float], str]:
    """Return the scores of 0 to 100 by category, and of how many runs they are the middle.

    There are none if Lighthouse cannot be had here, or if every run broke.
    """
    program, browser = _program(), next(filter(None, map(shutil.which, BROWSERS)), None)
    if program is None or browser is None:
        return {}, "not to be had here: it needs npm and Chromium"
    address = f"http://127.0.0.1:{server.port}/"
    runs = [run for _ in range(RUNS) if (run := _scores(program, browser, address))]
    scores = {name: median(run[name] for run in runs) for name in CATEGORIES if runs}
    return scores, f"{len(runs)} of {RUNS} runs came to an end"


def _fetch(server: Server, path: str) -> tuple[bytes, str]:
    request = urllib.request.Request(
        f"http://127.0.0.1:{server.port}{path}", headers={"Accept-Encoding": "br, gzip"}
    )
    plain = urllib.request.Request(f"http://127.0.0.1:{server.port}{path}")
    with urllib.request.urlopen(request) as answer, urllib.request.urlopen(plain) as readable:
        return answer.read(), readable.read().decode()


def _program() -> Path | None:
    """Return Lighthouse, fetched once from npm; None without npm or where it is not to be had."""
    home = folder() / "lighthouse"
    program = home / "node_modules" / ".bin" / "lighthouse"
    if not program.exists() and shutil.which("npm"):
        home.mkdir(exist_ok=True)
        fetch = ["npm", "install", "--silent", "--no-audit", "--no-fund", LIGHTHOUSE]
        subprocess.run(fetch, cwd=home, check=False, capture_output=True)
    return program if program.exists() else None


def _scores(program: Path, browser: str, address: str) -> dict[str, float]:
    """Return the scores of one run; none if it broke, as a browser sometimes does at its start."""
    said = subprocess.run(
        [
            program,
            address,
            "--quiet",
            "--output=json",
            f"--only-categories={','.join(CATEGORIES)}",
            f"--chrome-flags={FLAGS}",
        ],
        check=False,
        capture_output=True,
        env=os.environ | {"CHROME_PATH": browser},
    )
    if said.returncode:
        return {}
    report = json.loads(said.stdout)
    return {name: round(report["categories"][name]["score"] * 100) for name in CATEGORIES}
