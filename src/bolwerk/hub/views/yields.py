"""How often rules are right: the yields, work lists with controls among them, what looking gave, and moving a rule."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from bolwerk.accounts.access import SignedInRequest, deny, signed_in
from bolwerk.hub import access, actions, queries
from bolwerk.hub.forms import DrawForm, KnownOnForm, MoveForm, OutcomeOfLookingForm
from bolwerk.hub.rules.knowing import end_of
from bolwerk.hub.rules.stages import CONTROL_PERCENT, FEWEST, TIMES_CHANCE, Looked, Stage
from bolwerk.hub.views import CONFLICT
from bolwerk.ui.lists import list_page
from knooppunt.findings.lifecycle import MoveNotAllowedError, NotEarnedError


@signed_in("GET", roles=access.OVERSEERS)
def yields(request: SignedInRequest) -> HttpResponse:
    """Show how often each rule was right, beside how often chance was; now or as we knew it on a day."""
    today = timezone.localdate()
    asked = KnownOnForm(request.GET, today=today)
    until = end_of(asked.day) if asked.day else None
    registers = access.in_use(on=today)
    rows = queries.lives(until=until)
    spreads = queries.spreads(queries.rules_on(today, codes=registers), until=until)
    shown, used = len(rows), ",".join(asked.held)
    actions.record_reading(what=actions.What.YIELDS, by=request.user, at=timezone.now(), shown=shown, filters=used)
    borders = queries.borders_drawn(registers, day=asked.day, known_on=asked.day)
    page = {
        "maps": queries.maps_of_spreads(spreads, borders, registers=registers, known_on=asked.day),
        "lives": rows,
        "chart": queries.chart_of_yields(rows) if any(one.told for one in rows) else None,
        "spreads": spreads,
        "too_few": [one.title for one in spreads if not one.tells],
        "fewest": FEWEST,
        "percent": CONTROL_PERCENT,
        "times": TIMES_CHANCE,
        "asked": asked,
        "may_work": bool(access.ANALYSTS & request.roles) and until is None,
        "tabs": queries.tabs_of(request.roles),
    }
    return render(request, "hub/yields.html", page)


@signed_in("GET", roles=access.ANALYSTS)
def worklists(request: SignedInRequest) -> HttpResponse:
    """List the work lists."""
    page = list_page(queries.worklists_spec(on=timezone.localdate()), request, queries.worklists())
    actions.record_reading(what=actions.What.WORKLISTS, by=request.user, at=timezone.now(), shown=len(page.rows))
    return render(request, "hub/worklists.html", {"page": page, "tabs": queries.tabs_of(request.roles)})


@signed_in("GET", "POST", roles=access.ANALYSTS)
def new_worklist(request: SignedInRequest) -> HttpResponse:
    """Draw a work list: findings of a rule with random controls among them."""
    now, today = timezone.now(), timezone.localdate()
    rules = queries.rules_on(today)
    codes = [one for one in queries.lives(codes=sorted(rules)) if one.can_be_looked_at]
    choices = [(one.code, one.title) for one in sorted(codes, key=lambda one: one.title)]
    form = DrawForm(request.POST or None, rules=choices, initial={"rule": request.GET.get("rule", "")})
    if request.method == "POST" and form.is_valid():
        drawing = actions.Drawing(form.cleaned_data["rule"], form.cleaned_data["most"])
        try:
            return redirect("hub:worklist", actions.draw_list(drawing=drawing, by=request.user, at=now, on=today).pk)
        except actions.NothingToLookAtError:
            form.add_error("rule", _("This rule has no open finding that is not on a work list already."))
        except actions.NoPopulationError:
            form.add_error(None, _("Nothing can be drawn at random: the vault cannot be read, or holds no whole BAG."))
    return render(request, "hub/new_worklist.html", {"form": form, "can": bool(choices), "percent": CONTROL_PERCENT})


@signed_in("GET", roles=access.ANALYSTS, per_object=True)
def worklist(request: SignedInRequest, list_id: UUID) -> HttpResponse:
    """Show a work list: which objects to look at, and what looking gave. What was drawn at random shows afterwards."""
    found = access.worklist_or_404(request, list_id)
    actions.record_reading(what=actions.What.WORKLIST, subject=found.urn, by=request.user, at=timezone.now())
    lines = queries.lines_of(found)
    page = {
        "worklist": found,
        "title": queries.rule_title(found.rule),
        "lines": lines,
        "left": sum(not line.said for line in lines),
        "next": queries.next_item(found, 0),
    }
    return render(request, "hub/worklist.html", page)


@signed_in("GET", "POST", roles=access.ANALYSTS, per_object=True)
def look(request: SignedInRequest, item_id: UUID) -> HttpResponse:
    """Write down what looking at one object gave. Once it is written, it stays: then it is known what it was."""
    now, today = timezone.now(), timezone.localdate()
    item = access.item_or_404(request, item_id)
    form = OutcomeOfLookingForm(request.POST or None)
    page = {"item": item, "form": form, "title": queries.rule_title(item.list.rule)}
    if request.method == "POST" and form.is_valid():
        gave = actions.Gave(Looked(form.cleaned_data["looked"]), form.cleaned_data["reason"])
        try:
            off = actions.give_outcome(item=item, gave=gave, by=request.user, at=now, on=today)
        except actions.OutcomeGivenError:
            form.add_error(
                None, _("A colleague wrote down what looking gave while you had it open. It stays as it is.")
            )
            return render(request, "hub/look.html", page, status=CONFLICT)
        if off:
            messages.warning(request, _("The rule went off: its outcomes are no better than chance."))
            return redirect("hub:source", item.list.rule)
        following = queries.next_item(item.list, item.number)
        return redirect("hub:look", following) if following else redirect("hub:worklist", item.list_id)
    if request.method == "GET" and item.looked:
        return redirect("hub:worklist", item.list_id)
    return render(request, "hub/look.html", page)


@signed_in("GET", "POST", roles=access.OVERSEERS)
def move(request: SignedInRequest, rule: str) -> HttpResponse:
    """Show how often a rule is right and where it is in its life, and move it, with a reason.

    The privacy officer can put one off, and nothing else.
    """
    stand = queries.stands(on=timezone.localdate()).get(rule)
    if stand is None or not stand.is_rule:
        deny(request)
    row = queries.stage_now(rule)
    stage = Stage(row.stage)
    steps = queries.steps_from(stage)
    if not access.ANALYSTS & request.roles:
        steps = [one for one in steps if one is Stage.OFF]
    form = MoveForm(request.POST or None, steps=steps, initial={"seen": row.version})
    (life,) = queries.lives(codes=[rule])
    page = {
        "stand": stand,
        "form": form,
        "steps": steps,
        "life": life,
        "chart": queries.chart_of_yields([life]) if life.told else None,
        "moments": queries.moments_of(rule),
        "may_work": bool(access.ANALYSTS & request.roles),
    }
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        moving = actions.Moving(Stage(data["to"]), data["reason"], data["seen"])
        try:
            actions.move_rule(code=rule, moving=moving, by=request.user, at=timezone.now())
        except actions.MovedMeanwhileError:
            form.add_error(None, _("The rule was moved while you had it open. Look at how it stands now."))
            return render(request, "hub/move.html", page, status=CONFLICT)
        except NotEarnedError:
            form.add_error("to", _("The rule does not clearly beat chance yet, so it cannot be mature."))
        except MoveNotAllowedError:
            form.add_error("to", _("This is not possible now. Look at how the rule stands."))
        else:
            return redirect("hub:source", rule)
    return render(request, "hub/move.html", page)
