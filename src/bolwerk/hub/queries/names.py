"""What the things of this room are called where only their URN is known: never a place, never a verdict."""

from collections.abc import Callable, Iterable
from typing import Any
from uuid import UUID

from django.db.models import Model
from django.utils.translation import gettext as _

from bolwerk.hub.models import Assessment, Exclusion, Finding, Job, WorkList
from bolwerk.hub.queries.catalogue import rule_title, sources

LISTS = "urn:bolwerk:hub:list:"
FINDINGS = f"{LISTS}findings"
SOURCE = "urn:bolwerk:hub:source:"
THINGS: dict[str, tuple[type[Model], Callable[[Any], str]]] = {
    "finding": (Finding, lambda one: _("finding %(code)s") % {"code": one.code}),
    "assessment": (
        Assessment,
        lambda one: (
            _("assessment %(version)s of %(source)s") % {"version": one.version, "source": source_name(one.source)}
        ),
    ),
    "job": (Job, lambda one: str(one.get_kind_display()).lower()),
    "worklist": (WorkList, lambda one: _("a work list of %(rule)s") % {"rule": rule_title(one.rule)}),
    "exclusion": (Exclusion, lambda one: _("an exclusion of %(rule)s") % {"rule": rule_title(one.rule)}),
}


def source_name(code: str) -> str:
    """What a register or a rule is called."""
    text = sources().get(code)
    return str(text.title) if text else code


def names_of(urns: Iterable[str]) -> dict[str, str]:
    """The names of those things that exist, by URN."""
    wanted = list(urns)
    lists = {f"{LISTS}{name}": str(label) for name, label in list_names().items()}
    named = {urn: lists[urn] for urn in wanted if urn in lists}
    named |= {urn: source_name(urn.removeprefix(SOURCE)) for urn in wanted if urn.startswith(SOURCE)}
    for kind, (model, name) in THINGS.items():
        keys = {key: urn for urn in wanted if (key := _key(urn, kind))}
        rows = model._default_manager.filter(pk__in=keys) if keys else []
        named |= {keys[row.pk]: name(row) for row in rows}
    return named


def list_names() -> dict[str, str]:
    """What the lists of this room are called."""
    return {
        "findings": _("the list of findings"),
        "map": _("the map of findings"),
        "sources": _("registers and rules"),
        "left_out": _("what was refused or not linked"),
        "jobs": _("what was read and worked out"),
        "exclusions": _("the exclusions"),
        "yields": _("how often rules are right"),
        "worklists": _("the work lists"),
        "outlook": _("the look ahead by area"),
        "errors": _("what is to be told to keepers of registers"),
    }


def _key(urn: str, kind: str) -> UUID | None:
    start = f"urn:bolwerk:hub:{kind}:"
    try:
        return UUID(urn.removeprefix(start)) if urn.startswith(start) else None
    except ValueError:  # never one of ours
        return None
