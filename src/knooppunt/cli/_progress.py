"""One bar on stderr for what takes more than a moment: how far, what it is at, and how long it will take still."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from knooppunt.words import _, gettext_noop

Told = Callable[[int, int, str], None]
"""Called with how much is done, how much there is (0: not known), and what it is at."""

NAMES = (
    gettext_noop("objects and addresses"),
    gettext_noop("address book"),
    gettext_noop("establishments"),
    gettext_noop("counting"),
    gettext_noop("counting objects by class"),
    gettext_noop("comparing persons"),
    gettext_noop("maps made by chance"),
    gettext_noop("reading findings"),
    gettext_noop("reading the register"),
    gettext_noop("residents"),
    gettext_noop("texts"),
    gettext_noop("writing findings"),
)
"""What it can be at, beside files and rules, which have one name in every language."""


@contextmanager
def progress_bar(*, hidden: bool = False, total: int | None = None) -> Iterator[Told | None]:
    """A bar while the block runs; None, and nothing on screen, where `hidden` or where stderr is no terminal."""
    if hidden:
        yield None
        return
    from rich import progress as bars  # noqa: PLC0415  not needed where nothing is shown
    from rich.console import Console  # noqa: PLC0415  only when it is shown

    console = Console(stderr=True)
    if not console.is_terminal:
        yield None
        return
    percentage, what = bars.TextColumn("{task.percentage:>3.0f}%"), bars.TextColumn("{task.description}")
    columns = (bars.BarColumn(), percentage, bars.TimeRemainingColumn(elapsed_when_finished=True), what)
    with bars.Progress(*columns, console=console, transient=True) as bar:
        task = bar.add_task("", total=total)

        def told(done: int, of: int, name: str) -> None:
            bar.update(task, completed=done, total=of or None, description=_(name))

        yield told
