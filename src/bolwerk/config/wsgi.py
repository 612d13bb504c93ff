"""The application as a server sees it."""

import os
from collections.abc import Iterable
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from django.conf import settings
from django.core.wsgi import get_wsgi_application

from bolwerk.config.serving import leave_with_server

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIEnvironment

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bolwerk.config.settings")
_application = get_wsgi_application()
leave_with_server()


def application(environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
    """Answer one request. Its scheme is that of the public address: the proxy in front speaks plain HTTP to us.

    Taking it from our own setting leaves nothing to believe in a header that anybody could send.
    """
    environ["wsgi.url_scheme"] = urlsplit(settings.BOLWERK_BASE_URL).scheme
    return _application(environ, start_response)
