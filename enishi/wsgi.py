"""The web process."""

import os

from django.core.wsgi import get_wsgi_application

from enishi.kit import patience

patience.of_pages()
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "enishi.settings")
application = get_wsgi_application()
