"""`bolwerk vault`: the whole round on a command line, with phrases from standard input."""

from pathlib import Path

import pytest
from click.testing import CliRunner

from bolwerk.accounts.models import Person
from bolwerk.accounts.tests.makers import make_person
from bolwerk.audit.models import Line
from bolwerk.config.commands.vault import command
from bolwerk.vault.models import Note, PersonalKey
from bolwerk.vault.tests.makers import NEW_PHRASE, PHRASE, make_trustees

pytestmark = pytest.mark.django_db


class Desk:
    """Somebody at a command line."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def __call__(self, *words: str, typed: tuple[str, ...] = ()) -> str:
        """Run a command that succeeds; return what it printed."""
        done = self.run(*words, typed=typed)
        assert done[0] == 0, done[1]
        return done[1]

    def run(self, *words: str, typed: tuple[str, ...] = ()) -> tuple[int, str]:
        """Run a command; return its exit code and what it said."""
        arguments = [words[0], "--dir", str(self.folder), *words[1:]]
        done = CliRunner().invoke(command, arguments, input="".join(f"{line}\n" for line in typed))
        return done.exit_code, done.output.strip()


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path)


def person(name: str) -> str:
    """Somebody who signs in elsewhere; returns the address."""
    found = make_person(name)
    Person.objects.filter(pk=found.pk).update(password="!")
    return found.email


def with_vault(desk: Desk, name: str) -> tuple[str, str]:
    """Somebody with a vault: address and recovery code."""
    email = person(name)
    said = desk("make", "--person", email, typed=(PHRASE, PHRASE))
    return email, said.splitlines()[0].removeprefix("Recovery code: ")


def test_a_note_for_two_is_sealed_read_and_taken_away(desk: Desk, tmp_path: Path) -> None:
    author, first, second = (with_vault(desk, name)[0] for name in ("Fatima", "Hendrik", "Ellen"))
    file = tmp_path / "note.txt"
    file.write_text("Hij bood geld aan.", encoding="utf-8")
    to = ("--reader", first, "--reader", second)
    note = desk("seal", "--person", author, *to, "--subject", "Dinsdag", str(file), typed=(PHRASE,))
    assert desk("read", "--person", first, note, typed=(PHRASE,)) == "Dinsdag\n\nHij bood geld aan."
    assert "Fatima: Dinsdag" in desk("notes", "--person", second, typed=(PHRASE,))
    desk("revoke", "--person", author, note, second, typed=(PHRASE,))
    code, said = desk.run("read", "--person", second, note, typed=(PHRASE,))
    assert (code, "There is no note" in said) == (1, True)
    assert desk.run("admit", "--person", first, note, second, typed=(PHRASE,))[0] == 1
    desk("admit", "--person", author, note, second, typed=(PHRASE,))
    assert "geld" in desk("read", "--person", second, note, typed=(PHRASE,))
    assert "geld" not in str(list(Line.objects.values_list()))


def test_phrase_and_code_change_and_recover(desk: Desk) -> None:
    email, code = with_vault(desk, "Fatima")
    desk("change-phrase", "--person", email, typed=(PHRASE, NEW_PHRASE, NEW_PHRASE))
    assert desk.run("new-code", "--person", email, typed=(PHRASE,))[0] == 1
    assert "Recovery code" in desk("recover", "--person", email, typed=(code, PHRASE, PHRASE))
    assert desk.run("recover", "--person", email, typed=(code, NEW_PHRASE, NEW_PHRASE))[0] == 1
    assert "Recovery code" in desk("new-code", "--person", email, typed=(PHRASE,))
    assert "add --yes" in desk("start-over", "--person", email)
    assert "Recovery code" in desk("start-over", "--person", email, "--yes", typed=(NEW_PHRASE, NEW_PHRASE))


def test_two_trustees_open_on_a_command_line(desk: Desk) -> None:
    emails = [with_vault(desk, name)[0] for name in ("Een", "Twee", "Drie")]
    for email in emails:
        desk("appoint", email)
        desk("accept", "--person", email, typed=(PHRASE,))
    owner, _code = with_vault(desk, "Fatima")
    desk("agree-with-trustees", "--person", owner, typed=(PHRASE,))
    assert "can open 1 of 4 vaults" in desk("trustees")
    request = desk("ask", "--person", owner, "--reason", "Alles kwijt", typed=(NEW_PHRASE, NEW_PHRASE))
    assert "Alles kwijt" in desk("requests", "--person", emails[0])
    assert "Another trustee" in desk("agree", "--person", emails[0], request, typed=(PHRASE,))
    assert desk.run("agree", "--person", emails[0], request, typed=(PHRASE,))[0] == 1
    assert "Opened" in desk("agree", "--person", emails[2], request, typed=(PHRASE,))
    assert "Recovery code" in desk("receive", "--person", owner, typed=(NEW_PHRASE,))
    assert "can open it" in desk("status", "--person", owner)
    assert "3 halves" not in desk("hand-over", "--person", emails[0], emails[1], typed=(PHRASE,))


def test_a_successor_takes_over_or_is_refused(desk: Desk, tmp_path: Path) -> None:
    trustees = make_trustees(2)
    owner, successor = with_vault(desk, "Fatima")[0], with_vault(desk, "Hendrik")[0]
    file = tmp_path / "note.txt"
    file.write_text("Geheim.", encoding="utf-8")
    asking = ("ask", "--person", owner, "--reason", "Weg", "--successor", successor)
    assert "No two trustees" in desk.run(*asking, typed=(PHRASE,))[1]
    desk("agree-with-trustees", "--person", owner, typed=(PHRASE,))
    desk("seal", "--person", owner, "--reader", owner, "--subject", "Kort", str(file), typed=(PHRASE,))
    refused = desk(*asking, typed=(PHRASE,))
    desk("refuse", "--person", trustees[0].person.email, refused, typed=(PHRASE,))
    request = desk(*asking, typed=(PHRASE,))
    for trustee in trustees:
        desk("agree", "--person", trustee.person.email, request, typed=(PHRASE,))
    assert "1 sealed" in desk("take-over", "--person", successor, request, typed=(PHRASE,))
    assert "Geheim." in desk("read", "--person", successor, str(Note.objects.get().pk), typed=(PHRASE,))


@pytest.mark.parametrize(
    ("typed", "code", "sentence"),
    [
        (("kort", "kort"), 1, "longer"),
        ((PHRASE, NEW_PHRASE), 1, "something else"),
        ((PHRASE,), 2, "no line for it"),
    ],
)
def test_what_is_refused_leaves_nothing(desk: Desk, typed: tuple[str, ...], code: int, sentence: str) -> None:
    done = desk.run("make", "--person", person("Fatima"), typed=typed)
    assert (done[0], sentence in done[1]) == (code, True)
    assert not PersonalKey.objects.exists()


def test_no_command_takes_a_phrase_or_a_code_as_an_argument() -> None:
    names = {p.name for one in command.commands.values() for p in one.params}
    assert names.isdisjoint({"phrase", "code", "new_phrase"})
    assert len(command.commands) > 20
