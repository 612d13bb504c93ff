"""What vaults and what is in them are called where only their URN is known. Whose it is stays with who may see it."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

PREFIX = "urn:bolwerk:vault:"


def names_of(urns: Iterable[str]) -> dict[str, str]:
    """The kind of each thing: "a sealed envelope". A name would tell who shares secrets with whom."""
    kinds = {
        "key": _("a vault"),
        "envelope": _("something that is sealed"),
        "note": _("a sealed note"),
        "notes": _("the sealed notes"),
        "request": _("a request to open a vault"),
        "trustee": _("a trusteeship"),
        "ring": _("the key ring"),
        "retention": _("how long something is kept"),
        "ledger": _("the ledger of what was erased"),
        "hold": _("something that must stay"),
        "holds": _("the list of what must stay"),
    }
    found = {urn: kinds.get(urn.removeprefix(PREFIX).split(":")[0]) for urn in urns if urn.startswith(PREFIX)}
    return {urn: name for urn, name in found.items() if name}
