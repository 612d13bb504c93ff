"""From an address to what is wanted, and back. An address holds codes, days and URNs; never a name."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from urllib.parse import urlencode

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from bolwerk.audit.queries.lines import Wanted
from bolwerk.audit.queries.names import name_in, names_of
from bolwerk.audit.queries.words import events_of
from bolwerk.audit.rules.contents import URN, URN_LENGTH
from bolwerk.audit.rules.words import Group
from bolwerk.ui.lists import Sentence, address_with

PERSON = "urn:bolwerk:accounts:person:"
DAYS, URNS = ("since", "until"), ("who", "about")
DEEDS = "deeds"  # what people did: everything but the clocks and mails that follow from it
GROUPS: list[tuple[str, str | Promise]] = [(DEEDS, gettext_lazy("Without clocks and mail")), *Group.choices]


@dataclass(frozen=True)
class Asked:
    """What an address asks: the lines that are wanted, the address's own words for it, and how it reads."""

    wanted: Wanted
    query: dict[str, str]
    sentences: list[Sentence]

    @property
    def filters(self) -> str:
        """The names of the filters, for the line that says that somebody looked."""
        return ",".join(self.query)

    @property
    def about(self) -> str:
        """The one thing or person that is looked at, if there is one."""
        return self.query.get("about") or self.query.get("who") or ""

    @property
    def address(self) -> str:
        """The query string."""
        return urlencode(self.query)


def query_of(given: Mapping[str, object]) -> dict[str, str]:
    """What of `given` (an address, or a form that was filled in) is understood; the rest is left out."""
    query: dict[str, str] = {}
    for name in DAYS:
        if day := _day(given.get(name)):
            query[name] = day.isoformat()
    if (group := given.get("group")) in dict(GROUPS):
        query["group"] = str(group)
    for name in URNS:
        urn = str(given.get(name) or "")
        if len(urn) <= URN_LENGTH and URN.fullmatch(urn):
            query[name] = urn
    return query


def initial_of(asked: Asked) -> dict[str, str]:
    """What stands in the form of the filter: as in the address, with the name of a person instead of a key."""
    who = asked.query.get("who", "")
    return asked.query | ({"who": names_of([who]).get(who, who)} if who.startswith(PERSON) else {})


def asked(given: Mapping[str, object], *, path: str) -> Asked:
    """Read an address. `path` is that of the list, to which each filter can be taken away again."""
    query = query_of(given)
    since, until = (_day(query.get(name)) for name in DAYS)
    wanted = Wanted(
        actor=query.get("who", ""),
        subject=query.get("about", ""),
        events=_events(query.get("group", "")),
        since=day_begins(since) if since else None,
        until=day_begins(until + timedelta(days=1)) if until else None,
    )
    return Asked(wanted, query, _sentences(query, path))


def shortcuts(asked: Asked, *, path: str) -> list[tuple[str, str | Promise]]:
    """Addresses of the filters that people want most, without the one that is chosen."""
    wanted = {DEEDS: dict(GROUPS)[DEEDS], Group.DENIAL.value: _("Denials only")}
    chosen = asked.query.get("group")
    return [(address_with(path, asked.query, group=code), text) for code, text in wanted.items() if code != chosen]


def _events(group: str) -> tuple[str, ...] | None:
    if not group:
        return None
    return events_of(*(set(Group) - {Group.CLOCK})) if group == DEEDS else events_of(Group(group))


def _day(value: object) -> date | None:
    if isinstance(value, date):
        return value
    try:
        return date.fromisoformat(str(value or ""))
    except ValueError:
        return None


def day_begins(day: date) -> datetime:
    """The first moment of a day, as people here count days."""
    return timezone.make_aware(datetime.combine(day, time.min))


def _sentences(query: dict[str, str], path: str) -> list[Sentence]:
    names = names_of(query[name] for name in URNS if name in query)
    labels = {"since": _("From"), "until": _("Until"), "group": _("Kind"), "who": _("Who"), "about": _("About")}

    def value(name: str, code: str) -> str:
        if name in DAYS:
            return date_format(date.fromisoformat(code), "j F Y")
        return str(dict(GROUPS)[code]) if name == "group" else name_in(names, code)

    return [
        Sentence(labels[name], value(name, code), address_with(path, query, **{name: ""}))
        for name, code in query.items()
    ]
