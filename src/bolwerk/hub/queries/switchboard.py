"""How every source stands: on or off, on which assessment, and why it cannot be switched on (yet)."""

from dataclasses import dataclass, replace
from datetime import date, timedelta

from django.db import models
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from bolwerk.hub.access import assessments, in_use
from bolwerk.hub.models import Assessment, Decision, Source, SwitchChange
from bolwerk.hub.queries.catalogue import SourceText, are_met, either, sources
from bolwerk.hub.rules.assessments import Standing

SOON = timedelta(days=42)  # six weeks: time to have an assessment looked at again before it expires


class State(models.TextChoices):
    """How a source stands on a day, in the words of the list."""

    ON = "on", _("On")
    READY = "ready", _("Off, can be switched on")
    WAITING = "waiting", _("Off, waits for the privacy officer")
    NOT_ASSESSED = "not_assessed", _("Off, no assessment yet")
    LAPSED = "lapsed", _("Off, the assessment no longer holds")


TONES = {State.ON: "good", State.READY: "", State.WAITING: "attention", State.LAPSED: "attention"}


@dataclass(frozen=True)
class Stand:
    """One source on a day. `valid` is the assessment it could rest on now."""

    text: SourceText
    state: State
    versions: tuple[Assessment, ...]  # its assessments, the newest first
    valid: Assessment | None
    row: Source | None
    needs_off: tuple[tuple[SourceText, ...], ...] = ()  # what a rule needs and is not in use; of each one will do

    @property
    def newest(self) -> Assessment | None:
        """Its last assessment."""
        return self.versions[0] if self.versions else None

    @property
    def code(self) -> str:
        """Its code: the name of a register, or the id of a rule."""
        return self.text.code

    @property
    def urn(self) -> str:
        """The name by which the trail refers to it."""
        return f"urn:bolwerk:hub:source:{self.code}"

    @property
    def is_rule(self) -> bool:
        """Whether it is a rule."""
        return self.text.is_rule

    @property
    def is_register(self) -> bool:
        """Whether it is a register."""
        return not self.text.is_rule

    @property
    def is_on(self) -> bool:
        """Whether it is in use."""
        return self.state is State.ON

    @property
    def tone(self) -> str:
        """How the state looks."""
        return TONES.get(self.state, "quiet")

    @property
    def version(self) -> int:
        """Counts how often it was switched."""
        return self.row.version if self.row else 0

    def expires_soon(self, *, on: date) -> bool:
        """Whether what it rests on needs to be renewed within weeks."""
        return self.is_on and self.valid is not None and self.valid.valid_until - on <= SOON


def stands(*, on: date) -> dict[str, Stand]:
    """Every source as it stands on a day. Two queries."""
    rows = {row.code: row for row in Source.objects.select_related("rests_on")}
    written: dict[str, list[Assessment]] = {}
    for one in assessments():  # newest first
        written.setdefault(one.source, []).append(one)
    texts = sources()
    found = {code: _stand(text, rows.get(code), written.get(code, []), on) for code, text in texts.items()}
    on_now = {code for code, stand in found.items() if stand.is_on}
    for code, stand in found.items():
        missing = (need for need in stand.text.needs if need != code and not are_met([need], on_now))
        off = tuple(tuple(texts[one] for one in either(need)) for need in missing)
        found[code] = replace(stand, needs_off=off)
    return found


def _stand(text: SourceText, row: Source | None, written: list[Assessment], on: date) -> Stand:
    valid = next((one for one in written if one.standing(on=on) is Standing.VALID), None)
    if row is not None and row.is_on and row.rests_on is not None and row.rests_on.valid_until >= on:
        state = State.ON
    elif valid is not None:
        state = State.READY
    elif not written:
        state = State.NOT_ASSESSED
    else:
        state = State.WAITING if written[0].standing(on=on) is Standing.WAITING else State.LAPSED
    return Stand(text, state, tuple(written), valid, row)


def rules_that_need(code: str, *, on: date) -> list[SourceText]:
    """The rules that give no answer without this register, as things are on a day; for a rule, none. One query.

    Not a rule for which another register that is in use says the same.
    """
    left = in_use(on=on) - {code}
    return [
        text
        for text in sources().values()
        if text.is_rule and any(code in either(need) and not are_met([need], left) for need in text.needs)
    ]


def text_of(assessment: Assessment | None) -> dict[str, object]:
    """What an assessment says, to begin the next version with; its decision and term are new each time."""
    same = ("purpose", "legal_basis", "processing_activity", "reference", "decided_by")
    return {name: getattr(assessment, name) for name in same} if assessment else {}


def decisions_about(code: str) -> QuerySet[Decision]:
    """What was said of any assessment of a source."""
    return Decision.objects.filter(assessment__source=code).select_related("assessment", "by")


def switches_of(code: str) -> QuerySet[SwitchChange]:
    """Every time a source was switched, newest first."""
    return SwitchChange.objects.filter(source=code).select_related("by").order_by("-number")
