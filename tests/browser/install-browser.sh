#!/bin/sh
# Find a Chromium for the tests, or fetch one: $1 is the Python that has Playwright.
set -eu

for name in chromium chromium-browser google-chrome google-chrome-stable; do
    if command -v "$name" >/dev/null 2>&1; then
        exit 0
    fi
done

if "$1" - <<'PY'
import pathlib, sys
from playwright.sync_api import sync_playwright
with sync_playwright() as playwright:
    sys.exit(not pathlib.Path(playwright.chromium.executable_path).exists())
PY
then
    exit 0
fi

if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
    echo "Fetching Chromium for the browser tests (once) ..."
    if apt-get update -qq && apt-get install -y -qq --no-install-recommends chromium >/dev/null; then
        exit 0
    fi
fi

echo "Fetching Playwright's Chromium for the browser tests (once) ..."
if "$1" -m playwright install chromium; then
    exit 0
fi

echo "The browser tests need Chromium. Please install the package 'chromium' of your system" >&2
echo "and run 'make test' again." >&2
exit 1
