"""What the pages of the norm need."""

from collections.abc import Mapping
from typing import Any

from django import template

register = template.Library()


@register.filter
def at(mapping: Mapping[str, Any], key: str) -> Any:
    """What stands at a key: a template cannot ask that with a key of its own."""
    return mapping[key]
