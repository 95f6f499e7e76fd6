"""What gunicorn and `flask --app wsgi` start."""

from volunteer_site import create_app

app = create_app()
