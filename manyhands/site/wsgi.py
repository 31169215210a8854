"""The way in for a web server (WSGI). Whichever server it is, unsafe settings are refused here."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "manyhands.site.settings")

application = get_wsgi_application()

from manyhands.site import unsafe  # noqa: E402 - it reads the models, which are there from now on

unsafe.refuse()
