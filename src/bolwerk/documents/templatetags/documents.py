"""Documents on a page: `{% load documents %}`."""

from dataclasses import dataclass
from typing import Any

from django import template
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from bolwerk.documents.access import link_to
from bolwerk.documents.cleaning.formats import SOUNDS
from bolwerk.documents.models import Document
from bolwerk.documents.rules import REMOVABLE, Part

register = template.Library()


@dataclass(frozen=True)
class Shown:
    """A document as a page shows it: its lasting address, and a small picture by a link of a few minutes."""

    document: Document
    href: str
    picture: str
    label: str
    remove: str = ""
    sound: str = ""


def _shown(request: HttpRequest, document: Document, number: int, *, removable: bool = False) -> Shown:
    picture = link_to(request, document, Part.THUMBNAIL) if document.has_thumbnail else ""
    sound = link_to(request, document, Part.CONTENT) if document.format in SOUNDS else ""
    label = _("Photo %(number)d") % {"number": number} if picture else document.name
    remove = reverse("documents:remove", args=[document.pk]) if removable and document.kind in REMOVABLE else ""
    return Shown(document, reverse("documents:document", args=[document.pk]), picture, label, remove, sound)


@register.inclusion_tag("documents/parts/documents.html", takes_context=True)
def documents_part(
    context: dict[str, Any], documents: list[Document], title: str = "", *, removable: bool = False
) -> dict[str, Any]:
    """`{% documents_part documents title %}`: photos as small pictures, other files as a list. Nothing when empty.

    `removable=True` on a page of whoever may take photos and files away.
    """
    request = context["request"]
    numbered = enumerate(documents, start=1)
    shown = [_shown(request, document, number, removable=removable) for number, document in numbered]
    return {
        "photos": [one for one in shown if one.picture],
        "files": [one for one in shown if not one.picture],
        "title": title,
    }


@register.inclusion_tag("documents/parts/waiting.html", takes_context=True)
def waiting_part(context: dict[str, Any], documents: list[Document]) -> dict[str, Any]:
    """`{% waiting_part documents %}`, inside a form: what was uploaded with it before, each with a tick."""
    request = context["request"]
    return {"waiting": [_shown(request, document, number) for number, document in enumerate(documents, start=1)]}
