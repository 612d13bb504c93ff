"""Nothing is reachable that did not declare to whom: the last line of defence behind `make check`."""

from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse

from bolwerk.accounts.access import declared_access as access_of


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
