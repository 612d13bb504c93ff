"""The application as a server sees it."""

import os
from collections.abc import Iterable
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from django.conf import settings
from django.core.wsgi import get_wsgi_application

from bolwerk.config.places import AT_WORK, Incoming, Outgoing, Places
from bolwerk.config.serving import leave_with_server

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIEnvironment

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bolwerk.config.settings")
_application = get_wsgi_application()
_places = Places(AT_WORK)
leave_with_server()


def application(environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
    """Answer one request. Its scheme is that of the public address: the proxy in front speaks plain HTTP to us.

    Taking it from our own setting leaves nothing to believe in a header that anybody could send.
    """
    environ["wsgi.url_scheme"] = urlsplit(settings.BOLWERK_BASE_URL).scheme
    environ["wsgi.input"] = Incoming(environ["wsgi.input"], _places)
    with _places.at_work():
        answer = _application(environ, start_response)
        if getattr(answer, "streaming", False):
            return Outgoing(answer, _places)
        try:
            return list(answer)  # all of it is there: whoever takes it in slowly keeps no thread
        finally:
            answer.close()
