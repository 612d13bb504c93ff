"""Parts of pages: `{% load ui_parts %}`. Each has one documented way to use it; the pattern page shows them all."""

import json
from typing import Any

from django import template
from django.core.serializers.json import DjangoJSONEncoder
from django.http import HttpRequest
from django.template.base import render_value_in_context
from django.urls import reverse
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe

from bolwerk.ui.areas import AreaMap, Sheet
from bolwerk.ui.charts import Chart
from bolwerk.ui.drafts import owner_of
from bolwerk.ui.lists import Cell, Page, Row
from bolwerk.ui.maps import Map
from bolwerk.ui.queries import saved_views

register = template.Library()
Shown = dict[str, Any]


def _request(context: template.Context) -> HttpRequest | None:
    request = context.get("request")
    return request if isinstance(request, HttpRequest) else None


@register.inclusion_tag("ui/parts/list.html", takes_context=True)
def list_part(context: template.Context, page: Page, title: str, empty: str, unit: str = "") -> Shown:
    """A whole list: title with count, search, filters as sentences, rows, paging, saved views, CSV.

    `{% list_part page title=_("Reports") empty=_("Reports of your team appear here …") %}` with a page of
    `bolwerk.ui.lists`. `empty` says what would appear here and how.
    """
    request = _request(context)
    owner = owner_of(request) if request else ""
    views = list(saved_views(owner=owner, list_name=page.spec.name)) if owner else []
    return {"page": page, "title": title, "empty": empty, "unit": unit, "views": views, "owner": owner} | {
        "request": request,
        "csrf_token": context.get("csrf_token"),
    }


@register.simple_tag(takes_context=True)
def cells_part(context: template.Context, row: Row) -> SafeString:
    """The cells of a row of a list: `{% cells_part row %}`. In Python: a template takes ten times as long."""
    return mark_safe("".join(_cell(cell, context) for cell in row.cells))  # noqa: S308  each is escaped in _cell


def _cell(cell: Cell, context: template.Context) -> str:
    """One cell, with what a template would make of its value: numbers in the reader's way, signs of HTML escaped."""
    said = "" if cell.value is None else render_value_in_context(cell.value, context)
    kind, before = cell.column.kind, cell.column.before
    if cell.href:
        said = f'<a class="utrecht-link utrecht-link--html-a" href="{escape(cell.href)}">{said}</a>'
    elif kind == "badge" and said:
        said = f'<span class="utrecht-data-badge">{said}</span>'
    beside = f'<span class="bw-before">{escape(before)} </span>' if before else ""
    return f'<td class="bw-cell--{kind}">{beside}{said}</td>'


@register.inclusion_tag("ui/parts/empty.html")
def empty_part(text: str, href: str = "", action: str = "") -> Shown:
    """What would be here and how it gets here: `{% empty_part text=_("…") href=url action=_("Report") %}`."""
    return {"text": text, "href": href, "action": action}


@register.inclusion_tag("ui/parts/loading.html")
def loading_part(what: str = "") -> Shown:
    """The shape of what is coming, with a word for who cannot see it: `{% loading_part what=_("the map") %}`."""
    return {"what": what}


@register.inclusion_tag("ui/parts/facts.html")
def facts_part(facts: list[tuple[Any, Any]]) -> Shown:
    """Facts of a detail page: `{% facts_part facts %}` with pairs of label and value; empty values are left out."""
    return {"facts": [(label, value) for label, value in facts if value not in (None, "", [])]}


@register.inclusion_tag("ui/parts/status.html")
def status_part(status: str, tone: str = "", deadline: str = "", late: str = "") -> Shown:
    """The status line under a title: `{% status_part status=… tone="good" deadline=due|due_in %}`.

    `tone` is "" (calm), "good", "attention" (someone must act) or "quiet" (done). `late` non-empty marks the deadline.
    """
    return {"status": status, "tone": tone, "deadline": deadline, "late": late}


@register.inclusion_tag("ui/parts/tabs.html", takes_context=True)
def tabs_part(context: template.Context, label: str, tabs: list[tuple[str, Any]]) -> Shown:
    """Tracks of a page as links with addresses of their own: `{% tabs_part _("Tracks") tabs %}`, (address, text)."""
    request = _request(context)
    return {"label": label, "tabs": tabs, "path": request.path if request else ""}


@register.inclusion_tag("ui/parts/timeline.html")
def timeline_part(events: list[Any], title: str = "") -> Shown:
    """What happened, newest first: things (or dicts) with `at`, `what`, and if wanted `by`, `text`, `icon`."""
    return {"events": events, "title": title}


@register.inclusion_tag("ui/parts/readers.html")
def readers_part(readers: list[Any]) -> Shown:
    """Who can see this: `{% readers_part readers %}` with names or roles in words."""
    return {"readers": readers}


@register.inclusion_tag("ui/parts/confirm.html", takes_context=True)
def confirm_part(
    context: template.Context, question: str, gone: list[Any], action: str, back: str, undo: str = ""
) -> Shown:
    """A page that asks before something goes: says what will be gone (`gone`, a list) and how to `undo` it.

    `{% confirm_part question=… gone=… action=_("Delete view") back=url undo=… %}`; the form posts to this address.
    """
    return {"question": question, "gone": gone, "action": action, "back": back, "undo": undo} | {
        "csrf_token": context.get("csrf_token")
    }


@register.inclusion_tag("ui/parts/step.html")
def step_part(number: int, total: int) -> Shown:
    """Progress in words: `{% step_part 2 4 %}` says "Step 2 of 4"."""
    return {"number": number, "total": total, "done": range(number), "left": range(total - number)}


@register.inclusion_tag("ui/parts/progress.html")
def progress_part(label: str, done: int, total: int, now: str = "") -> Shown:
    """Long work: `{% progress_part label=… done=3 total=7 now=_("Reading buildings") %}`."""
    return {"label": label, "done": done, "total": total, "now": now}


@register.simple_tag
def draft_attrs(form: str) -> SafeString:
    """Attributes for a <form> that keeps itself while one types: `<form {% draft_attrs "incidents-report" %}>`."""
    return format_html('data-draft="{}"', reverse("ui:draft", args=[form]))


@register.inclusion_tag("ui/parts/draft_button.html", takes_context=True)
def draft_button(context: template.Context, form: str) -> Shown:
    """The button that keeps a draft without JavaScript, and the place where "kept" is said."""
    request = _request(context)
    return {"address": reverse("ui:draft", args=[form]), "back": request.get_full_path() if request else "/"}


@register.inclusion_tag("ui/parts/chart.html")
def chart_part(chart: Chart) -> Shown:
    """A chart of `bolwerk.ui.charts.draw`: message, drawing, how we know, and its figures a click away."""
    return {"chart": chart}


BESIDE = 2  # columns of figures that fit on the narrowest phone


@register.inclusion_tag("ui/parts/figures.html")
def figures_part(caption: Any, headings: Any, rows: Any) -> Shown:
    """Figures as a plain table: `{% figures_part _("…") headings rows %}`. On a phone the cells of a row lie below each
    other, each with its heading, when there are more than fit beside each other."""
    named = [(first, list(zip(headings[1:], values, strict=False))) for first, *values in rows]
    return {"caption": caption, "headings": headings, "rows": named, "stacks": len(headings) > BESIDE}


# In JSON inside HTML these could end the script element or start a comment (HTML standard, 4.12.1.3).
ESCAPED = {ord("<"): "\\u003C", ord(">"): "\\u003E", ord("&"): "\\u0026"}


@register.inclusion_tag("ui/parts/map.html", takes_context=True)
def map_part(context: template.Context, drawing: Map) -> Shown:
    """A map of `bolwerk.ui.maps.Map` with its list beside it."""
    data = json.dumps(drawing.geojson, cls=DjangoJSONEncoder).translate(ESCAPED)
    return {"map": drawing, "request": _request(context), "data": mark_safe(data)}  # noqa: S308  escaped above


EDGE = 12  # units around a drawing of areas, so that the lines at its side are whole


@register.inclusion_tag("ui/parts/sheet.html")
def sheet_part(sheet: Sheet) -> Shown:
    """The shapes that the drawings of areas on a page share: `{% sheet_part sheet %}`, once, before them."""
    return {"sheet": sheet}


@register.inclusion_tag("ui/parts/area_map.html")
def area_map_part(drawing: AreaMap) -> Shown:
    """A drawing of `bolwerk.ui.areas.AreaMap` with its legend, which says all that the drawing says."""
    return {"map": drawing, "box": f"{drawing.sheet.width + EDGE} {drawing.sheet.height + EDGE}"}
