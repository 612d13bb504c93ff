"""What somebody wants to send, before it is drafted."""

from dataclasses import dataclass, field
from typing import Any
from uuid import UUID


@dataclass(frozen=True)
class Sending:
    """Something that somebody wants to send: figures, a card, what became of one."""

    kind: str
    item: UUID
    title: str
    content: dict[str, Any]
    licence: str = "CC-BY-4.0"
    language: str = "nl"
    provenance: list[dict[str, Any]] = field(default_factory=list)
