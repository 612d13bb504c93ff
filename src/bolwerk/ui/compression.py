"""Pages that may go out compressed: those in which nothing stands that a stranger can choose.

Compression beside a secret tells that secret to whoever can put a guess into the same page and watch its length
(BREACH). So pages are not compressed, and this is the exception that a view asks for: only an answer to a GET without
any question in its address, so that no part of the page comes from whoever made the link; the token in its forms is
masked anew in every answer.
"""

import gzip
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.cache import patch_vary_headers


def may_be_compressed(request: HttpRequest, response: HttpResponse) -> bool:
    """Whether this answer holds nothing that came with the request, and the browser unpacks it."""
    asked_for_nothing = request.method == "GET" and not request.META.get("QUERY_STRING")
    return asked_for_nothing and response.status_code == 200 and "gzip" in request.headers.get("Accept-Encoding", "")


def compressed_page(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Let a view answer compressed where that is safe. Below `signed_in` or `everybody`."""

    @wraps(view)
    def small(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response = view(request, *args, **kwargs)
        patch_vary_headers(response, ["Accept-Encoding"])
        if may_be_compressed(request, response):
            response.content = gzip.compress(response.content, compresslevel=6, mtime=0)
            response.headers["Content-Encoding"] = "gzip"
        return response

    return small
