"""Writing a case, checking it, and sharing it. Only its author comes here.

Without a `circle_id` it is written at home, for a circle on another installation: then it leaves as a signed file.
"""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from bolwerk.accounts.access import SignedInRequest, signed_in
from bolwerk.circle.access import cases as access
from bolwerk.circle.actions import ChangedMeanwhileError, CircleError
from bolwerk.circle.actions import case_drafts as steps
from bolwerk.circle.actions.case_bundles import sign_case
from bolwerk.circle.actions.own_words import add_own_words, remove_own_word
from bolwerk.circle.forms.cases import AnswersForm, CaseForm, OwnWordsForm
from bolwerk.circle.queries import cases as answers
from bolwerk.circle.queries.case_places import places_of
from bolwerk.circle.queries.tabs import frame_of
from bolwerk.circle.rules.bundles import BundleRefusedError
from bolwerk.ui.drafts import draft_initial, forget_draft

CONFLICT = 409


def _frame(desk: access.Desk, draft: Any = None) -> dict[str, Any]:
    """What every page of writing shows."""
    page = frame_of(desk.circle, desk.person) if desk.circle else {"circle": None, "leads": False}
    return page | {"draft": draft, "go": places_of(desk, draft), "host": answers.host_of(desk.member)}


def _kept_while_typing(desk: access.Desk, name: str) -> str:
    """Under which name a form keeps itself while somebody types; none at a host: there words lie that were sent."""
    return "" if answers.host_of(desk.member) else name


@signed_in("GET", per_object=True)
def home_cases(request: SignedInRequest) -> HttpResponse:
    """What one writes at home, for circles elsewhere."""
    desk = access.desk_or_404(request, None)
    return render(request, "circle/cases/home.html", _frame(desk) | {"drafts": access.drafts_at(desk)})


@signed_in("GET", "POST", per_object=True)
def new_case(request: SignedInRequest, circle_id: UUID | None = None) -> HttpResponse:
    """Begin a case."""
    desk = access.desk_or_404(request, circle_id)
    kept = _kept_while_typing(desk, f"circle-case-{circle_id or 'home'}")
    methods = answers.method_choices()
    form = CaseForm(request.POST or None, methods=methods, initial=draft_initial(request, kept, CaseForm))
    if request.method == "POST" and form.is_valid():
        made = steps.begin_draft(author=desk.me, written=form.written(), by=request.user, at=timezone.now())
        forget_draft(request, kept)
        return redirect(places_of(desk, made).check)
    return render(request, "circle/cases/write.html", _frame(desk) | {"form": form, "kept": kept})


@signed_in("GET", "POST", per_object=True)
def write_case(request: SignedInRequest, draft_id: UUID, circle_id: UUID | None = None) -> HttpResponse:
    """Write on in a draft."""
    desk, draft = access.draft_or_404(request, circle_id, draft_id)
    kept, status = _kept_while_typing(desk, draft.form_name), 200
    start = answers.words_of(draft) | {"method": draft.method, "level": draft.level, "seen": draft.version}
    start |= draft_initial(request, kept, CaseForm)
    form = CaseForm(request.POST or None, methods=answers.method_choices(), initial=start)
    if request.method == "POST" and form.is_valid():
        seen = form.cleaned_data["seen"] or 0
        try:
            steps.write_draft(draft=draft, written=form.written(), seen=seen, by=request.user, at=timezone.now())
        except ChangedMeanwhileError:
            form.show_conflict(version=draft.version)
            status = CONFLICT
        else:
            forget_draft(request, kept)
            return redirect(places_of(desk, draft).check)
    return render(request, "circle/cases/write.html", _frame(desk, draft) | {"form": form, "kept": kept}, status=status)


@signed_in("GET", "POST", per_object=True)
def check_case(request: SignedInRequest, draft_id: UUID, circle_id: UUID | None = None) -> HttpResponse:
    """What was found in a draft, and what to write instead."""
    desk, draft = access.draft_or_404(request, circle_id, draft_id)
    result, go, status = answers.checked_draft(draft), places_of(desk, draft), 200
    form = AnswersForm(request.POST or None, findings=result.findings, initial={"seen": draft.version})
    if request.method == "POST" and form.is_valid():
        given, seen = form.answers(), form.cleaned_data["seen"]
        try:
            draft = steps.answer_findings(draft=draft, answers=given, seen=seen, by=request.user, at=timezone.now())
        except ChangedMeanwhileError:
            form.add_error(None, _("This case changed in another window. This is what was found now."))
            status = CONFLICT
        else:
            if not answers.checked_draft(draft).open:
                return redirect(go.share)
            messages.warning(request, _("Kept. Something still points to somebody: look at what is marked red."))
            return redirect(go.check)
    return render(
        request, "circle/cases/check.html", _frame(desk, draft) | {"result": result, "form": form}, status=status
    )


@signed_in("GET", "POST", per_object=True)
def share_case(request: SignedInRequest, draft_id: UUID, circle_id: UUID | None = None) -> HttpResponse:
    """The case exactly as others will read it; post: share it, or take it along as a signed file."""
    desk, draft = access.draft_or_404(request, circle_id, draft_id)
    if request.method == "POST":
        return _shared(request, desk, draft)
    result = answers.checked_draft(draft)
    page = _frame(desk, draft) | {"result": result, "shown": answers.shown(draft, words=result.clean)}
    return render(request, "circle/cases/share.html", page)


def _shared(request: SignedInRequest, desk: access.Desk, draft: Any) -> HttpResponse:
    """Share, or say in a sentence why not."""
    given, go, now = request.POST.get("seen", ""), places_of(desk, draft), timezone.now()
    seen = int(given) if given.isdecimal() and len(given) < 10 else 0
    try:
        if desk.circle is None:
            name, data = sign_case(draft=draft, seen=seen, by=request.user, at=now)
            answer = HttpResponse(data, content_type="application/json; charset=utf-8")
            answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
            return answer
        case = steps.share_case(draft=draft, seen=seen, by=request.user, at=now)
    except steps.StillOpenError as error:
        messages.error(request, str(error.text))
        return redirect(go.check)
    except (CircleError, BundleRefusedError) as error:
        messages.error(request, str(error))
        return redirect(go.write)
    except ChangedMeanwhileError:
        messages.warning(request, _("This case changed in another window. Read it again before you share it."))
        return redirect(go.share)
    messages.success(request, _("Your circle reads it now. What you wrote before the check is destroyed."))
    return redirect("circle:case", desk.circle.pk, case.pk)


@signed_in("GET", "POST", per_object=True)
def throw_away(request: SignedInRequest, draft_id: UUID, circle_id: UUID | None = None) -> HttpResponse:
    """Destroy a draft."""
    desk, draft = access.draft_or_404(request, circle_id, draft_id)
    if request.method == "POST":
        steps.throw_away(draft=draft, by=request.user, at=timezone.now())
        messages.success(request, _("The draft is destroyed."))
        return redirect(places_of(desk).start)
    return render(request, "circle/cases/throw_away.html", _frame(desk, draft))


@signed_in("GET", "POST", per_object=True)
def own_words(request: SignedInRequest, circle_id: UUID | None = None) -> HttpResponse:
    """The list of the own municipality."""
    desk = access.desk_or_404(request, circle_id)
    form, go = OwnWordsForm(request.POST or None), places_of(desk)
    if request.method == "POST" and form.is_valid():
        try:
            add_own_words(member=desk.member, words=form.lines(), by=request.user, at=timezone.now())
        except CircleError as error:
            form.show(error)
        else:
            messages.success(request, _("From now on the check finds these words in cases of your municipality."))
            return redirect(go.own_words)
    page = _frame(desk) | {"form": form, "member": desk.member, "words": answers.own_words(desk.member)}
    return render(request, "circle/cases/own_words.html", page)


@signed_in("POST", per_object=True)
def drop_own_word(request: SignedInRequest, word_id: UUID, circle_id: UUID | None = None) -> HttpResponse:
    """Take a word off that list."""
    desk = access.desk_or_404(request, circle_id)
    remove_own_word(word=access.own_word_or_404(request, circle_id, word_id), by=request.user, at=timezone.now())
    return redirect(places_of(desk).own_words)
