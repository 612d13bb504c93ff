"""What Zilverdam kept before Bolwerk: a list of old reports, read in as a coordinator does."""

import csv
import io
from datetime import datetime, timedelta

from bolwerk.accounts.models import Person
from bolwerk.demo.content import read
from bolwerk.incidents import actions
from bolwerk.incidents.queries import layout_of, plan_of, proposed_columns, questions, sheet_of
from bolwerk.incidents.rules import Field

REGISTER = "GIR"
FIRST_NUMBER = 2301


def read_in_old_register(*, coordinator: Person, at: datetime) -> None:
    """Make the export of the older register, with days before `at`, and read it in."""
    content = _export(at)
    file = actions.keep_register_file(content=content, register=REGISTER, by=coordinator, at=at)
    sheet = sheet_of(content)
    actions.say_columns(file=file, columns=proposed_columns(sheet))
    codes: dict[Field, dict[str, str]] = {}
    for question in questions(sheet, layout_of(file)):
        codes.setdefault(question.what, {})[question.word] = question.proposed
    actions.say_codes(file=file, codes=codes)
    actions.read_in(file=file, shown=plan_of(file, at=at).digest, at=at)


def _export(at: datetime) -> bytes:
    text = io.StringIO()
    rows = csv.writer(text, delimiter=";")
    rows.writerow(["Meldnummer", "Datum incident", "Soort incident", "Situatie", "Afdeling", "Omschrijving"])
    for number, row in enumerate(read("old_register"), start=FIRST_NUMBER):
        day = (at - timedelta(days=row["days_ago"])).date().strftime("%d-%m-%Y")
        rows.writerow([f"GIR-{number}", day, row["kind"], row["where"], row["department"], row["words"]])
    return text.getvalue().encode()
