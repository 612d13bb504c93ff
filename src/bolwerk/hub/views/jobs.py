"""Work on the vault: asking for it, and following it. One can leave the page; the work goes on."""

from functools import partial
from uuid import UUID

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from bolwerk.accounts.access import SignedInRequest, signed_in
from bolwerk.documents.uploading import takes
from bolwerk.hub import access, actions, queries, tasks
from bolwerk.hub.forms import ReadForm, RunForm
from bolwerk.hub.views import CONFLICT
from bolwerk.ui.lists import list_page


@signed_in("GET", roles=access.ANALYSTS)
def jobs(request: SignedInRequest) -> HttpResponse:
    """List what was read and worked out, by whom and how it ended."""
    page = list_page(queries.jobs_spec(on=timezone.localdate()), request, queries.jobs())
    actions.record_reading(what=actions.What.JOBS, by=request.user, at=timezone.now(), shown=len(page.rows))
    return render(request, "hub/jobs.html", {"page": page, "tabs": queries.tabs_of(request.roles)})


@signed_in("GET", roles=access.ANALYSTS, per_object=True)
def job(request: SignedInRequest, job_id: UUID) -> HttpResponse:
    """Show how far a job is, and what it gave or why it was refused. Asked for by HTMX: only the part that moves."""
    found = access.job_or_404(request, job_id)
    page = {"job": found, "told": queries.told_of(found)}
    if request.headers.get("HX-Request"):
        return render(request, "hub/parts/job.html", page)
    actions.record_reading(what=actions.What.JOB, subject=found.urn, by=request.user, at=timezone.now())
    return render(request, "hub/job.html", page)


def _read_form(request: SignedInRequest, on: frozenset[str]) -> ReadForm:
    files, mappings = queries.waiting_deliveries(), queries.mappings()
    most, today = settings.HUB_UPLOAD_LIMIT, timezone.localdate()
    given = (request.POST, request.FILES) if request.method == "POST" else ()
    return ReadForm(*given, on=on, files=files, mappings=mappings, most=most, today=today)


def _order(form: ReadForm) -> actions.Order:
    """What was filled in, with an upload written to the disk."""
    data = dict(form.cleaned_data)
    upload = data.pop("upload")
    if upload:
        most = settings.HUB_UPLOAD_LIMIT
        data["delivery"] = actions.keep_upload(name=upload.name, content=upload.chunks(), most=most)
    return actions.Order(**data, uploaded=bool(upload))


@takes(lambda: int(settings.HUB_UPLOAD_LIMIT))
@signed_in("GET", "POST", roles=access.ANALYSTS)
def read(request: SignedInRequest) -> HttpResponse:
    """Ask to read a delivery, from the folder on the server or uploaded here."""
    now, today = timezone.now(), timezone.localdate()
    on = access.in_use(on=today)
    form = _read_form(request, on)
    page = {"form": form, "can": bool(form.fields["register"].choices), "job": queries.job_at_work()}  # type: ignore[attr-defined]  # a ChoiceField has them
    if request.method == "POST" and form.is_valid():
        try:
            ask = partial(actions.ask_to_read, order=_order(form), by=request.user, at=now, on=today)
            return redirect("hub:job", tasks.put_to_work(ask).pk)
        except actions.JobAtWorkError:
            form.add_error(None, _("Something else is being read or worked out. Wait until that is done."))
            return render(request, "hub/read.html", page, status=CONFLICT)
        except actions.RegisterOffError:
            form.add_error("register", _("This register was just switched off."))
        except OSError:
            form.add_error("upload", _("There is no room on the disk for this file. Nothing was kept."))
    return render(request, "hub/read.html", page)


@signed_in("GET", "POST", roles=access.ANALYSTS)
def run(request: SignedInRequest) -> HttpResponse:
    """Ask to look for findings as things were on a day."""
    now, today = timezone.now(), timezone.localdate()
    form = RunForm(request.POST or None, initial={"as_of": today}, today=today)
    page = {"form": form, "rules": queries.rules_to_run(on=today), "look": queries.look_at_vault()}
    page["job"] = queries.job_at_work()
    if request.method == "POST" and form.is_valid():
        ask = partial(actions.ask_to_run, as_of=form.cleaned_data["as_of"], by=request.user, at=now, on=today)
        try:
            return redirect("hub:job", tasks.put_to_work(ask).pk)
        except actions.JobAtWorkError:
            form.add_error(None, _("Something else is being read or worked out. Wait until that is done."))
            return render(request, "hub/run.html", page, status=CONFLICT)
        except actions.NoRuleOnError:
            form.add_error(None, _("No rule is on. Switch one on first, with the registers that it needs."))
    return render(request, "hub/run.html", page)
