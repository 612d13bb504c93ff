"""From deliveries to a finding that turned out right, on a fictional municipality.

    python docs/how-to/a_finding_that_turned_out_right.py [FOLDER] [RESIDENTS]

The steps are those of a-finding-that-turned-out-right.md beside this file, word for word; a test runs them.
"""

import json
import sys
import tempfile
from datetime import UTC, date, datetime
from pathlib import Path

import knooppunt
from knooppunt.findings.yields import Outcome, work_list, yields
from knooppunt.synthetic import synthesise
from knooppunt.synthetic.records import FILES


def story(home: Path, residents: int = 5_000) -> tuple[str, bool]:
    """Walk the whole way in the folder `home`; returns the finding that was looked at, and whether it was right."""
    # 1. Make a municipality to try on
    town, vault = home / "town", home / "vault"
    synthesise(residents=residents, seed=1, out=town)
    today, now = date(2026, 11, 1), datetime.now(UTC)

    # 2. Take its deliveries into a vault
    deliveries = {"bag": "bag.zip", "brp": "brp.csv", "kvk": "kvk.jsonl", **FILES}
    for register, file in deliveries.items():
        taken = knooppunt.read(register, town / file, vault=vault, at=now, as_of=today)
        print(f"{register}: {sum(taken.current.values()):,} current, {len(taken.rejected)} refused")

    # 3. Link them, and see how well that went
    links = knooppunt.link(vault, at=now)
    good = links.by_errors["0"] + links.by_errors["1"]
    print(f"{good:,} of {links.establishments:,} establishments are linked well enough to count")

    # 4. Ask the rules which objects deserve a look
    run = knooppunt.find(vault, as_of=today)
    for outcome in run.outcomes:
        print(f"{outcome.rule}: {outcome.message or outcome.findings}")

    # 5. Take one, and ask why
    chosen = next(finding for finding in run.findings if finding.rule == "BED-01")
    why = knooppunt.explain(vault, chosen.id)
    print(f"{chosen.place}: {chosen.explanation('en')}")
    print(f"Innocent explanations: {', '.join(chosen.false_positives('en'))}")
    print(f"It rests on {len(chosen.refs)} records, the first in {chosen.refs[0].source_file}")
    print(f"The SQL that found it has {len(why.sql.splitlines())} lines; whoever doubts can run it")

    # 6. Go and look, without knowing what was drawn at random
    found = [finding.object_id for finding in run.findings if finding.rule == chosen.rule]
    others = [link["object_id"] for link in json.loads((town / "truth.json").read_text())["links"]]
    to_visit = work_list(found, sorted(set(others)), seed=7)
    print(f"{len(to_visit)} addresses to visit; which of them are controls, only the key says")

    # 7. Write down what it was: here the truth file plays the inspector
    planted = json.loads((town / "truth.json").read_text())["findings"][chosen.rule]
    wrong_there = {one["object_id"] for one in planted if not one["innocent"]}
    seen = [Outcome(chosen.rule, one.object_id, one.is_control, one.object_id in wrong_there) for one in to_visit]
    told = yields(seen)[chosen.rule]
    print(f"Right {told.confirmed} of {told.looked_at} times ({told.interval[0]:.0%} to {told.interval[1]:.0%})")
    print(f"At random {told.controls_confirmed} of {told.controls}: {told.verdict}")

    # 8. Look ahead, soberly
    ahead = knooppunt.forecast(vault, on=today)
    print(f"{ahead.month:%B %Y}: {ahead.verdict}, {len(ahead.areas)} areas")

    # 9. Take the findings out, with a reason
    reason = "Walk through the centre with the fire service"
    content = knooppunt.export(vault, "csv", reason=reason, by="C. Vos", at=now, language="en")
    (home / "findings.csv").write_bytes(content)

    # 10. Was it right?
    right = chosen.object_id in wrong_there
    print(f"The finding at {chosen.place} turned out {'right' if right else 'to have an innocent explanation'}")
    return chosen.object_id, right


if __name__ == "__main__":
    given = sys.argv[1:]
    size = int(given[1]) if len(given) > 1 else 5_000
    if given:
        story(Path(given[0]), size)
    else:
        with tempfile.TemporaryDirectory() as folder:
            story(Path(folder), size)
