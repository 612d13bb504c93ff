"""The pattern pages: every part in every state, for builders to look at and for axe to test. All content is made up."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django import forms
from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from bolwerk.ui import charts
from bolwerk.ui.lists import COUNT_LIMIT, Choice, Column, Filter, Heading, ListSpec, Page, Sentence, row_of
from bolwerk.ui.maps import Item, Map

Shown = dict[str, Any]
SAMPLE_KINDS = (
    ("threat", gettext_lazy("Threat or intimidation")),
    ("gift", gettext_lazy("Offer of money or a gift")),
    ("other", gettext_lazy("Something else")),
)
SAMPLE = ListSpec(
    name="ui.pattern",
    columns=(
        Column("number", gettext_lazy("Number"), lambda r: r["number"], sort=("number",), href=lambda r: r["href"]),
        Column("kind", gettext_lazy("Kind"), lambda r: r["kind"]),
        Column("status", gettext_lazy("Status"), lambda r: r["status"], kind="badge"),
        Column("due", gettext_lazy("Due"), lambda r: r["due"], sort=("due",), before=gettext_lazy("due")),
        Column("times", gettext_lazy("Times"), lambda r: r["times"], kind="number"),
    ),
    filters=(Filter("kind", gettext_lazy("Kind"), SAMPLE_KINDS, lambda rows, _value: rows),),
    search=lambda rows, _words: rows,
    sort="due",
)


class SampleForm(forms.Form):
    """One field of every shape."""

    kind = forms.ChoiceField(
        label=gettext_lazy("What happened?"),
        choices=SAMPLE_KINDS,
        widget=forms.RadioSelect,
        help_text=gettext_lazy("Choose what fits best."),
    )
    place = forms.CharField(
        label=gettext_lazy("Where was it?"),
        help_text=gettext_lazy("For example: the desk in the town hall."),
        max_length=80,
    )
    day = forms.DateField(label=gettext_lazy("On which day?"), widget=forms.DateInput(attrs={"type": "date"}))
    with_whom = forms.MultipleChoiceField(
        label=gettext_lazy("Who should know?"),
        choices=(("manager", gettext_lazy("My manager")), ("confidant", gettext_lazy("A confidant"))),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    department = forms.ChoiceField(
        label=gettext_lazy("Department"), choices=(("", "—"), ("desk", gettext_lazy("Civil affairs")))
    )
    words = forms.CharField(
        label=gettext_lazy("In your own words"), widget=forms.Textarea(attrs={"rows": 4}), required=False
    )
    photo = forms.FileField(label=gettext_lazy("A photo"), required=False)
    agreed = forms.BooleanField(
        label=gettext_lazy("I have read what happens next"), help_text=gettext_lazy("You can always change your mind.")
    )


def _rows(amount: int) -> list[Shown]:
    here = reverse("ui:pattern", args=["detail"])
    return [
        {
            "number": f"2026-{n:04}",
            "href": here,
            "kind": SAMPLE_KINDS[n % 3][1],
            "status": _("New") if n % 2 else _("In progress"),
            "due": _("today is the last day") if n == 1 else _("Wednesday 25 November"),
            "times": n * 3,
        }
        for n in range(1, amount + 1)
    ]


def _page(request: HttpRequest, amount: int, *, total: int | None = None, chosen: str = "") -> Page:
    sample = SAMPLE.filters[0]
    label = str(dict(SAMPLE_KINDS).get(chosen, ""))
    count = amount if total is None else total
    headings = [
        Heading(c, f"?sort={c.name}" if c.sort else "", "ascending" if c.name == "due" else "") for c in SAMPLE.columns
    ]
    return Page(
        spec=SAMPLE,
        rows=[row_of(SAMPLE, row) for row in _rows(amount)],
        headings=headings,
        count=min(count, COUNT_LIMIT),
        more_than=count > COUNT_LIMIT,
        number=1,
        last=max(1, min(count, COUNT_LIMIT) // SAMPLE.size),
        sentences=[Sentence(sample.label, label, request.path)] if chosen else [],
        choices=[Choice(sample, sample.options(), chosen)],
        words=_("threat") if chosen else "",
        path=request.path,
        query={},
        found=None,  # type: ignore[arg-type]  # nothing to export: these rows are not in a table
    )


def _list(amount: int, *, total: int | None = None, chosen: str = "") -> Callable[[HttpRequest, datetime], Shown]:
    return lambda request, _at: {"page": _page(request, amount, total=total, chosen=chosen)}


def _form(_request: HttpRequest, _at: datetime) -> Shown:
    return {"form": SampleForm(auto_id="id_%s"), "number": 2, "total": 4}


def _form_with_errors(_request: HttpRequest, _at: datetime) -> Shown:
    typed = {"place": _("At the desk"), "day": "2026-02-31", "words": _("He said that he knows where I live.")}
    return {"form": SampleForm(typed), "number": 2, "total": 4}


def _detail(request: HttpRequest, at: datetime) -> Shown:
    here = request.path
    events = [
        {"at": at, "what": _("Feedback given to the reporter"), "by": _("Fatma Yildiz"), "icon": "send"},
        {"at": at - timedelta(hours=5), "what": _("Assigned"), "by": _("Fatma Yildiz"), "icon": "user-check"},
        {"at": at - timedelta(days=1), "what": _("Report came in"), "text": _("He said that he knows where I live.")},
    ]
    return {
        "facts": [(_("Kind"), SAMPLE_KINDS[0][1]), (_("Where"), _("At the desk")), (_("Times"), 3)],
        "tabs": [(here, _("Care")), (reverse("ui:pattern", args=["timeline"]), _("Response"))],
        "events": events,
        "readers": [_("The reporter"), _("The manager of Civil affairs"), _("The aggression coordinator")],
    }


def _figures() -> list[tuple[str, int, int, int]]:
    return [("2025-3", 12, 8, 17), ("2025-4", 15, 10, 21), ("2026-1", 9, 5, 14), ("2026-2", 11, 7, 16)]


def _chart(_request: HttpRequest, _at: datetime) -> Shown:
    values = [{"quarter": q, "n": n, "low": low, "high": high} for q, n, low, high in _figures()]
    base = {"x": {"field": "quarter", "type": "ordinal", "title": None}}
    spec = {
        "$schema": "https://vega.github.io/schema/vega-lite/v6.json",
        "data": {"values": values},
        "width": 620,
        "height": 240,
        "encoding": base,
        "layer": [
            {
                "mark": {"type": "rule"},
                "encoding": {
                    "y": {"field": "low", "type": "quantitative", "title": _("Reports"), "scale": {"zero": True}},
                    "y2": {"field": "high"},
                },
            },
            {"mark": {"type": "point"}, "encoding": {"y": {"field": "n", "type": "quantitative"}}},
            {
                "mark": {"type": "text", "dx": 18},
                "encoding": {"y": {"field": "n", "type": "quantitative"}, "text": {"field": "n"}},
            },
        ],
    }
    message = _("Reports at Civil affairs: not demonstrably changed")
    headings = (_("Quarter"), _("Reports"), _("Between"))
    rows = [(q, n, _("%(low)s to %(high)s") % {"low": low, "high": high}) for q, n, low, high in _figures()]
    how = _("Counts per quarter, with the interval in which the true level lies in 95 of 100 cases.")
    return {
        "chart": charts.draw(spec, message=message, headings=headings, rows=rows, how=how),
        "nothing": charts.draw(spec, message=_("Reports at Green spaces"), headings=headings, rows=[]),
    }


def _square(west: float, south: float) -> list[list[list[float]]]:
    east, north = west + 0.0006, south + 0.0004  # degrees: about 40 metres
    return [[[west, south], [east, south], [east, north], [west, north], [west, south]]]


def _map(_request: HttpRequest, _at: datetime) -> Shown:
    spots = [(6.135, 52.013, "attention"), (6.137, 52.012, "calm"), (6.1365, 52.0142, "quiet")]
    features: list[Shown] = [
        {
            "type": "Feature",
            "properties": {"id": f"b{n}", "tone": tone},
            "geometry": {"type": "Polygon", "coordinates": _square(west, south)},
        }
        for n, (west, south, tone) in enumerate(spots)
    ]
    features.append(
        {
            "type": "Feature",
            "properties": {"id": "p", "tone": "attention"},
            "geometry": {"type": "Point", "coordinates": [6.139, 52.0135]},
        }
    )
    items = [Item("b0", _("Quay 1"), "#main", _("12 companies at one address"))]
    items += [Item("b1", _("Quay 2"), "#main"), Item("b2", _("Quay 3"), "#main"), Item("p", _("Harbour gate"), "#main")]
    collection = {"type": "FeatureCollection", "features": features}
    return {
        "drawing": Map(collection, title=_("Buildings with a finding"), items=items),
        "nothing": Map({}, title=_("Streets with a finding"), items=[], empty=_("No street stands out.")),
    }


def _confirm(_request: HttpRequest, _at: datetime) -> Shown:
    return {"gone": [_("The view “My team, open”"), _("Its place in your list")], "back": reverse("ui:patterns")}


def _states(_request: HttpRequest, _at: datetime) -> Shown:
    levels = (
        ("info", "info-circle"),
        ("ok", "circle-check"),
        ("warning", "alert-triangle"),
        ("error", "alert-triangle"),
    )
    return {"levels": levels}


@dataclass(frozen=True)
class Pattern:
    """One pattern page: its title, its template and what it shows."""

    title: str | Promise
    template: str
    content: Callable[[HttpRequest, datetime], Shown]


PATTERNS = {
    "list-empty": Pattern(gettext_lazy("List, empty (or not for you)"), "list", _list(0)),
    "list-few": Pattern(gettext_lazy("List, a few"), "list", _list(3)),
    "list-many": Pattern(gettext_lazy("List, many"), "list", _list(25, total=COUNT_LIMIT + 1)),
    "list-filtered": Pattern(gettext_lazy("List, filtered"), "list", _list(2, chosen="threat")),
    "list-no-match": Pattern(gettext_lazy("List, nothing matches"), "list", _list(0, chosen="gift")),
    "detail": Pattern(gettext_lazy("Detail"), "detail", _detail),
    "timeline": Pattern(gettext_lazy("Timeline, empty and full"), "timeline", _detail),
    "form": Pattern(gettext_lazy("Step form"), "form", _form),
    "form-errors": Pattern(gettext_lazy("Form with errors"), "form", _form_with_errors),
    "confirm": Pattern(gettext_lazy("Asking before something goes"), "confirm", _confirm),
    "chart": Pattern(gettext_lazy("Chart, drawn and empty"), "chart", _chart),
    "map": Pattern(gettext_lazy("Map, drawn and empty"), "map", _map),
    "states": Pattern(gettext_lazy("Loading, progress, notices, buttons"), "states", _states),
}
