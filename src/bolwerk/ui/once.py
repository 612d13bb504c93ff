"""What one look at a page asked already, it need not ask again: who somebody is today, where departments lie."""

from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import TypeVar, cast

T = TypeVar("T")
_answers: ContextVar[dict[Hashable, object] | None] = ContextVar("answers", default=None)


@contextmanager
def asking_once() -> Iterator[None]:
    """Remember answers from here to the end of the block, for this request only.

    Only around what changes nothing: a right that is withdrawn counts with the next request.
    """
    token = _answers.set({} if _answers.get() is None else _answers.get())
    try:
        yield
    finally:
        _answers.reset(token)


def asked_once(question: Hashable, ask: Callable[[], T]) -> T:
    """The answer to `question` from before, else that of `ask`; outside `asking_once` it is always asked."""
    answers = _answers.get()
    if answers is None:
        return ask()
    if question not in answers:
        answers[question] = ask()
    return cast(T, answers[question])
