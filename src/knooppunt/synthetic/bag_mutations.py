"""The mutations of one day in a fictional municipality, as Kadaster delivers them (mutatielevering, MUT).

Made from a delivery that was written before: some premises get another area (the occurrence of before is ended, a
newer one added). Works on the text of the delivery, so that what was is to the letter what the delivery says.
"""

import io
import re
import zipfile
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

from knooppunt.synthetic.bag_xml import AREA, ROOT_NAMES
from knooppunt.synthetic.model import MUNICIPALITY_CODE, STAND_ON

EVERY = 53
"""One in so many present premises in the first file of premises changes."""
_EXTRACT = "http://www.kadaster.nl/schemas/lvbag/extract-deelbestand-mutaties-lvc/v20200601"
_GENERIC = "http://www.kadaster.nl/schemas/mutatielevering-generiek/1.0"
_OBJECT = re.compile(r"<sl-bag-extract:bagObject>(<Objecten:Verblijfsobject>.*?)</sl-bag-extract:bagObject>", re.DOTALL)
_NUMBER = re.compile(r"(<Historie:voorkomenidentificatie>)(\d+)<")
_BEGIN = re.compile(r"(<Historie:beginGeldigheid>)[^<]+<")
_REGISTERED = re.compile(r"(<Historie:tijdstipRegistratie(?:LV)?>)[^<]+<")
_FLOOR = re.compile(r"(<Objecten:oppervlakte>)(\d+)<")
_ENDED = ("eindGeldigheid", "tijdstipInactief", "eindRegistratie")
LARGER = 11
"""Square metres that are added."""


def write_mutations(
    delivery: Path, out: Path, *, start: date | None = None, days: int = 1, larger: int = LARGER, every: int = EVERY
) -> int:
    """Write the mutations from `start` (the day of the delivery) on, and return how many objects change."""
    first = start or date.fromisoformat(STAND_ON)
    end = first + timedelta(days=days)
    changed = [one for number, one in enumerate(_present(delivery)) if number % every == 0]
    groups = "\n".join(_group(one, first, larger) for one in changed)
    name = f"{MUNICIPALITY_CODE}MUT{first:%d%m%Y}-{end:%d%m%Y}"
    inner = io.BytesIO()
    with zipfile.ZipFile(inner, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(_entry(f"{name}-000001.xml"), _document(groups, first, end))
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as archive:
        archive.writestr(_entry(f"{name}.zip"), inner.getvalue())
    return len(changed)


def _entry(name: str) -> zipfile.ZipInfo:
    year, month, day = (int(part) for part in STAND_ON.split("-"))
    return zipfile.ZipInfo(name, date_time=(year, month, day, 5, 0, 0))


def _present(delivery: Path) -> Iterator[str]:
    """The premises in the first file of them that have no end, as they stand there."""
    with zipfile.ZipFile(delivery) as outer:
        part = next(name for name in outer.namelist() if re.match(r"[0-9]{4}VBO[0-9]{8}\.zip$", name))
        with zipfile.ZipFile(io.BytesIO(outer.read(part))) as inner:
            text = inner.read(inner.namelist()[0]).decode()
    for found in _OBJECT.finditer(text):
        if not any(name in found[1] for name in _ENDED):
            yield found[1]


def _group(was: str, day: date, larger: int) -> str:
    """What one object was, that this ended, and what it is now."""
    moment = f"{day}T09:00:00.000"
    ended = was.replace(
        "<Historie:tijdstipRegistratie>",
        f"<Historie:eindGeldigheid>{day}</Historie:eindGeldigheid><Historie:tijdstipRegistratie>",
    )
    ended = ended.replace(
        "<Historie:BeschikbaarLV>",
        f"<Historie:eindRegistratie>{moment}</Historie:eindRegistratie><Historie:BeschikbaarLV>",
    )
    closed = (
        f"<Historie:tijdstipEindRegistratieLV>{moment}</Historie:tijdstipEindRegistratieLV></Historie:BeschikbaarLV>"
    )
    ended = ended.replace("</Historie:BeschikbaarLV>", closed)
    now = _NUMBER.sub(lambda found: f"{found[1]}{int(found[2]) + 1}<", was)
    now = _REGISTERED.sub(rf"\g<1>{moment}<", _BEGIN.sub(rf"\g<1>{day}<", now))
    now = _FLOOR.sub(lambda found: f"{found[1]}{int(found[2]) + larger}<", now)
    return (
        "<ml:mutatieGroep>"
        f'<ml:wijziging objectType="Verblijfsobject"><ml:was id="w">{_state(was)}</ml:was>'
        f'<ml:wordt id="w">{_state(ended)}</ml:wordt></ml:wijziging>'
        f'<ml:toevoeging objectType="Verblijfsobject"><ml:wordt id="t">{_state(now)}</ml:wordt></ml:toevoeging>'
        "</ml:mutatieGroep>"
    )


def _state(thing: str) -> str:
    return f"<mlm:bagObject>{thing}</mlm:bagObject>"


def _document(groups: str, start: date, end: date) -> str:
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>\n<mlm:bagMutaties xmlns:mlm="{_EXTRACT}" xmlns:ml="{_GENERIC}"'
        f"{ROOT_NAMES}>\n<mlm:bagInfo>{AREA}<selecties-extract:MUT-Extract>"
        f"<selecties-extract:StandTechnischeDatum>{end}</selecties-extract:StandTechnischeDatum>"
        f"<selecties-extract:Mutatieperiode><selecties-extract:MutatiedatumVanaf>{start}"
        f"</selecties-extract:MutatiedatumVanaf><selecties-extract:MutatiedatumTot>{end}"
        "</selecties-extract:MutatiedatumTot></selecties-extract:Mutatieperiode></selecties-extract:MUT-Extract>"
        "</mlm:bagInfo>\n<ml:mutatieBericht><ml:dataset>LVBAG</ml:dataset><ml:inhoud><ml:gebied>GEMEENTE</ml:gebied>"
        "<ml:leveringsId>0000000001</ml:leveringsId><ml:objectTypen><ml:objectType>VBO</ml:objectType>"
        f"</ml:objectTypen></ml:inhoud>\n{groups}\n</ml:mutatieBericht>\n</mlm:bagMutaties>\n"
    )
