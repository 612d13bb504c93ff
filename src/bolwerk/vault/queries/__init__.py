"""Read-only answers of the vault."""

from bolwerk.vault.queries.doors import doors
from bolwerk.vault.queries.files import read_protected_file
from bolwerk.vault.queries.notes import people_with_a_vault, reader_names, readers_of
from bolwerk.vault.queries.own import Loss, OwnVault, has_vault, loss_of_starting_over, own_vault
from bolwerk.vault.queries.trustees import (
    Escrow,
    can_be_opened,
    coverage,
    escrow_of,
    is_invited,
    is_trustee,
    mark_of,
    running_trustees,
    trustee_keys,
    trustees_for,
)
from bolwerk.vault.queries.words import suggested_phrase

__all__ = [
    "Escrow",
    "Loss",
    "OwnVault",
    "can_be_opened",
    "coverage",
    "doors",
    "escrow_of",
    "has_vault",
    "is_invited",
    "is_trustee",
    "loss_of_starting_over",
    "mark_of",
    "own_vault",
    "people_with_a_vault",
    "read_protected_file",
    "reader_names",
    "readers_of",
    "running_trustees",
    "suggested_phrase",
    "trustee_keys",
    "trustees_for",
]
