"""Processing activities: the register of AVG article 30, with versions, because a line must keep what held then."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from typing import Any

MEANT_FOR_PEOPLE = ("name", "purpose", "legal_basis", "people", "data", "recipients", "kept")


class ActivitiesRefusedError(ValueError):
    """A file with activities is not right; the message says what to change."""


class UnknownActivityError(LookupError):
    """No register has an activity with this code: a line would not say what for."""


@dataclass(frozen=True)
class Activity:
    """One processing activity. `verified` says that the municipality stands behind it, above all its legal basis."""

    code: str
    version: int
    name: str
    purpose: str
    legal_basis: str
    people: str
    data: str
    recipients: str
    kept: str
    verified: bool = False

    @property
    def path(self) -> str:
        """Where its page is, from the address of the installation: the versioned id of the standard."""
        return path_of(self.code, self.version)


def path_of(code: str, version: int) -> str:
    """The path of the page of one version of an activity."""
    return f"/verwerkingen/{code}/{version}/"


def read_activities(entries: Any, *, source: str) -> list[Activity]:
    """Activities from what a YAML file holds. Raises ActivitiesRefusedError, which names the entry and the fault."""
    if not isinstance(entries, list):
        raise ActivitiesRefusedError(f"{source}: a list of activities is expected.")
    return [_activity(entry, f"{source}, activity {number}") for number, entry in enumerate(entries, start=1)]


def _activity(entry: Any, where: str) -> Activity:
    if not isinstance(entry, Mapping):
        raise ActivitiesRefusedError(f"{where}: name and value pairs are expected.")
    known = {field.name for field in fields(Activity)}
    if unknown := sorted(set(map(str, entry)) - known):
        raise ActivitiesRefusedError(f"{where}: unknown words: {', '.join(unknown)}.")
    missing = [name for name in ("code", "version", *MEANT_FOR_PEOPLE) if not entry.get(name)]
    if missing:
        raise ActivitiesRefusedError(f"{where}: {', '.join(missing)} must be there.")
    version = entry["version"]
    if not isinstance(version, int) or version < 1:
        raise ActivitiesRefusedError(f"{where}: the version is a whole number from 1.")
    words = {name: " ".join(str(entry[name]).split()) for name in MEANT_FOR_PEOPLE}
    return Activity(str(entry["code"]), version, verified=entry.get("verified") is True, **words)


def joined(registers: Iterable[Iterable[Activity]]) -> dict[tuple[str, int], Activity]:
    """One register of several: what comes later replaces the same version of an activity, and adds others."""
    return {(activity.code, activity.version): activity for register in registers for activity in register}


def current(register: Mapping[tuple[str, int], Activity], code: str) -> Activity:
    """The newest version of an activity. Raises UnknownActivityError."""
    versions = [activity for (known, _version), activity in register.items() if known == code]
    if not versions:
        raise UnknownActivityError(code)
    return max(versions, key=lambda activity: activity.version)
