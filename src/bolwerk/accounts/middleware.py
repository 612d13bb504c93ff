"""The language of who signed in, and the last line of defence: nothing is reachable that did not declare to whom."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import translation

from bolwerk.accounts.access import declared_access as access_of
from bolwerk.accounts.models import Person


def own_language(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Middleware: the language of the profile, unless this browser was told another one."""

    def middleware(request: HttpRequest) -> HttpResponse:
        person = request.user
        if isinstance(person, Person) and person.language and settings.LANGUAGE_COOKIE_NAME not in request.COOKIES:
            translation.activate(person.language)
            request.LANGUAGE_CODE = translation.get_language()
        return get_response(request)

    return middleware


class declared_access:  # noqa: N801  middleware is named as a function in settings; it needs process_view
    """Middleware: answer 404 for a view without declared access."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, _request: HttpRequest, view: Callable[..., HttpResponse], _args: list[Any], _kwargs: dict[str, Any]
    ) -> None:
        """Refuse undeclared views."""
        if access_of(view) is None:
            raise Http404
