"""Writing a case, checking it, and sharing it. Only its author comes here."""

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
from bolwerk.circle.actions.own_words import add_own_words, remove_own_word
from bolwerk.circle.forms.cases import AnswersForm, CaseForm, OwnWordsForm
from bolwerk.circle.queries import cases as answers
from bolwerk.circle.queries.tabs import frame_of
from bolwerk.ui.drafts import draft_initial, forget_draft

CONFLICT = 409


@signed_in("GET", "POST", per_object=True)
def new_case(request: SignedInRequest, circle_id: UUID) -> HttpResponse:
    """Begin a case."""
    me = access.own_seat_or_404(request, circle_id)
    kept = f"circle-case-{circle_id}"
    methods = answers.method_choices()
    form = CaseForm(request.POST or None, methods=methods, initial=draft_initial(request, kept, CaseForm))
    if request.method == "POST" and form.is_valid():
        made = steps.begin_draft(author=me, written=form.written(), by=request.user, at=timezone.now())
        forget_draft(request, kept)
        return redirect("circle:check_case", circle_id, made.pk)
    page = frame_of(me.member.circle, request.user) | {"form": form, "kept": kept, "host": answers.host_of(me.member)}
    return render(request, "circle/cases/write.html", page)


@signed_in("GET", "POST", per_object=True)
def write_case(request: SignedInRequest, circle_id: UUID, draft_id: UUID) -> HttpResponse:
    """Write on in a draft."""
    draft = access.draft_or_404(request, circle_id, draft_id)
    kept, status = draft.form_name, 200
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
            return redirect("circle:check_case", circle_id, draft_id)
    page = frame_of(draft.circle, request.user) | {"form": form, "draft": draft, "kept": kept}
    page |= {"host": answers.host_of(draft.author.member)}
    return render(request, "circle/cases/write.html", page, status=status)


@signed_in("GET", "POST", per_object=True)
def check_case(request: SignedInRequest, circle_id: UUID, draft_id: UUID) -> HttpResponse:
    """What was found in a draft, and what to write instead."""
    draft = access.draft_or_404(request, circle_id, draft_id)
    result = answers.checked_draft(draft)
    form = AnswersForm(request.POST or None, findings=result.findings, initial={"seen": draft.version})
    status = 200
    if request.method == "POST" and form.is_valid():
        given, seen = form.answers(), form.cleaned_data["seen"]
        try:
            draft = steps.answer_findings(draft=draft, answers=given, seen=seen, by=request.user, at=timezone.now())
        except ChangedMeanwhileError:
            form.add_error(None, _("This case changed in another window. This is what was found now."))
            status = CONFLICT
        else:
            still_open = len(answers.checked_draft(draft).open)
            return _after_answers(request, circle_id, draft_id, still_open=still_open)
    page = frame_of(draft.circle, request.user) | {"draft": draft, "result": result, "form": form}
    return render(request, "circle/cases/check.html", page, status=status)


def _after_answers(request: SignedInRequest, circle_id: UUID, draft_id: UUID, *, still_open: int) -> HttpResponse:
    """To the text as the circle will read it, or back to what still stands."""
    if not still_open:
        return redirect("circle:share_case", circle_id, draft_id)
    messages.warning(request, _("Kept. One thing or more still points to somebody: look at what is marked red."))
    return redirect("circle:check_case", circle_id, draft_id)


@signed_in("GET", "POST", per_object=True)
def share_case(request: SignedInRequest, circle_id: UUID, draft_id: UUID) -> HttpResponse:
    """The case exactly as others will read it; post: share it."""
    draft = access.draft_or_404(request, circle_id, draft_id)
    result = answers.checked_draft(draft)
    if request.method == "POST":
        seen = request.POST.get("seen", "")
        try:
            number = int(seen) if seen.isdecimal() else 0
            case = steps.share_case(draft=draft, seen=number, by=request.user, at=timezone.now())
        except steps.StillOpenError as error:
            messages.error(request, str(error.text))
            return redirect("circle:check_case", circle_id, draft_id)
        except CircleError as error:
            messages.error(request, str(error.text))
            return redirect("circle:write_case", circle_id, draft_id)
        except ChangedMeanwhileError:
            messages.warning(request, _("This case changed in another window. Read it again before you share it."))
            return redirect("circle:share_case", circle_id, draft_id)
        messages.success(request, _("Your circle reads it now. What you wrote before the check is destroyed."))
        return redirect("circle:case", circle_id, case.pk)
    page = frame_of(draft.circle, request.user) | {"draft": draft, "result": result}
    page |= {"shown": answers.shown(draft, words=result.clean)}
    return render(request, "circle/cases/share.html", page)


@signed_in("GET", "POST", per_object=True)
def throw_away_case(request: SignedInRequest, circle_id: UUID, draft_id: UUID) -> HttpResponse:
    """Destroy a draft."""
    draft = access.draft_or_404(request, circle_id, draft_id)
    if request.method == "POST":
        steps.throw_away(draft=draft, by=request.user, at=timezone.now())
        messages.success(request, _("The draft is destroyed."))
        return redirect("circle:cases", circle_id)
    return render(request, "circle/cases/throw_away.html", frame_of(draft.circle, request.user) | {"draft": draft})


@signed_in("GET", "POST", per_object=True)
def own_words(request: SignedInRequest, circle_id: UUID) -> HttpResponse:
    """The list of the own municipality."""
    me = access.own_seat_or_404(request, circle_id)
    form = OwnWordsForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            add_own_words(member=me.member, words=form.lines(), by=request.user, at=timezone.now())
        except CircleError as error:
            form.show(error)
        else:
            messages.success(request, _("From now on the check finds these words in cases of your municipality."))
            return redirect("circle:own_words", circle_id)
    page = frame_of(me.member.circle, request.user) | {"form": form, "me": me, "words": answers.own_words(me.member)}
    return render(request, "circle/cases/own_words.html", page)


@signed_in("POST", per_object=True)
def drop_own_word(request: SignedInRequest, circle_id: UUID, word_id: UUID) -> HttpResponse:
    """Take a word off that list."""
    word = access.own_word_or_404(request, circle_id, word_id)
    remove_own_word(word=word, by=request.user, at=timezone.now())
    return redirect("circle:own_words", circle_id)
