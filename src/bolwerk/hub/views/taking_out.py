"""What leaves the house from the hub: RIEC signals, records for the algorithm register, documents for keepers."""

import json
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from bolwerk.accounts.access import SignedInRequest, deny, signed_in
from bolwerk.accounts.queries.installation import installation
from bolwerk.hub import access, actions, queries
from bolwerk.hub.forms import RegisterRecordForm, RiecForm
from knooppunt.findings.algorithm_register import RecordError
from knooppunt.findings.riec import Decision, NotDecidedError
from knooppunt.vault import VaultError


def download(made: actions.TakenOut) -> HttpResponse:
    """A file to keep, never to show in the browser."""
    headers = {"Content-Disposition": f'attachment; filename="{made.name}"'}
    return HttpResponse(made.content, content_type=made.type, headers=headers)


@signed_in("GET", "POST", roles=access.ANALYSTS, per_object=True)
def riec(request: SignedInRequest, finding_id: UUID) -> HttpResponse:
    """Make a signal for the RIEC of a finding, after the decision that it may be shared was filled in."""
    now, today = timezone.now(), timezone.localdate()
    found = access.finding_or_404(request, finding_id, rules=queries.rules_on(today))
    form = RiecForm(request.POST or None, today=today)
    if request.method == "POST" and form.is_valid():
        decision = Decision(**form.cleaned_data)
        try:
            return download(actions.make_riec_signal(finding=found, decision=decision, by=request.user, at=now))
        except NotDecidedError:
            form.add_error(None, _("This finding has expired and may no longer be used. Look for findings again."))
        except VaultError:
            form.add_error(None, _("The vault cannot be read, so nothing was made."))
    return render(request, "hub/riec.html", {"finding": found, "form": form, "title": queries.rule_title(found.rule)})


@signed_in("GET", "POST", roles=access.OVERSEERS)
def register_record(request: SignedInRequest, rule: str) -> HttpResponse:
    """Give the record of a rule for the national algorithm register, with what only the municipality can say."""
    stand = queries.stands(on=timezone.localdate()).get(rule)
    if stand is None or not stand.is_rule:
        deny(request)
    here = installation()
    start = queries.register_start(rule, organization=here.name if here else "", on=timezone.localdate())
    form = RegisterRecordForm(request.POST or None, initial=start)
    if request.method == "POST" and form.is_valid():
        try:
            made = json.dumps(queries.register_record(rule, form.cleaned_data), ensure_ascii=False, indent=2).encode()
        except RecordError:
            form.add_error(None, _("The algorithm register would refuse this: a text is empty or too long."))
        else:
            return download(actions.TakenOut(f"algoritmeregister-{rule}.json", "application/json", made))
    return render(request, "hub/register_record.html", {"stand": stand, "form": form})


@signed_in("GET", "POST", roles=access.ANALYSTS)
def errors(request: SignedInRequest) -> HttpResponse:
    """Show what seems wrong in a register and is to be told to its keeper, and give it as documents."""
    now = timezone.now()
    rules = queries.rules_on(timezone.localdate())
    wrong, decided, trouble = queries.errors_in_registers(rules), queries.decisions_waiting(), ""
    if request.method == "POST" and (wrong or decided):
        try:
            return download(actions.report_errors(rules=rules, by=request.user, at=now))
        except VaultError:
            trouble = _("The vault cannot be written to now, so nothing was made. Try again later.")
    actions.record_reading(what=actions.What.ERRORS, by=request.user, at=now, shown=len(wrong) + len(decided))
    return render(request, "hub/errors.html", {"wrong": wrong, "decided": decided, "trouble": trouble})
