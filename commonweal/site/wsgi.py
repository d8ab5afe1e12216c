"""The door that gunicorn opens."""

from django.core.wsgi import get_wsgi_application

application = get_wsgi_application()

from commonweal.site import startup  # noqa: E402  (needs the rooms to be loaded)

startup.refuse_unless_safe()
