"""What gunicorn and `flask --app wsgi` start."""

import sys

from volunteer_site import create_app
from volunteer_site.core.settings import WrongSetting

NOT_STARTED = 3  # the status at which gunicorn stops, instead of trying again for ever

try:
    app = create_app()
except WrongSetting as wrong:
    sys.stderr.write(f"{wrong}\n")
    sys.exit(NOT_STARTED)
