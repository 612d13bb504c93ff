"""Runs of a case: what stands on a screen or a phone now, and what can be looked back at."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from bolwerk.accounts.models import Person
from bolwerk.circle.access import taking_part_on
from bolwerk.circle.models import (
    Case,
    Circle,
    Contribution,
    Intervision,
    Participant,
    Present,
    Session,
    Tally,
    Voted,
)
from bolwerk.circle.queries.deidentify import quick_hits
from bolwerk.circle.queries.methods import in_language, phases_of
from bolwerk.circle.rules.cases import CaseState
from bolwerk.circle.rules.intervision import (
    LIVE,
    OVER,
    Duty,
    Hat,
    RunState,
    Sent,
    duty_of,
    sends,
    shown_counts,
)
from bolwerk.circle.rules.methods import Form, Phase
from bolwerk.ui.content import content_language

Run = Intervision  # for views, which know no models
OneSession = Session
WRITTEN = frozenset({Form.WRITE, Form.WRITE_NAMELESS, Form.ADVISE})


@dataclass(frozen=True)
class Option:
    """Something to choose, and how many chose it once that may be seen."""

    key: str
    text: str
    votes: int | None = None


@dataclass(frozen=True)
class Yield:
    """What a phase brought."""

    number: int
    title: str
    words: Sequence[Contribution] = ()
    options: Sequence[Option] = ()
    too_few: bool = False  # too few people chose to show how many


@dataclass(frozen=True)
class Stage:
    """What stands on a screen or a phone now."""

    run: Intervision
    method: str
    phases: Sequence[Phase]
    hat: Hat
    case: Case | None
    joined: bool
    left: int
    duty: Duty
    kind: Sent | None
    mine: Sequence[Contribution] = ()
    options: Sequence[Option] = ()
    took_part: bool = False  # sent nameless words, or chose
    brought: Sequence[Yield] = ()
    present: int = 0
    submitter_gone: bool = False

    @property
    def phase(self) -> Phase:
        """The phase in which the group is."""
        return self.phases[self.run.phase]

    @property
    def number(self) -> int:
        """Its place, from 1."""
        return self.run.phase + 1

    @property
    def following(self) -> Phase | None:
        """The phase that comes next."""
        return self.phases[self.number] if self.number < len(self.phases) else None

    @property
    def is_live(self) -> bool:
        """Whether the group is at it, or pauses."""
        return self.run.state in LIVE

    @property
    def picks(self) -> bool:
        """Whether a case is still to be found."""
        return self.is_live and self.phase.choosing and self.run.case_id is None

    @property
    def clock(self) -> str:
        """The time that is left, as minutes and seconds."""
        minutes, seconds = divmod(abs(self.left), 60)
        return f"{'-' if self.left < 0 else ''}{minutes}:{seconds:02}"


def hat_of(run: Intervision, me: Participant | None) -> Hat:
    """As what somebody sits in a run."""
    if me is None:
        return Hat.LEADER
    return Hat.SUBMITTER if run.case and run.case.author_id == me.pk else Hat.MEMBER


def stage_of(run: Intervision, me: Participant | None, person: Person, *, at: datetime, on: date) -> Stage:
    """What this person sees of a run now."""
    method, phases = in_language(run.kept, content_language())
    phase, hat = phases[run.phase], hat_of(run, me)
    live = run.state in LIVE
    duty = duty_of(phase, hat)
    kind = sends(phase, hat) if live else None
    here = list(Present.objects.filter(intervision=run).values_list("person", flat=True))
    mine: list[Contribution] = []
    if me is not None and live:
        mine = list(Contribution.objects.filter(intervision=run, phase=run.phase, by=me))
    nameless = kind is Sent.NAMELESS or duty is Duty.CHOOSE
    picking = live and phase.choosing and run.case_id is None
    return Stage(
        run=run,
        method=method,
        phases=phases,
        hat=hat,
        case=_readable(run.case),
        joined=person.pk in here,
        left=run.timer.seconds(at=at),
        duty=duty,
        kind=kind,
        mine=mine,
        options=choices(run, phase, on=on) if picking or (live and phase.options) else (),
        took_part=nameless and me is not None and took_part(run, run.phase, me),
        brought=brought(run, phases, on=on, until=run.phase),
        present=len(here),
        submitter_gone=live and hat is Hat.LEADER and _is_gone(run, on=on),
    )


def stage_without_people(run: Intervision, hat: Hat, *, at: datetime) -> Stage:
    """What everybody with this hat sees: nothing of one person, of the text of the case or of what it brought."""
    method, phases = in_language(run.kept, content_language())
    phase, live = phases[run.phase], run.state in LIVE
    asks = live and (phase.options or (phase.choosing and run.case_id is None))
    return Stage(
        run=run,
        method=method,
        phases=phases,
        hat=hat,
        case=None,
        joined=True,
        left=run.timer.seconds(at=at),
        duty=duty_of(phase, hat),
        kind=sends(phase, hat) if live else None,
        options=choices(run, phase, on=timezone.localdate(at)) if asks else (),
    )


def _readable(case: Case | None) -> Case | None:
    """The case, unless it was taken back meanwhile."""
    return None if case is None or case.state == CaseState.WITHDRAWN else case


def _is_gone(run: Intervision, *, on: date) -> bool:
    """Whether whoever brought the case is not in the circle any more."""
    return run.case is not None and not taking_part_on(on).filter(pk__in=[run.case.author_id]).exists()


def took_part(run: Intervision, phase: int, me: Participant) -> bool:
    """Whether this participant took part in a phase without names."""
    row = Voted.objects.filter(intervision=run, phase=phase).first()
    return row is not None and str(me.pk) in row.who


def options_of(run: Intervision, phase: Phase, *, on: date) -> list[str]:
    """The keys of what can be chosen in a phase."""
    return [one.key for one in choices(run, phase, on=on)]


def choices(run: Intervision, phase: Phase, *, on: date) -> list[Option]:
    """What can be chosen: cases of people who are here today, or the options of the phase."""
    if not phase.choosing:
        return [Option(str(number), text) for number, text in enumerate(phase.options)]
    return [Option(str(case.pk), case.title) for case in open_cases(run.circle, on=on)]


def open_cases(circle: Circle, *, on: date) -> list[Case]:
    """The cases that a group can work on: shared, not taken back, of somebody who is in the circle today."""
    rows = Case.objects.filter(circle=circle, state__in=(CaseState.SHARED, CaseState.PLANNED))
    rows = rows.filter(author__in=taking_part_on(on).order_by().values("pk"))
    return list(rows.select_related("member__municipality"))


def brought(run: Intervision, phases: Sequence[Phase], *, on: date, until: int | None = None) -> list[Yield]:
    """What the phases brought that the group has left; in a run that is over, all of them."""
    last = len(phases) if until is None or run.state in OVER else until
    numbers = [
        number for number in range(last) if phases[number].form in WRITTEN | {Form.CHOOSE} or _touches(phases[number])
    ]
    if not numbers:
        return []
    words: dict[int, list[Contribution]] = {}
    rows = Contribution.objects.filter(intervision=run, phase__in=numbers).select_related("by__member__municipality")
    for row in rows:
        words.setdefault(row.phase, []).append(row)
    counted = {number for number in numbers if phases[number].form is Form.CHOOSE}
    counts = _counts(run, counted) if counted else {}
    shown = [
        _yield(run, number, phases[number], words.get(number, ()), counts.get(number), on=on) for number in numbers
    ]
    return [one for one in shown if one.words or one.options or one.too_few]


def _touches(phase: Phase) -> bool:
    return sends(phase, Hat.SUBMITTER) is Sent.TOUCHED


def _counts(run: Intervision, numbers: set[int]) -> dict[int, tuple[dict[str, int], bool]]:
    closed = set(Voted.objects.filter(intervision=run, closed=True).values_list("phase", flat=True))
    found: dict[int, tuple[dict[str, int], bool]] = {number: ({}, number in closed) for number in numbers}
    for row in Tally.objects.filter(intervision=run, phase__in=numbers):
        found[row.phase][0][row.option] = row.votes
    return found


def _yield(
    run: Intervision,
    number: int,
    phase: Phase,
    words: Sequence[Contribution],
    counted: tuple[dict[str, int], bool] | None,
    *,
    on: date,
) -> Yield:
    if counted is None or not counted[0]:
        return Yield(number, phase.title, words)
    shown = shown_counts(counted[0], closed=counted[1])
    if shown is None:
        return Yield(number, phase.title, words, too_few=counted[1])
    texts = {one.key: one.text for one in choices(run, phase, on=on)}
    if run.case is not None:
        texts[str(run.case.pk)] = run.case.title
    options = [Option(key, texts[key], votes) for key, votes in shown.items() if key in texts]
    return Yield(number, phase.title, words, sorted(options, key=lambda one: -(one.votes or 0)))


def in_words(stage: Stage) -> str:
    """What a screen reader says when the phase changed."""
    if not stage.is_live:
        return str(RunState(stage.run.state).label)
    words = {"number": stage.number, "of": len(stage.phases), "title": stage.phase.title, "duty": stage.duty.label}
    return _("Phase %(number)d of %(of)d: %(title)s. %(duty)s") % words


@dataclass(frozen=True)
class Row:
    """A run in a list."""

    run: Intervision
    method: str
    minutes: int
    case: Case | None


def rows_of(runs: Sequence[Intervision]) -> list[Row]:
    """Runs for a list: what goes on first, then what is ready, then what is over."""
    order = {RunState.RUNNING: 0, RunState.PAUSED: 0, RunState.READY: 1}
    ranked = sorted(runs, key=lambda run: order.get(RunState(run.state), 2))
    return [_row(run) for run in ranked]


def _row(run: Intervision) -> Row:
    method, phases = in_language(run.kept, content_language())
    return Row(run, method, sum(phase.minutes for phase in phases), _readable(run.case))


def sessions_to_come(circle: Circle) -> list[Session]:
    """Sessions in which a run can take place."""
    return list(Session.objects.filter(circle=circle, state__in=("planned", "running")))


def last_phase(run: Intervision) -> bool:
    """Whether the group is in the last phase."""
    return run.phase + 1 >= len(phases_of(run.kept))


def people_in(text: str) -> list[str]:
    """What in these words seems to name somebody, each once, as it stands there."""
    return list(dict.fromkeys(hit.text for hit in quick_hits(text, language=content_language())))
