"""Names behind URNs. Each app knows its own (NAME_OF); a thing without a name keeps the end of its URN."""

from collections.abc import Iterable

from django.conf import settings
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _

from bolwerk.audit.rules.things import CHAIN, HEAD, PEER, PROCESSING, SYSTEM, TRAIL, app_of

END = 8  # signs of a URN that tell two things of one kind apart


def names_of(urns: Iterable[str]) -> dict[str, str]:
    """What these URNs are called, for those that have a name. One question to each app that is concerned."""
    by_app: dict[str, set[str]] = {}
    for urn in urns:
        by_app.setdefault(app_of(urn), set()).add(urn)
    names = _own_names() | {urn: urn.removeprefix(PEER) for urn in by_app.get("audit", ()) if urn.startswith(PEER)}
    for app, wanted in by_app.items():
        if address := settings.NAME_OF.get(app):
            names |= import_string(address)(sorted(wanted))
    return names


def urn_named(text: str) -> str | None:
    """The URN of what somebody names by its number, or None when no app knows it."""
    return next((urn for address in settings.URN_NAMED if (urn := import_string(address)(text))), None)


def name_in(names: dict[str, str], urn: str) -> str:
    """The name of a URN among `names`, else what can be read from the URN itself."""
    return names.get(urn) or _readable(urn)


def _own_names() -> dict[str, str]:
    return {
        SYSTEM: _("Bolwerk itself"),
        HEAD: _("the end of the log"),
        CHAIN: _("the whole log"),
        TRAIL: _("the log"),
        PROCESSING: _("the processing log"),
    }


def _readable(urn: str) -> str:
    """ "incidents incident …1f0c9a2b" of urn:bolwerk:incidents:incident:<uuid>."""
    *kind, end = urn.removeprefix("urn:").removeprefix("bolwerk:").split(":")
    short = f"…{end[-END:]}" if len(end) > 2 * END else end
    return " ".join([*kind, short])
