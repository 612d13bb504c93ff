"""Vaults in Zilverdam: whose they are, the trustees, sealed notes, and somebody who forgot her phrase."""

from datetime import datetime

from bolwerk.audit.actions import SYSTEM
from bolwerk.demo.content import read
from bolwerk.demo.people import Town
from bolwerk.vault import actions
from bolwerk.vault.opened import OpenVault
from bolwerk.vault.queries import mark_of, trustees_for

PHRASE = "zeven zwanen drijven langs de oude gracht"  # printed by the demo, good for nothing else


def owners() -> list[str]:
    """The names of everybody who has a vault, the trustees last."""
    vaults = read("vaults")
    return [*vaults["owners"], *vaults["trustees"]]


def furnish(town: Town, *, at: datetime) -> None:
    """Make the vaults, let everybody agree with the trustees, seal the notes, and let one person ask for help."""
    vaults = {name: _vault(town, name, at) for name in owners()}
    content = read("vaults")
    for name in content["trustees"]:
        actions.appoint_trustee(person=town.people[name], by=SYSTEM, at=at)
        actions.accept_trust(vault=vaults[name], at=at)
    for vault in vaults.values():
        seen = mark_of(person.pk for person in trustees_for(vault.person))
        actions.split_over_trustees(vault=vault, seen=seen, at=at)
    for note in content["notes"]:
        readers = [town.people[name] for name in note["readers"]]
        words = actions.Words(note["subject"], note["text"].strip())
        actions.seal_note(author=town.people[note["author"]], readers=readers, words=words, at=at)
    forgot = content["forgot"]
    actions.ask_for_owner(person=town.people[forgot["name"]], phrase=PHRASE, reason=forgot["reason"], at=at)


def _vault(town: Town, name: str, at: datetime) -> OpenVault:
    vault, _code = actions.make_vault(person=town.people[name], phrase=PHRASE, at=at)
    return vault
