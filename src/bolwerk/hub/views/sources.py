"""Registers and rules: how each stands, on what it rests, and the switch."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from bolwerk.accounts.access import SignedInRequest, deny, signed_in
from bolwerk.hub import access, actions, queries
from bolwerk.hub.forms import SwitchForm
from bolwerk.hub.views import CONFLICT

LEFT_OUT_SHOWN = (
    200  # on a page; the whole list lies in the vault, and beyond this somebody must ask for a new delivery
)


@signed_in("GET", roles=access.OVERSEERS)
def sources(request: SignedInRequest) -> HttpResponse:
    """Show every register with its date and quality, and every rule, each with whether it is on and why not."""
    today = timezone.localdate()
    look, stands = queries.look_at_vault(), queries.stands(on=today)
    lacking = queries.came_without(look.deliveries.values())
    actions.record_reading(what=actions.What.SOURCES, by=request.user, at=timezone.now(), shown=len(stands))
    registers = [(one, queries.register_look(look, code, on=today)) for code, one in stands.items() if one.is_register]
    page = {
        "look": look,
        "registers": registers,
        "rules": [(one, lacking.get(code)) for code, one in stands.items() if one.is_rule],
        "may_work": bool(access.ANALYSTS & request.roles),
        "job": queries.job_at_work(),
        "tabs": queries.tabs_of(request.roles),
    }
    return render(request, "hub/sources.html", page)


def _stand(request: SignedInRequest, code: str) -> queries.Stand:
    """The source as it stands today, or 404 for a code that is none."""
    return queries.stands(on=timezone.localdate()).get(code) or deny(request)


@signed_in("GET", roles=access.OVERSEERS)
def source(request: SignedInRequest, code: str) -> HttpResponse:
    """Show one register or rule: what it is, how good its delivery is, its assessments and who switched it."""
    today = timezone.localdate()
    stand, look = _stand(request, code), queries.look_at_vault()
    actions.record_reading(what=actions.What.SOURCE, subject=stand.urn, by=request.user, at=timezone.now())
    page = {
        "stand": stand,
        "look": look,
        "delivered": queries.register_look(look, code, on=today),
        "rule": queries.rule_words(code),
        "lacking": queries.came_without(look.deliveries.values()).get(code),
        "versions": [(one, one.standing(on=today)) for one in stand.versions],
        "history": queries.history_of(stand),
        "stage": queries.stage_now(code) if stand.is_rule else None,
        "links_chart": queries.chart_of_links(look.links) if code == "kvk" and look.links else None,
        "readers": queries.overseers(on=today),
        "may_work": bool(access.ANALYSTS & request.roles),
        "soon": stand.expires_soon(on=today),
    }
    return render(request, "hub/source.html", page)


@signed_in("GET", "POST", roles=access.OVERSEERS)
def switch(request: SignedInRequest, code: str) -> HttpResponse:
    """Switch a source on (analysts, on a valid assessment) or off (analysts and the privacy officer, at once)."""
    now, today = timezone.now(), timezone.localdate()
    stand = _stand(request, code)
    if not stand.is_on and not access.ANALYSTS & request.roles:
        deny(request)
    form = SwitchForm(request.POST or None, initial={"seen": stand.version})
    page = {"stand": stand, "form": form, "affected": queries.rules_that_need(code, on=today)}
    if request.method == "POST" and form.is_valid():
        given = {"code": code, "by": request.user, "at": now, **form.cleaned_data}
        try:
            actions.switch_off(**given) if stand.is_on else actions.switch_on(**given, on=today)
        except actions.SwitchedMeanwhileError:
            form.add_error(None, _("A colleague switched this while you had it open. Look at how it stands now."))
            return render(request, "hub/switch.html", page, status=CONFLICT)
        except actions.NotAssessedError:
            form.add_error(None, _("There is no assessment that holds. Write one down first."))
        else:
            return redirect("hub:source", code)
    return render(request, "hub/switch.html", page)


@signed_in("GET", roles=access.ANALYSTS)
def left_out(request: SignedInRequest, code: str) -> HttpResponse:
    """List what was refused in the delivery of a register: file, line and reason."""
    stand, look = _stand(request, code), queries.look_at_vault()
    found = queries.left_out(look.deliveries.get(code), most=LEFT_OUT_SHOWN)
    actions.record_reading(what=actions.What.LEFT_OUT, by=request.user, at=timezone.now(), shown=len(found.rows))
    page = {"stand": stand, "found": found, "headings": (_("File"), _("Line"), _("Why")), "most": LEFT_OUT_SHOWN}
    return render(request, "hub/left_out.html", page)


@signed_in("GET", roles=access.ANALYSTS)
def without_object(request: SignedInRequest) -> HttpResponse:
    """List the establishments that lead to no address: by number and place in the delivery, never by name."""
    found = queries.without_object(queries.look_at_vault().links, most=LEFT_OUT_SHOWN)
    actions.record_reading(what=actions.What.LEFT_OUT, by=request.user, at=timezone.now(), shown=len(found.rows))
    headings = (_("KVK number"), _("Establishment"), _("Why"), _("Place in the delivery"))
    return render(request, "hub/without_object.html", {"found": found, "headings": headings, "most": LEFT_OUT_SHOWN})
