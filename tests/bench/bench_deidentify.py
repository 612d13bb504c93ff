"""De-identification of 500 labelled case texts: what is found, what in vain, and how long a text takes (issue 5).

Beside it stands `deduce` by itself on the same texts, without its streets and hospitals: what is added to it.
"""

import os
import tempfile
from statistics import median, quantiles
from time import perf_counter

from tests.bench.result import Figure, write


def measure(folder: str) -> dict[str, Figure]:
    """Read both halves, and return rates and milliseconds."""
    os.environ |= {"DJANGO_SETTINGS_MODULE": "bolwerk.config.settings", "BOLWERK_DIR": folder}
    import django

    django.setup()
    from bolwerk.circle.queries.deidentify import by_deduce, direct_hits, warm_up
    from bolwerk.circle.rules.deidentify import Weight
    from bolwerk.circle.tests.deidentify.labelled import half
    from bolwerk.circle.tests.deidentify.scoring import score

    begin = perf_counter()
    warm_up()
    figures: dict[str, Figure] = {"load_s": perf_counter() - begin}
    for name in ("tuning", "held_out"):
        for who, read in (
            ("all", direct_hits),
            ("deduce", lambda text: [h for h in by_deduce(text) if h.weight is Weight.DIRECT]),
        ):
            found = score(half(name), read=read)
            figures |= {f"{name}_{who}_recall": found.recall, f"{name}_{who}_precision": found.precision}
            figures |= {f"{name}_{who}_{kind}": f"{found.found[kind]}/{found.planted[kind]}" for kind in found.planted}
    times = []
    for one in half("held_out"):
        begin = perf_counter()
        direct_hits(one.text)
        times.append((perf_counter() - begin) * 1000)
    return figures | {"text_median_ms": median(times), "text_p95_ms": quantiles(times, n=20)[-1]}


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as place:
        write("deidentify", measure(place))
