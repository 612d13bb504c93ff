"""Writing a case: a draft, answers to what the check found, and sharing. Nothing leaves while a red finding stands."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from bolwerk.accounts.models import Person
from bolwerk.audit.actions import record
from bolwerk.circle.actions.circles import ChangedMeanwhileError
from bolwerk.circle.models import Case, CaseDraft, Participant
from bolwerk.circle.queries.cases import checked_draft
from bolwerk.circle.queries.deidentify import warm_up
from bolwerk.circle.rules.case_check import Answer, Checked, Finding, How
from bolwerk.circle.rules.cases import (
    QUESTION_LIMIT,
    SITUATION_LIMIT,
    TITLE_LIMIT,
    CaseState,
    check_step,
    check_title,
)
from bolwerk.circle.rules.circles import CircleError, Level
from bolwerk.ui.actions import drop_draft

LIMITS = {"title": TITLE_LIMIT, "situation": SITUATION_LIMIT, "question": QUESTION_LIMIT}


class StillOpenError(CircleError):
    """Something red has no answer yet, so the case stays with its author."""


@dataclass(frozen=True)
class Written:
    """What an author wrote."""

    title: str
    situation: str
    question: str
    method: str
    level: Level


@transaction.atomic
def begin_draft(*, author: Participant | None, written: Written, by: Person, at: datetime) -> CaseDraft:
    """Begin a case; without an author at home, for a circle elsewhere. Raises CircleError."""
    check_title(written.title)
    circle, at_home = (author.member.circle, None) if author else (None, by)
    draft = CaseDraft.objects.create(circle=circle, author=author, at_home=at_home, changed_at=at, **asdict(written))
    record("circle.case_draft.begun", subject=draft.urn, actor=by.urn, at=at)
    return draft


@transaction.atomic
def begin_change(*, case: Case, author: Participant, by: Person, at: datetime) -> CaseDraft:
    """Change a shared case: a draft of it, which passes the check like the first. Twice is once. Raises CircleError."""
    found = Case.objects.select_for_update(of=("self",)).get(pk=case.pk)
    if found.state == CaseState.WITHDRAWN:
        check_step(CaseState.WITHDRAWN, CaseState.SHARED)
    draft = CaseDraft.objects.filter(case=found).first()
    if draft is None:
        texts = {name: getattr(found, name) for name in LIMITS}
        kept = {name: getattr(found, name) for name in ("circle_id", "method", "level", "brought", "brought_sequence")}
        draft = CaseDraft.objects.create(author=author, case=found, changed_at=at, **texts, **kept)
        record("circle.case_draft.begun", subject=draft.urn, actor=by.urn, at=at)
    return draft


def locked_draft(*, draft: CaseDraft, seen: int) -> CaseDraft:
    """The row, locked, with its next version; not stored yet. Raises ChangedMeanwhileError."""
    rows = CaseDraft.objects.select_for_update(of=("self",)).select_related("circle", "author__member__municipality")
    found = rows.filter(pk=draft.pk).first()
    if found is None or found.version != seen:
        raise ChangedMeanwhileError
    found.version += 1
    return found


@transaction.atomic
def write_draft(*, draft: CaseDraft, written: Written, seen: int, by: Person, at: datetime) -> CaseDraft:
    """Write on in a draft; what was answered about the same words still holds.

    Raises CircleError, ChangedMeanwhileError.
    """
    check_title(written.title)
    found = locked_draft(draft=draft, seen=seen)
    for name, value in asdict(written).items():
        setattr(found, name, value)
    found.changed_at = at
    found.save()
    record("circle.case_draft.written", subject=found.urn, actor=by.urn, at=at)
    return found


def answer_findings(
    *, draft: CaseDraft, answers: Mapping[str, Answer], seen: int, by: Person, at: datetime
) -> CaseDraft:
    """Keep what is done with what was found; `answers` by the key of a finding. Raises ChangedMeanwhileError."""
    warm_up()  # its word lists take seconds to read the first time: not while the database waits
    return _answer(draft, answers, seen, by, at)


@transaction.atomic
def _answer(draft: CaseDraft, answers: Mapping[str, Answer], seen: int, by: Person, at: datetime) -> CaseDraft:
    found = locked_draft(draft=draft, seen=seen)
    kept = dict(found.answers)
    for finding in checked_draft(found).findings:
        if finding.key in answers:
            kept |= dict.fromkeys(finding.marks, _plain(answers[finding.key]))
    found.answers, found.changed_at = kept, at
    found.save(update_fields=["answers", "changed_at", "version"])
    record("circle.case_draft.answered", subject=found.urn, actor=by.urn, at=at)
    return found


def _plain(answer: Answer) -> dict[str, str]:
    return {"how": answer.how.value, "words": answer.words, "why": answer.why}


@transaction.atomic
def throw_away(*, draft: CaseDraft, by: Person, at: datetime) -> None:
    """Destroy a draft that will not be shared."""
    _destroy(draft, by)
    record("circle.case_draft.destroyed", subject=draft.urn, actor=by.urn, at=at)


def _destroy(draft: CaseDraft, by: Person) -> None:
    """The row goes, and what the browser had kept of the form; the database overwrites what it erases."""
    drop_draft(owner=by.urn, form=draft.form_name)
    CaseDraft.objects.filter(pk=draft.pk).delete()


def share_case(*, draft: CaseDraft, seen: int, by: Person, at: datetime) -> Case:
    """Let the circle read the case: what passed the check, and nothing else. The draft is destroyed.

    The check is done here again, whatever the pages showed. Raises StillOpenError, CircleError, ChangedMeanwhileError.
    """
    warm_up()
    return _share(draft, seen, by, at)


@transaction.atomic
def _share(draft: CaseDraft, seen: int, by: Person, at: datetime) -> Case:
    found = locked_draft(draft=draft, seen=seen)
    if found.circle is None or found.author is None:
        raise CircleError(_("This case was written at home: send it to its circle as a file."))
    if found.circle.closed_at is not None:
        raise CircleError(_("This circle is closed: nothing new is shared in it."))
    result = cleaned(draft=found)
    case = _case_of(found, found.author, result, at)
    is_new = found.case_id is None
    record("circle.case.shared" if is_new else "circle.case.changed", subject=case.urn, actor=by.urn, at=at)
    for finding in result.findings:
        _note_left(case, finding, by, at)
    _destroy(found, by)
    return case


def cleaned(*, draft: CaseDraft) -> Checked:
    """What passed the check. Raises StillOpenError while something red stands, CircleError for what cannot leave."""
    result = checked_draft(draft)
    count = len(result.open)
    if count:
        said = ngettext(
            "%(count)s red mark has no answer yet. Nobody sees this case until it has.",
            "%(count)s red marks have no answer yet. Nobody sees this case until they have.",
            count,
        )
        raise StillOpenError(said % {"count": count})
    check_title(result.clean["title"])
    for name, limit in LIMITS.items():
        if not result.clean[name].strip():
            raise CircleError(_("Write something everywhere: the title, the situation, and what you want to learn."))
        if len(result.clean[name]) > limit:
            raise CircleError(_("With the other words it became too long. Make your text a little shorter."))
    return result


def _case_of(draft: CaseDraft, author: Participant, result: Checked, at: datetime) -> Case:
    if draft.case_id is None:
        case = Case(circle=draft.circle, member=author.member, author=author, shared_at=at, moved_at=at)
    else:
        case = Case.objects.select_for_update(of=("self",)).get(pk=draft.case_id)
        if case.state == CaseState.WITHDRAWN:
            check_step(CaseState.WITHDRAWN, CaseState.SHARED)
        case.version += 1
    for name in LIMITS:
        setattr(case, name, result.clean[name])
    case.method, case.level, case.moved_at = draft.method, draft.level, at
    case.brought, case.brought_sequence = draft.brought, draft.brought_sequence
    case.save()
    return case


def _note_left(case: Case, finding: Finding, by: Person, at: datetime) -> None:
    """That the author let something red stand, and why; never what it was."""
    if finding.is_red and finding.answer is not None and finding.answer.how is How.NONE:
        facts = {"kind": finding.kind.value, "why": finding.answer.why}
        record("circle.case.left_standing", subject=case.urn, actor=by.urn, at=at, **facts)
