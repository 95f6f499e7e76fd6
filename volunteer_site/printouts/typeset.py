"""Set one sheet: its data as JSON on standard input, its PDF or PNG on standard output.

Run as a program of its own, so that the 100 MB and more that typesetting takes are given back and
a worker of the site stays small.
"""

import sys
from typing import Any

import typst

FORMS: dict[str, dict[str, Any]] = {
    "pdf": {"pdf_standards": ["a-2a", "ua-1"], "timestamp": 0},  # archivable, tagged, no clock
    "png": {"format": "png", "ppi": 72},  # a point is a pixel
    "preview": {"format": "png", "ppi": 54},  # the first page, to be looked at on a screen
}


def set_sheet(form: str, template: str, fonts_in: list[str], sheet: str) -> bytes:
    """Return the PDF or PNG of a template filled with `sheet`."""
    fonts = typst.Fonts(
        include_system_fonts=False, include_embedded_fonts=False, font_paths=fonts_in
    )
    made: bytes | list[bytes] = typst.compile(
        template, font_paths=fonts, sys_inputs={"sheet": sheet}, **FORMS[form]
    )
    return made if isinstance(made, bytes) else made[0]


if __name__ == "__main__":
    _, form, template, *fonts_in = sys.argv
    sys.stdout.buffer.write(set_sheet(form, template, fonts_in, sys.stdin.buffer.read().decode()))
