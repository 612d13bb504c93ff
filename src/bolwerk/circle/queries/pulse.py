"""Where a run is, read at most every so often by one process and shared by all who ask: sixty phones, one question."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from threading import Lock
from uuid import UUID

from bolwerk.circle.models import Intervision
from bolwerk.circle.queries.runs import Stage, stage_without_people
from bolwerk.circle.rules.intervision import OVER, Hat, Timer

EVERY = 0.1  # seconds: how old the number may be that a screen is told
MOST = 200  # runs that one process remembers


@dataclass
class Snapshot:
    """A run as it was a moment ago, with what was drawn of it so far, by language and hat."""

    version: int
    sent: int
    run: Intervision
    read_at: float  # of a clock that only goes on
    since: float = float("-inf")  # when this process saw that the version had changed; long ago when it never did
    drawn: dict[tuple[str, Hat], tuple[str, str]] = field(default_factory=dict)
    reading: Lock = field(default_factory=Lock)

    @property
    def is_over(self) -> bool:
        """Whether nothing changes any more."""
        return self.run.state in OVER

    @property
    def timer(self) -> Timer:
        """The timer of the phase."""
        return self.run.timer

    def hat_of(self, seat: UUID | None) -> Hat:
        """As what somebody sits there: by the key of the participant, or None for who only leads."""
        if seat is None:
            return Hat.LEADER
        return Hat.SUBMITTER if self.run.case and self.run.case.author_id == seat else Hat.MEMBER


_snapshots: dict[UUID, Snapshot] = {}


def forget_snapshots() -> None:
    """Begin anew: for tests, in which many databases live in one process."""
    _snapshots.clear()


def snapshot_of(run_id: UUID, *, now: float) -> Snapshot | None:
    """The run, at most `EVERY` seconds old; None when there is none. One asks the database, the others do not wait."""
    known = _snapshots.get(run_id)
    if known is None:
        return _read(run_id, now=now)
    if now - known.read_at >= EVERY and known.reading.acquire(blocking=False):
        try:
            return _again(run_id, known, now=now)
        finally:
            known.reading.release()
    return known


def _again(run_id: UUID, known: Snapshot, *, now: float) -> Snapshot | None:
    found = Intervision.objects.filter(pk=run_id).order_by().values_list("version", "sent").first()
    if found is None or found[0] != known.version:
        return _read(run_id, now=now)
    known.sent, known.read_at = found[1], now
    return known


def _read(run_id: UUID, *, now: float) -> Snapshot | None:
    run = Intervision.objects.select_related("circle", "case").filter(pk=run_id).first()
    if run is None:
        _snapshots.pop(run_id, None)
        return None
    if len(_snapshots) >= MOST:
        _snapshots.clear()
    known = _snapshots.get(run_id)
    since = float("-inf") if known is None else now if known.version != run.version else known.since
    _snapshots[run_id] = Snapshot(run.version, run.sent, run, now, since)
    return _snapshots[run_id]


def went_on(run_id: UUID, *, now: float) -> None:
    """Somebody pressed in this process: what is known of the run is old from here on."""
    known = _snapshots.get(run_id)
    if known is not None:
        known.since, known.read_at = now, float("-inf")


def changed_at(run_id: UUID) -> float:
    """When this process saw that a run had gone on; asks nothing of the database."""
    known = _snapshots.get(run_id)
    return float("-inf") if known is None else known.since


def drawn(
    snapshot: Snapshot, hat: Hat, language: str, *, at: datetime, draw: Callable[[Stage], tuple[str, str]]
) -> tuple[str, str]:
    """What a phone shows to people with this hat, and what is said of it: the same for all, so drawn once a version."""
    found = snapshot.drawn.get((language, hat))
    if found is None:
        stage = stage_without_people(snapshot.run, hat, at=at)
        found = snapshot.drawn.setdefault((language, hat), draw(stage))
    return found
