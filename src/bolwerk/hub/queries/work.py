"""Jobs: the one at work, those that were, and what each gave, in words."""

from dataclasses import dataclass, field
from datetime import date

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.formats import date_format, number_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from bolwerk.hub.models import Job
from bolwerk.hub.queries.catalogue import rule_title, rules_on, sources
from bolwerk.hub.queries.lacking import Lacking, outdated_sentence
from bolwerk.hub.queries.outlook import study_title
from bolwerk.hub.queries.vault import COUNTED, reason_of
from bolwerk.hub.rules.jobs import STEPS, JobKind, JobState, Step, Trouble, WholeBecause
from bolwerk.ui.dates import short_moment
from bolwerk.ui.lists import Column, Filter, ListSpec
from knooppunt.registers.refusal import Rejection

TONES = {JobState.DONE: "good", JobState.REFUSED: "attention", JobState.FAILED: "attention"}


def job_at_work() -> Job | None:
    """The job that waits or is worked on; there is at most one."""
    return Job.objects.filter(slot__isnull=False).select_related("by").first()


def jobs() -> QuerySet[Job]:
    """Every job, the newest first."""
    return Job.objects.select_related("by")


def subject_of(job: Job) -> str:
    """What a job is about: a register with its file, or a day."""
    if job.kind == JobKind.READ:
        text = sources().get(job.register)
        return f"{text.title if text else job.register}: {job.delivery.rsplit('/', 1)[-1]}"
    if job.kind == JobKind.STUDY:
        return study_title(job.about)
    return _("as things were on %(day)s") % {"day": date_format(job.as_of, "j F Y") if job.as_of else ""}


def _address(job: Job) -> str:
    return reverse("hub:job", args=[job.pk])


def jobs_spec(*, on: date) -> ListSpec:
    """The list of what was read and worked out."""
    return ListSpec(
        name="hub.jobs",
        columns=(
            Column("kind", gettext_lazy("What"), lambda job: job.get_kind_display(), href=_address),
            Column("about", gettext_lazy("About"), subject_of),
            Column("state", gettext_lazy("How it ended"), lambda job: job.get_state_display(), kind="badge"),
            Column("by", gettext_lazy("Asked by"), lambda job: job.by.name),
            Column("asked", gettext_lazy("When"), lambda job: short_moment(job.asked_at, on=on), ("-asked_at",)),
        ),
        filters=(
            Filter("kind", gettext_lazy("What"), JobKind.choices, lambda rows, code: rows.filter(kind=code)),
            Filter("state", gettext_lazy("How it ended"), JobState.choices, lambda rows, code: rows.filter(state=code)),
        ),
        sort="asked",
        downloadable=False,
    )


@dataclass(frozen=True)
class Told:
    """A job as its page tells it: how far it is, or what came of it."""

    about: str
    tone: str
    step: int = 0  # how many steps are done
    steps: int = 0
    now: str = ""
    facts: list[tuple[str, str]] = field(default_factory=list)
    refusal: tuple[str, int | None, str] | None = None  # file, line, reason
    trouble: str = ""
    notes: list[str] = field(default_factory=list)


def told_of(job: Job) -> Told:
    """What the page of a job says."""
    steps = STEPS[JobKind(job.kind)]
    at_step = steps.index(Step(job.step)) if job.step else 0
    return Told(
        about=subject_of(job),
        tone=TONES.get(JobState(job.state), ""),
        step=len(steps) if job.has_ended else at_step,
        steps=len(steps),
        now=_now(job),
        facts=_facts_of_reading(job) if job.kind == JobKind.READ else _facts_of_running(job),
        refusal=_refusal(job),
        trouble=_trouble(job),
        notes=_notes(job),
    )


def _trouble(job: Job) -> str:
    if job.trouble == Trouble.NOTHING_ON and (came := _without_answer(job)):
        return " ".join([_("Nothing was worked out."), *came])
    return str(Trouble(job.trouble).label) if job.trouble else ""


def _without_answer(job: Job) -> list[str]:
    """What the rules could not answer for: a delivery of an earlier version, or one without what a rule asks."""
    came = [Lacking(rule, table).sentence for rule, table in job.summary.get("came_without", {}).items()]
    old = job.summary.get("outdated")
    return [outdated_sentence(old), *came] if old else came


def _now(job: Job) -> str:
    if not job.step or job.has_ended:
        return ""
    label = str(Step(job.step).label)
    return f"{label}, {100 * job.done // job.total}%" if job.total > 1 else label


def _refusal(job: Job) -> tuple[str, int | None, str] | None:
    if not job.refusal:
        return None
    rejection = Rejection(**job.refusal)
    return rejection.file, rejection.line, reason_of(rejection)


def _facts_of_reading(job: Job) -> list[tuple[str, str]]:
    given = job.summary
    if not given:
        return []
    counts = [
        f"{number_format(number, force_grouping=True)} {COUNTED[name]}"
        for name, number in given["current"].items()
        if name in COUNTED and number
    ]
    return [
        (_("As things were on"), given["as_of"] or _("not said")),
        (_("Municipality"), given["municipality"] or ""),
        (_("Now in it"), ", ".join(counts)),
        (_("Refused records"), str(given["rejected"])),
    ]


def _facts_of_running(job: Job) -> list[tuple[str, str]]:
    return [
        (
            rule_title(one["rule"]),
            _("%(found)s found, %(left_out)s left out") % {"found": one["findings"], "left_out": one["excluded"]},
        )
        for one in job.summary.get("rules", [])
    ]


def _notes(job: Job) -> list[str]:
    """What somebody should know who reads the result."""
    notes = []
    if job.summary.get("unchanged"):
        notes.append(_("This very delivery was in the vault already. Nothing was changed."))
    if job.summary.get("linked") is False:
        notes.append(
            _("Addresses cannot be linked yet: that needs a whole BAG extract. Findings wait until there is one.")
        )
    if job.summary.get("again") is not None:
        words = {"again": number_format(job.summary["again"], force_grouping=True)}
        notes.append(
            _("Only what changed since the last search was worked out: objects looked at again: %(again)s.") % words
        )
    elif whole := job.summary.get("whole"):
        notes.append(_("Everything was worked out anew: %(why)s.") % {"why": WholeBecause(whole).label})
    if missing := job.summary.get("without_register"):
        names = ", ".join(rule_title(code) for code in missing)
        notes.append(_("No answer yet from these rules, for a register was not read in: %(rules)s.") % {"rules": names})
    return notes + _without_answer(job)


def rules_to_run(*, on: date) -> list[tuple[str, str]]:
    """The rules that a run works out on a day: code and title."""
    return [(code, rule_title(code)) for code in sorted(rules_on(on))]
