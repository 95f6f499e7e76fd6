"""How states of designs are called."""

from typing import Final

from volunteer_site.core.words import lazy_gettext as _l

STATES: Final = {  # what it is called, and the tone of its tag
    "proposed": (_l("waits for an answer"), "info"),
    "approved": (_l("is a badge now"), "good"),
    "refused": (_l("not approved"), "bad"),
    "withdrawn": (_l("withdrawn by its designer"), ""),
}
