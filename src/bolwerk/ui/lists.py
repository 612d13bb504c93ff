"""Lists: declare columns, filters and sort once; get counting, filtering, sorting, paging and CSV.

::

    WORKLIST = ListSpec(
        name="incidents.worklist",
        columns=(
            Column("reference", _("Number"), lambda i: i.reference, sort=("reference",), href=lambda i: i.address),
            Column("kind", _("Kind"), lambda i: i.get_kind_display()),
            Column("due", _("Due"), lambda i: moment(i.next_due_at), sort=("next_due_at", "pk")),
        ),
        filters=(Filter("status", _("Status"), Status.choices, lambda rows, value: rows.filter(status=value)),),
        search=lambda rows, words: rows.filter(reference__icontains=words),
        sort="due",
    )
    page = list_page(WORKLIST, request, incidents_for(request.user))          # in the view
    if page.wants_csv: return csv_response(page)
    return render(request, "incidents/worklist.html", {"page": page})         # {% list_part page %} in the template

Nothing of the address reaches SQL by name: sort and filters are looked up in the declaration, all else is ignored.
What somebody searches for may name a person, so it is kept in the session and never stands in an address.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from django.db.models import QuerySet
from django.http import HttpRequest, QueryDict
from django.utils.functional import Promise

Text = str | Promise
Rows = QuerySet[Any]
PAGE_SIZE = 25
COUNT_LIMIT = 10_000  # beyond this the title says "more than": an exact count would cost a scan on every visit
EVERYTHING = "all"  # in an address: a filter that has a default does not apply now
FAR_ENOUGH = COUNT_LIMIT // PAGE_SIZE  # the last page one can turn to; who wants to go further, filters


@dataclass(frozen=True)
class Column:
    """One thing a row says. `sort` is the ordering it stands for, `href` where the cell leads."""

    name: str
    label: Text
    value: Callable[[Any], object]
    sort: tuple[str, ...] = ()
    href: Callable[[Any], str] | None = None
    kind: str = "text"
    """text, number (to the right), badge, quiet (small, for what matters least), short (in one line), or long (words
    of people: a word may break)"""
    before: Text = ""  # words before the value where the row is read as a sentence, on a phone


@dataclass(frozen=True)
class Filter:
    """One question that narrows the list. `choices` may be a callable when they come from the database.

    `default` is the choice that holds until somebody takes it away: the list then begins as "Status is *open*".
    """

    name: str
    label: Text
    choices: Sequence[tuple[Any, Any]] | Callable[[], Sequence[tuple[Any, Any]]]
    apply: Callable[[Rows, str], Rows]
    default: str = ""

    @property
    def off(self) -> str:
        """What stands in an address when this filter does not apply."""
        return EVERYTHING if self.default else ""

    def options(self) -> list[tuple[str, Text]]:
        """Value and label of each choice, without the empty one."""
        given = self.choices() if callable(self.choices) else self.choices
        return [(str(value), label) for value, label in given if value not in ("", None)]


@dataclass(frozen=True)
class ListSpec:
    """A list as declared by a room."""

    name: str
    columns: tuple[Column, ...]
    filters: tuple[Filter, ...] = ()
    search: Callable[[Rows, str], Rows] | None = None
    sort: str = ""  # name of a column, with "-" before it for the other way round
    size: int = PAGE_SIZE
    downloadable: bool = True  # whether the list part offers its rows as a file
    mark: Callable[[Any], str] | None = None  # its id on a map beside the list: both light up together
    held: Mapping[str, str] = field(default_factory=dict)  # what else stands in the address, and stays there


@dataclass(frozen=True)
class Sentence:
    """An active filter, read as "Status is *open*", and the address of the list without it."""

    label: Text
    value: Text
    without: str
    by_default: bool = False


@dataclass(frozen=True)
class Heading:
    """The head of a column: its label, where sorting leads, and how it is sorted now (ascending, descending or "")."""

    column: Column
    address: str
    sorted: str


@dataclass(frozen=True)
class Cell:
    """One cell of a row."""

    column: Column
    value: object
    href: str


@dataclass(frozen=True)
class Row:
    """One row: its cells, and the thing itself for a template that wants more."""

    cells: list[Cell]
    thing: Any
    mark: str = ""


@dataclass(frozen=True)
class Choice:
    """A filter as a form control: what may be chosen and what is."""

    filter: Filter
    options: list[tuple[str, Text]]
    chosen: str


@dataclass(frozen=True)
class Page:
    """All that the list part needs to show."""

    spec: ListSpec
    rows: list[Row]
    headings: list[Heading]
    count: int
    more_than: bool
    number: int
    last: int
    sentences: list[Sentence]
    choices: list[Choice]
    words: str
    path: str
    query: Mapping[str, str]
    found: Rows = field(repr=False)
    wants_csv: bool = False

    def address(self, **changes: str | int) -> str:
        """The address of this list with some parameters changed; an empty value takes one away."""
        return address_with(self.path, self.query, **changes)

    @property
    def searchable(self) -> bool:
        """Whether one can search in this list."""
        return self.spec.search is not None

    @property
    def sortable(self) -> list[Heading]:
        """The columns that one can sort on; on a phone, where a table has no head, they stand in a menu."""
        return [heading for heading in self.headings if heading.address]

    @property
    def filtered(self) -> bool:
        """Whether somebody narrowed the list: its empty state then reads otherwise."""
        return bool(self.words) or any(not sentence.by_default for sentence in self.sentences)

    @property
    def previous(self) -> str:
        """Address of the page before, or nothing."""
        return self.address(page=self.number - 1) if self.number > 1 else ""

    @property
    def next(self) -> str:
        """Address of the page after, or nothing."""
        return self.address(page=self.number + 1) if self.number < self.last else ""

    @property
    def csv(self) -> str:
        """Address of the same rows as a CSV file."""
        return self.address(page="", format="csv")

    @property
    def view_query(self) -> str:
        """What a saved view keeps of the address: filters and sort, never what was searched for."""
        return urlencode({name: value for name, value in self.query.items() if name not in {"page", "format", "found"}})


def address_with(path: str, query: Mapping[str, str], **changes: str | int) -> str:
    """Return `path` with the parameters `query` and `changes`; empty values are left out."""
    merged = {**query, **{name: str(value) for name, value in changes.items()}}
    kept = urlencode({name: value for name, value in merged.items() if value})
    return f"{path}?{kept}" if kept else path


def _known(spec: ListSpec, given: QueryDict) -> dict[str, str]:
    """The parameters of the address that this list understands, and nothing else."""
    known: dict[str, str] = {}
    for one in spec.filters:
        value = given.get(one.name, one.default)
        if value and (value == one.off or value in {code for code, _ in one.options()}):
            known[one.name] = value
    sort = given.get("sort", "")
    if any(column.name == sort.lstrip("-") and column.sort for column in spec.columns):
        known["sort"] = sort
    page = given.get("page", "")
    if page.isascii() and page.isdigit() and len(page) <= len(str(FAR_ENOUGH)) and int(page) > 1:
        known["page"] = page
    known["found"] = given.get("found", "")
    return known


def ordering(spec: ListSpec, wanted: str) -> tuple[str, ...]:
    """The ORDER BY that the name of a column stands for, ending in the key so that pages never overlap."""
    column = next((c for c in spec.columns if c.name == wanted.lstrip("-") and c.sort), None)
    if column is None:
        return ()
    fields = column.sort if "pk" in column.sort or "-pk" in column.sort else (*column.sort, "pk")
    return fields if not wanted.startswith("-") else tuple(f[1:] if f.startswith("-") else f"-{f}" for f in fields)


def _headings(spec: ListSpec, path: str, query: Mapping[str, str]) -> list[Heading]:
    now = query.get("sort", spec.sort)
    headings = []
    for column in spec.columns:
        mine = now.lstrip("-") == column.name
        turned = f"-{column.name}" if mine and not now.startswith("-") else column.name
        state = ("descending" if now.startswith("-") else "ascending") if mine else ""
        address = address_with(path, query, sort=turned, page="") if column.sort else ""
        headings.append(Heading(column, address, state))
    return headings


def row_of(spec: ListSpec, thing: Any) -> Row:
    """Return the cells of one row."""
    cells = [Cell(c, c.value(thing), c.href(thing) if c.href else "") for c in spec.columns]
    return Row(cells, thing, spec.mark(thing) if spec.mark else "")


def _narrowed(spec: ListSpec, rows: Rows, query: Mapping[str, str], words: str) -> Rows:
    for one in spec.filters:
        if query.get(one.name, one.off) != one.off:
            rows = one.apply(rows, query[one.name])
    if words and spec.search:
        rows = spec.search(rows, words)
    wanted = ordering(spec, query.get("sort", spec.sort))
    return rows.order_by(*wanted) if wanted else rows


def _choices(spec: ListSpec, query: Mapping[str, str]) -> list[Choice]:
    return [Choice(one, one.options(), query.get(one.name, "")) for one in spec.filters]


def _sentences(choices: list[Choice], path: str, query: Mapping[str, str]) -> list[Sentence]:
    return [
        Sentence(
            c.filter.label,
            dict(c.options)[c.chosen],
            address_with(path, query, page="", **{c.filter.name: c.filter.off}),
            by_default=c.chosen == c.filter.default,
        )
        for c in choices
        if c.chosen != c.filter.off
    ]


def _of_page(found: Rows, number: int, size: int) -> Rows:
    """The rows of one page of many: which ones is found among keys alone, and only those are read whole.

    Otherwise a database sorts whole rows, with all that is joined to them, to show twenty-five.
    """
    keys = found.values("pk")[(number - 1) * size : number * size]
    return found.filter(pk__in=keys)


def list_page(spec: ListSpec, request: HttpRequest, rows: Rows) -> Page:
    """Answer the address of `request` with a page of `rows`, which must hold only what this person may see."""
    query = _known(spec, request.GET) | dict(spec.held)
    words = searched_words(request, query.get("found", ""))
    found = _narrowed(spec, rows, query, words)
    counted = found.order_by()[: COUNT_LIMIT + 1].count()
    count = min(counted, COUNT_LIMIT)
    last = max(1, -(-count // spec.size))
    number = min(int(query.get("page", "1")), last)
    shown = found[: spec.size] if last == 1 else _of_page(found, number, spec.size)
    choices = _choices(spec, query)
    return Page(
        spec=spec,
        rows=[row_of(spec, thing) for thing in shown],
        headings=_headings(spec, request.path, query),
        count=count,
        more_than=counted > COUNT_LIMIT,
        number=number,
        last=last,
        sentences=_sentences(choices, request.path, query),
        choices=choices,
        words=words,
        path=request.path,
        query=query,
        found=found,
        wants_csv=request.GET.get("format") == "csv",
    )


SEARCHES = "searches"  # key in the session
SEARCHES_KEPT = 20
LONGEST_SEARCH = 200  # characters


def searched_words(request: HttpRequest, key: str) -> str:
    """What was searched for under `key` in this session; empty when it is not known (any more)."""
    kept = request.session.get(SEARCHES, {}) if key and hasattr(request, "session") else {}
    return str(kept.get(key, ""))


def keep_search(request: HttpRequest, *, key: str, words: str) -> None:
    """Remember in the session what is searched for; the oldest of many is forgotten."""
    kept = dict(request.session.get(SEARCHES, {}))
    kept[key] = words[:LONGEST_SEARCH]
    request.session[SEARCHES] = dict(list(kept.items())[-SEARCHES_KEPT:])
