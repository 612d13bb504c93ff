"""What the worker does for this room on time."""

from django.utils import timezone
from django_tasks import task

from bolwerk.incidents.actions import forget_old_files, publish_due_figures
from bolwerk.incidents.actions.care import publish_due_ratings
from bolwerk.incidents.actions.response import end_measures


def publish_daily() -> None:
    """Ask for the figures of a quarter once it is over. The queue makes them: the clock must not wait for the gate."""
    make_figures.enqueue()


def forget_files() -> None:
    """Throw away files of older registers that nobody read in for a day."""
    forget_old_files(at=timezone.now())


def end_due_measures() -> None:
    """End measures whose last day has passed."""
    end_measures(at=timezone.now())


@task
def make_figures() -> None:
    """Publish the figures that are due; those that are there already stay as they are."""
    publish_due_figures(at=timezone.now())
    publish_due_ratings(at=timezone.now())
