"""An example of every command, and in which order somebody comes by them. A test reads each example as a command."""

STEPS: dict[str, dict[str, str]] = {
    "begin": {
        "synth": "write a fictional town to try on, with its truth",
        "map": "propose which column of a CSV is which",
        "ingest": "take a delivery of a register into a vault",
        "doctor": "what a vault holds, how old, how well linked, what is missing",
        "bench": "how long the work takes on this machine, beside a scan",
    },
    "link": {
        "link": "establishments to addresses; your own lists; persons, with a basis",
        "companies": "companies through time, and whom they belong to",
        "areas": "in which neighbourhood objects lie, and which lie in none",
        "corrections": "decide what linking left open, and report it back",
    },
    "find": {
        "findings": "ask the rules which objects deserve a look",
        "explain": "everything behind one finding",
        "object": "the objects at an address, and what the rules saw of one",
    },
    "judge": {
        "worklist": "a list to go and look at, with random controls in it",
        "outcomes": "what came of it: how often the rule was right, beside chance",
        "rules": "the life of every rule, and moving one",
        "bias": "does a rule look at some neighbourhoods more than at others",
    },
    "look ahead, by area": {
        "forecast": "next month, held against last year",
        "hotspots": "where there are more reports than chance gives",
    },
    "take out, with a reason": {
        "export": "findings as CSV, map layer, Parquet or FollowTheMoney",
        "riec": "one finding as a signal document",
        "publish": "records for the algorithm register",
    },
}
"""All commands with what each is for, in the order of a first day."""

EXAMPLES: dict[str, tuple[str, ...]] = {
    "areas": ("knooppunt areas --vault vault --as-of 2026-11-01 --unplaced nowhere.csv",),
    "bench": ("knooppunt bench --vault vault", "knooppunt bench --vault vault --delivery bag town/bag.zip --json"),
    "bias": ("knooppunt bias --vault vault --rule BED-01",),
    "companies": (
        "knooppunt companies keep --vault vault",
        "knooppunt companies owners 99000001 --vault vault --on 2026-11-01 --basis 'Wet Bibob art. 7a' "
        "--purpose 'permit 12' --by 'C. Vos'",
    ),
    "corrections": (
        "knooppunt corrections worklist --vault vault --out look-at.csv",
        "knooppunt corrections read look-at.csv --vault vault --by 'C. Vos'",
    ),
    "doctor": ("knooppunt doctor --vault vault",),
    "explain": ("knooppunt explain 0f96f02e5006c974 --vault vault --lang en",),
    "export": ("knooppunt export --vault vault --format csv --reason 'Walk with the fire service' --out findings.csv",),
    "findings": (
        "knooppunt findings --vault vault --as-of 2026-11-01",
        "knooppunt findings --vault vault --as-of 2026-11-01 --rule BED-01 --lang en",
    ),
    "forecast": (
        "knooppunt forecast --vault vault --svg reports.svg",
        "knooppunt forecast --vault vault --rule MLD-01",
    ),
    "hotspots": ("knooppunt hotspots --vault vault --months 12",),
    "ingest": (
        "knooppunt ingest bag town/bag.zip --vault vault",
        "knooppunt ingest kvk town/kvk.jsonl --vault vault --as-of 2026-11-01",
        "knooppunt ingest boundaries wijkenbuurten_2026.gpkg --vault vault --as-of 2026-01-01",
    ),
    "link": ("knooppunt link --vault vault --svg links.svg", "knooppunt link addresses list.csv --vault vault"),
    "map": ("knooppunt map my-permits.csv --ask --out my-permits.toml",),
    "object": (
        "knooppunt object 9900010000000540 --vault vault",
        "knooppunt object '6100BA 7' --vault vault --as-of 2026-11-01 --known-on 2026-10-01",
    ),
    "outcomes": ("knooppunt outcomes list.csv --key key.json --vault vault --svg yield.svg",),
    "publish": (
        "knooppunt publish --organization 'Gemeente Zilverdam' --contact privacy@zilverdam.example --since 2026-11 "
        "--assessments 'DPIA van 3 maart 2026' --legal-basis 'APV' --out records",
    ),
    "riec": (
        "knooppunt riec 0f96f02e5006c974 --vault vault --to 'RIEC Midden-Nederland' --legal-basis 'art. 8' "
        "--necessity 'closed premises' --decided-by burgemeester --decided-on 2026-11-01 --out signals",
    ),
    "rules": (
        "knooppunt rules list --vault vault --svg yields.svg",
        "knooppunt rules move BED-01 pilot --vault vault --reason 'Bound raised'",
    ),
    "synth": ("knooppunt synth --residents 5000 --seed 1 --out town",),
    "worklist": ("knooppunt worklist --vault vault --rule BED-01 --seed 7 --out list.csv --key key.json",),
}
