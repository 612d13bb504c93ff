"""What a worker does with the vault: read a delivery, or work out the rules. Doing it a second time does no harm."""

import errno
from collections.abc import Callable
from datetime import date, datetime
from typing import Any

from duckdb import Error as DuckDBError

from bolwerk.hub.access import in_use
from bolwerk.hub.actions.jobs import Result
from bolwerk.hub.actions.studying import study, study_spread
from bolwerk.hub.actions.taking_over import take_over
from bolwerk.hub.models import Exclusion, Job
from bolwerk.hub.queries import (
    are_met,
    came_without,
    can_be_studied,
    deliveries_folder,
    outdated,
    rules_on,
    sources,
    vault_folder,
    vault_in_use,
)
from bolwerk.hub.rules.jobs import JobKind, JobState, Step, Trouble, WholeBecause
from knooppunt.findings import Exclusion as LeaveOut
from knooppunt.findings import FindingsRun, MissingRegisterError, run_findings
from knooppunt.findings.state import keeps_a_run
from knooppunt.ingest import IngestSummary, ingest
from knooppunt.linkage import link
from knooppunt.outlines import draw_outlines
from knooppunt.registers.refusal import RefusedError
from knooppunt.vault import Vault, VaultBusyError, VaultError, open_vault

Progress = Callable[[Step, int, int], None]  # what is being done, how much of it is done, and how much there is


def do(*, job: Job, at: datetime, on: date, progress: Progress) -> Result:
    """Do a job and say how it ended. What cannot be done is said, and leaves the vault as it was."""
    work = {JobKind.READ: _read, JobKind.RUN: _run, JobKind.STUDY: _study}[JobKind(job.kind)]
    try:
        return work(job, at, on, progress)
    except RefusedError as error:
        refusal = vars(error.rejection)
        return Result(JobState.REFUSED, refusal=refusal)
    except VaultBusyError:
        return Result(JobState.FAILED, trouble=Trouble.BUSY)
    except MissingRegisterError:
        return Result(JobState.FAILED, trouble=Trouble.NO_REGISTER)
    except VaultError:
        return Result(JobState.FAILED, trouble=Trouble.DAMAGED)
    except OSError as error:
        if error.errno != errno.ENOSPC:
            raise
        return Result(JobState.FAILED, trouble=Trouble.DISK_FULL)


def _read(job: Job, at: datetime, on: date, progress: Progress) -> Result:
    if job.register not in in_use(on=on):
        return Result(JobState.FAILED, trouble=Trouble.SWITCHED_OFF)
    folder = deliveries_folder()
    summary = ingest(
        job.register,
        folder / job.delivery,
        vault=vault_folder(),
        at=at,
        keep_going=job.keep_going,
        municipality=job.municipality or None,
        mapping=folder / job.mapping if job.mapping else None,
        as_of=job.as_of,
        progress=lambda done, total, _file: progress(Step.READING, done, total),
    )
    linked = _link(open_vault(vault_folder()), at, progress)
    return Result(JobState.DONE, summary=_told(summary) | {"linked": linked})


def _link(vault: Vault, at: datetime, progress: Progress) -> bool:
    """Link and draw what can be; False when there is nothing to link to, as with a part of a BAG extract."""
    progress(Step.LINKING, 0, 1)
    try:
        linked = link(vault, at=at).addressable > 0
    except VaultBusyError:
        raise
    except VaultError:
        linked = False
    progress(Step.DRAWING, 0, 1)
    if "bag" in {delivery.register for delivery in vault.registers()}:
        draw_outlines(vault, at=at)
    return linked


def _told(summary: IngestSummary) -> dict[str, Any]:
    """What the page says of a delivery that was read: counts, no content."""
    return {
        "delivery": summary.delivery,
        "unchanged": summary.unchanged,
        "as_of": summary.as_of.isoformat() if summary.as_of else None,
        "municipality": summary.municipality,
        "files": summary.files,
        "current": summary.current,
        "rejected": len(summary.rejected),
        "seconds": summary.seconds,
    }


def _run(job: Job, at: datetime, on: date, progress: Progress) -> Result:
    vault = vault_in_use(on)
    possible, apart = _possible(vault, rules_on(on))
    if not possible:
        return Result(JobState.FAILED, trouble=Trouble.NOTHING_ON, summary=apart)
    if not _link(vault, at, progress):
        return Result(JobState.FAILED, trouble=Trouble.NOT_LINKED)
    run, worked = _found(
        vault,
        as_of=job.as_of or on,
        rules=possible,
        exclusions=leave_out(on=on),
        progress=lambda _rule, done, total: progress(Step.RULES, done, total),
    )
    progress(Step.TAKING_OVER, 0, 1)
    take_over(run=run, rules=frozenset(possible), by=job.by.urn, at=at)
    study_spread(vault=vault, rules=possible, as_of=run.as_of, at=at, on=on)
    return Result(JobState.DONE, summary=_given(run) | apart | worked)


def _possible(vault: Vault, rules: frozenset[str]) -> tuple[list[str], dict[str, Any]]:
    """The rules that the vault can answer, and why others wait: no register, an old one, one that lacks something."""
    deliveries = vault.registers()
    present, old = {delivery.register for delivery in deliveries}, set(outdated(deliveries))
    needs = {code: text.needs for code, text in sources().items() if code in rules}
    there = [code for code, needed in needs.items() if are_met(needed, present)]
    met = [code for code in there if are_met(needs[code], present - old)]
    came = {code: one.table for code, one in came_without(deliveries).items() if code in met}
    apart = {
        "without_register": sorted(rules - set(there)),
        "outdated": sorted(old) if met != there else [],
        "came_without": came,
    }
    return [code for code in met if code not in came], apart


def _found(vault: Vault, **asked: Any) -> tuple[FindingsRun, dict[str, Any]]:
    """What the rules find, and how it was worked out: what changed worked into the last run, or all of it, and why.

    The findings are the same. A kept run that cannot be read is no reason to find nothing.
    """
    if not keeps_a_run(vault):
        return run_findings(vault, **asked), {"whole": WholeBecause.NONE_KEPT.value}
    try:
        run = run_findings(vault, since="last", **asked)
    except (VaultBusyError, MissingRegisterError):
        raise
    except (VaultError, OSError, ValueError, KeyError, DuckDBError) as error:
        if isinstance(error, OSError) and error.errno == errno.ENOSPC:
            raise
        return run_findings(vault, **asked), {"whole": WholeBecause.UNREADABLE.value}
    if run.whole is not None:
        return run, {"whole": run.whole}
    return run, {"again": run.again}


def _study(job: Job, at: datetime, on: date, progress: Progress) -> Result:
    if job.about not in can_be_studied(on=on):
        return Result(JobState.FAILED, trouble=Trouble.SWITCHED_OFF)
    vault = vault_in_use(on)
    if not _link(vault, at, progress):
        return Result(JobState.FAILED, trouble=Trouble.NOT_LINKED)
    made = study(vault=vault, about=job.about, as_of=job.as_of or on, at=at, progress=progress)
    return Result(JobState.DONE, summary={"verdict": made.result["forecast"]["verdict"], "about": job.about})


def _given(run: FindingsRun) -> dict[str, Any]:
    rules = [{"rule": one.rule, "findings": one.findings, "excluded": one.excluded} for one in run.outcomes]
    return {"run": run.run, "as_of": run.as_of.isoformat(), "rules": rules}


def leave_out(*, on: date) -> list[LeaveOut]:
    """The exclusions that hold on a day, as knooppunt wants them."""
    return [LeaveOut(one.object_id, one.rule, one.reason) for one in Exclusion.objects.in_force(on=on)]
