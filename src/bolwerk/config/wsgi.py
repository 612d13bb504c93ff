"""The application as a server sees it."""

import gc
import os
from collections.abc import Iterable
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.urls import get_resolver

from bolwerk.config.places import AT_WORK, Incoming, Outgoing, Places
from bolwerk.config.serving import leave_with_server

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIEnvironment

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bolwerk.config.settings")
_application = get_wsgi_application()
_places = Places(AT_WORK)
leave_with_server()


def stand_ready() -> None:
    """Load every page now, not while the first visitor waits, and leave all of it alone from then on.

    Now and then Python looks through everything it has for what nobody uses any more, and until it is through nobody is
    served: a fifth of a second each time. What is loaded stays, so it need not be looked through (`gc.freeze`).
    """
    _ = get_resolver().reverse_dict  # the only way to ask for all addresses, those of every room too
    gc.collect()
    gc.freeze()


stand_ready()


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
