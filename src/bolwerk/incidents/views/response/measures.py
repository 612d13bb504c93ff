"""Pages of one measure: propose, decide, send, review, lift; its letters, and what the person does against it."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from bolwerk.accounts.access import SignedInRequest, signed_in
from bolwerk.documents.actions import begin_letter
from bolwerk.documents.queries import letters_of
from bolwerk.incidents import access, actions
from bolwerk.incidents.actions import response as steps
from bolwerk.incidents.forms import LetterChoiceForm
from bolwerk.incidents.forms.response import AnswerForm, MoveForm, ObjectionForm, PlanForm
from bolwerk.incidents.queries import response as answers
from bolwerk.incidents.rules.ladder import MISSING, PlanError, Step
from bolwerk.incidents.rules.measures import (
    WITH_WORDS,
    Event,
    FourEyesError,
    GateOpenError,
    LetterMissingError,
    MoveNotAllowedError,
    Route,
    Said,
    WordsMissingError,
)
from bolwerk.incidents.rules.objections import Verdict

HANDLERS = frozenset(access.HANDLER_ROLES)
CONFLICT = 409
PAGE = "incidents/response/step.html"
DAYS = {Event.SEND: gettext_lazy("Sent on"), Event.REVIEW: gettext_lazy("Next review (empty: none any more)")}


@signed_in("GET", "POST", roles=HANDLERS, per_object=True)
def propose(request: SignedInRequest, incident_id: UUID) -> HttpResponse:
    """Propose a measure; the form begins with what the matrix says."""
    found = access.incident_to_handle(request, incident_id)
    proposal = answers.proposal_for(found, answers.response_of(found))
    if proposal is None:
        return redirect("incidents:response_findings", found.pk)
    known = answers.places()
    form = PlanForm(request.POST or None, initial={"step": proposal.step}, areas=known.areas)
    if request.method == "POST" and form.is_valid():
        try:
            steps.propose(incident=found, plan=form.plan(), by=request.user, at=timezone.now())
        except (PlanError, MoveNotAllowedError) as refusal:
            _tell(form, refusal)
        else:
            return redirect("incidents:response", found.pk)
    title, drawing = _("Propose a measure"), answers.drawing_of_known(known)
    return _page(request, found, form, title=title, button=_("Propose"), proposal=proposal, drawing=drawing)


def _page(request: SignedInRequest, incident: Any, form: Any, *, status: int = 200, **more: Any) -> HttpResponse:
    return render(request, PAGE, {"incident": incident, "form": form} | more, status=status)


def _tell(form: Any, refusal: Exception) -> None:
    """Say in plain words why it was refused; what was typed stays."""
    match refusal:
        case PlanError():
            field = refusal.field if refusal.field in form.fields else None
            form.add_error(field, refusal.text or _("Choose a day after today."))
        case GateOpenError():
            form.add_error(None, " ".join(str(MISSING[need]) for need in refusal.needs))
        case FourEyesError():
            form.add_error(None, _("You proposed this measure. From step 3 up somebody else decides."))
        case WordsMissingError():
            field = "deviation" if "deviation" in form.fields else "words"
            form.add_error(field, _("Write why: others must be able to see it."))
        case LetterMissingError():
            form.add_error(None, _("No letter of this measure was kept yet. First make and keep the letter."))
        case _:
            form.add_error(None, _("This is not possible now. Look at the page again."))


@signed_in("GET", "POST", roles=access.RESPONSE_ROLES, per_object=True)
def move(request: SignedInRequest, incident_id: UUID, measure_id: UUID, event: str) -> HttpResponse:
    """Take one step with a measure. A step that is not there, or not for this person, does not exist."""
    measure = access.measure_or_404(request, incident_id, measure_id)
    found = {slug: one for one, slug in answers.SLUGS.items()}.get(event)
    today = timezone.localdate()
    hats = access.hats_for(request.user, measure, on=today)
    if found is None or found not in answers.events_now(measure, hats=hats, on=today):
        raise Http404
    if found is Event.CHANGE:
        return _change(request, measure)
    start = {"seen": measure.version, "day": today if found is Event.SEND else None}
    form = MoveForm(request.POST or None, initial=start, with_words=found in WITH_WORDS, day_label=DAYS.get(found))
    status = 200
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        more = {"seen": data["seen"], "said": Said(data["words"], data.get("day"))}
        try:
            steps.move_measure(measure=measure, event=found, by=request.user, at=timezone.now(), **more)
        except actions.ChangedMeanwhileError:
            form.show_conflict(version=measure.version)
            status = CONFLICT
        except (PlanError, MoveNotAllowedError) as refusal:
            _tell(form, refusal)
        else:
            return redirect("incidents:response", measure.incident_id)
    title = f"{Step(measure.step).label}: {str(found.label).lower()}"
    return _page(request, measure.incident, form, status=status, title=title, button=found.label, measure=measure)


def _change(request: SignedInRequest, measure: Any) -> HttpResponse:
    start = {name: getattr(measure, name) for name in PlanForm.base_fields if hasattr(measure, name)}
    known = answers.places()
    start |= answers.places_chosen(measure, known.areas) | {"seen": measure.version}
    form = PlanForm(request.POST or None, initial=start, areas=known.areas)
    status = 200
    if request.method == "POST" and form.is_valid():
        seen = form.cleaned_data["seen"] or 0
        try:
            steps.change_measure(measure=measure, plan=form.plan(), by=request.user, at=timezone.now(), seen=seen)
        except actions.ChangedMeanwhileError:
            form.add_error(
                None, _("A colleague changed this measure while you had it open. What you typed is still here.")
            )
            form.data = {**request.POST.dict(), "seen": measure.version}
            status = CONFLICT
        except (PlanError, MoveNotAllowedError) as refusal:
            _tell(form, refusal)
        else:
            return redirect("incidents:response", measure.incident_id)
    title, drawing = _("Change the proposal"), answers.drawing_of_known(known)
    return _page(request, measure.incident, form, status=status, title=title, button=_("Save"), drawing=drawing)


@signed_in("GET", "POST", roles=HANDLERS, per_object=True)
def letter(request: SignedInRequest, incident_id: UUID, measure_id: UUID) -> HttpResponse:
    """Choose which letter to make of a measure; the pages of documents show it, change it and keep it."""
    access.incident_to_handle(request, incident_id)
    measure = access.measure_or_404(request, incident_id, measure_id)
    form = LetterChoiceForm(request.POST or None, templates=answers.letters_for(measure))
    if request.method == "POST" and form.is_valid():
        template, now = form.template(), timezone.now()
        facts = answers.measure_letter_facts(measure, by=request.user, at=now, language=template.language)
        begun = begin_letter(subject=measure.urn, template=template, facts=facts, by=request.user, at=now)
        return redirect("documents:letter", begun.pk)
    page = {"incident": measure.incident, "form": form, "unfinished": letters_of(measure.urn), "response": True}
    return render(request, "incidents/letter.html", page)


@signed_in("GET", "POST", roles=HANDLERS, per_object=True)
def objection(request: SignedInRequest, incident_id: UUID, measure_id: UUID) -> HttpResponse:
    """Take in an objection or complaint against a measure."""
    access.incident_to_handle(request, incident_id)
    measure = access.measure_or_404(request, incident_id, measure_id)
    today = timezone.localdate()
    start = {"route": measure.route, "received_on": today}
    form = ObjectionForm(request.POST or None, initial=start, today=today)
    if request.method == "POST" and form.is_valid():
        received = steps.Received(**(form.cleaned_data | {"route": Route(form.cleaned_data["route"])}))
        try:
            steps.receive_objection(measure=measure, received=received, by=request.user, at=timezone.now())
        except MoveNotAllowedError:
            form.add_error(None, _("Nothing was sent yet, so nobody can object."))
        else:
            return redirect("incidents:response", measure.incident_id)
    return _page(request, measure.incident, form, title=_("Objection or complaint"), button=_("Save"))


@signed_in("GET", "POST", roles=HANDLERS, per_object=True)
def answer(request: SignedInRequest, incident_id: UUID, objection_id: UUID) -> HttpResponse:
    """Write down what became of an objection or complaint."""
    found = access.objection_or_404(request, incident_id, objection_id)
    form = AnswerForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        verdict = form.cleaned_data["verdict"]
        said = {"verdict": None if verdict == "withdrawn" else Verdict(verdict), "answer": form.cleaned_data["answer"]}
        try:
            steps.answer_objection(objection=found, by=request.user, at=timezone.now(), on=timezone.localdate(), **said)
        except MoveNotAllowedError:
            form.add_error(None, _("This was answered already."))
        else:
            return redirect("incidents:response", incident_id)
    title = _("Answer an objection or complaint")
    return _page(request, found.measure.incident, form, title=title, button=_("Save"))
