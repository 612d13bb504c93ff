"""A case written at home travels to its circle as a signed file; what stood there before the check never does."""

from datetime import datetime
from functools import partial
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from bolwerk.accounts.models import Person
from bolwerk.audit.actions import record, record_apart
from bolwerk.circle.actions.case_drafts import cleaned, locked_draft
from bolwerk.circle.models import Case, CaseDraft, Participant
from bolwerk.circle.queries.bundles import checked, checked_content, origin_name
from bolwerk.circle.queries.cases import own_list
from bolwerk.circle.queries.deidentify import check
from bolwerk.circle.queries.methods import method_of
from bolwerk.circle.rules.bundles import Bundle, BundleRefusedError, Refusal, signed_bytes
from bolwerk.circle.rules.case_check import check_case
from bolwerk.circle.rules.cases import CaseState
from bolwerk.circle.rules.circles import CircleError
from bolwerk.crypto.signing import own_signer

KIND, LICENCE, LANGUAGE = "case", "LicenseRef-one-circle", "nl"  # cases are checked, and written, in Dutch


@transaction.atomic
def sign_case(*, draft: CaseDraft, seen: int, by: Person, at: datetime) -> tuple[str, bytes]:
    """The checked words of a draft at home as a signed file, with its name. The draft stays where it is.

    Raises StillOpenError and CircleError as sharing does, ChangedMeanwhileError, and BundleRefusedError.
    """
    found = locked_draft(draft=draft, seen=seen)
    result = cleaned(draft=found)
    content = {"situation": result.clean["situation"], "question": result.clean["question"]}
    content |= {"method": found.method, "level": found.level}
    checked_content(KIND, result.clean["title"], content, language=LANGUAGE)
    signer = own_signer(at=at)
    bundle = Bundle(
        kind=KIND,
        item=str(found.pk),
        sequence=found.version,
        title=result.clean["title"],
        language=LANGUAGE,
        licence=LICENCE,
        issued_at=at.isoformat(timespec="seconds"),
        origin=origin_name() or "Bolwerk",
        key=signer.public,
        content=content,
    )
    found.changed_at = at
    found.save(update_fields=["changed_at", "version"])
    record("circle.case_draft.signed", subject=found.urn, actor=by.urn, at=at, sequence=bundle.sequence)
    return f"{KIND}-{found.pk}.json", signed_bytes(bundle, signer.sign)


def bring_case(*, author: Participant, data: bytes, by: Person, at: datetime) -> CaseDraft:
    """Bring a signed case to a circle: checked again, and then a draft of its author, who reads it and shares it.

    A newer version of a case that was brought before becomes a change of it. Nothing of a refused one is kept.
    Raises BundleRefusedError; CircleError says what the check found.
    """
    try:
        bundle = checked(data)
        if bundle.kind != KIND:
            raise BundleRefusedError(Refusal.FOREIGN, bundle.kind)
        _check_again(bundle, author)
        return _kept(bundle, author, by=by, at=at)
    except BundleRefusedError as error:
        _note_refusal(author, error.refusal, by, at)
        raise
    except CircleError:
        _note_refusal(author, Refusal.PERSONAL, by, at)
        raise


def _note_refusal(author: Participant, refusal: Refusal, by: Person, at: datetime) -> None:
    subject = author.member.circle.urn
    record_apart("circle.bundle.refused", subject=subject, actor=by.urn, at=at, refusal=refusal.value)


def _words(bundle: Bundle) -> dict[str, str]:
    return {"title": bundle.title, "situation": bundle.content["situation"], "question": bundle.content["question"]}


def _check_again(bundle: Bundle, author: Participant) -> None:
    found = check_case(_words(bundle), {}, find=partial(check, own=own_list(author.member))).open
    if found:
        words = "”, “".join(text for one in found for text in one.texts)
        said = _("This case is refused, because “%(words)s” points to somebody. Write it otherwise at home.")
        raise CircleError(said % {"words": words}, field="file")


@transaction.atomic
def _kept(bundle: Bundle, author: Participant, *, by: Person, at: datetime) -> CaseDraft:
    circle, item = author.member.circle, UUID(bundle.item)
    rows = Case.objects.select_for_update(of=("self",)).filter(circle=circle, brought=item)
    case = rows.select_related("author").first()
    mine = case is not None and case.author is not None and case.author.person_id == by.pk
    if case is not None and (case.state == CaseState.WITHDRAWN or not mine):
        raise BundleRefusedError(Refusal.KNOWN)
    if case is not None and bundle.sequence <= case.brought_sequence:
        raise BundleRefusedError(Refusal.KNOWN if bundle.sequence == case.brought_sequence else Refusal.OLDER)
    CaseDraft.objects.filter(circle=circle, author=author, brought=item).delete()
    if case is not None:
        CaseDraft.objects.filter(case=case).delete()
    method = bundle.content.get("method", "")
    draft = CaseDraft.objects.create(
        circle=circle,
        author=author,
        case=case,
        method=method if method and method_of(method) else "",
        level=bundle.content["level"],
        brought=item,
        brought_sequence=bundle.sequence,
        changed_at=at,
        **_words(bundle),
    )
    record("circle.case_draft.brought", subject=draft.urn, actor=by.urn, at=at, sequence=bundle.sequence)
    return draft
