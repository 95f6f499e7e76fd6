"""Set one sheet: its data as JSON on standard input, its PDF on standard output.

Run as a program of its own, so that the 100 MB and more that typesetting takes are given back and
a worker of the site stays small.
"""

import sys

import typst


def set_sheet(template: str, fonts_in: str, sheet: str) -> bytes:
    """Return the PDF of a template filled with `sheet`: archivable, tagged, without a clock."""
    fonts = typst.Fonts(
        include_system_fonts=False, include_embedded_fonts=False, font_paths=[fonts_in]
    )
    return typst.compile(
        template,
        font_paths=fonts,
        sys_inputs={"sheet": sheet},
        pdf_standards=["a-2a", "ua-1"],
        timestamp=0,
    )


if __name__ == "__main__":
    _, template, fonts_in = sys.argv
    sys.stdout.buffer.write(set_sheet(template, fonts_in, sys.stdin.buffer.read().decode()))
