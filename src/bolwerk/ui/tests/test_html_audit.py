"""The audit of pages finds what it is for."""

import pytest

from tests.html_audit import problems

SOUND = (
    '<!doctype html><html lang="nl"><head><title>T</title></head><body><main><h1>Kop</h1>'
    '<form method="post"><input type="hidden" name="csrfmiddlewaretoken" value="x">'
    '<label for="a">A</label><input id="a" name="a"></form></main></body></html>'
)


def test_a_sound_page_passes() -> None:
    assert problems(SOUND) == []


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        (' lang="nl"', "", "language"),
        ("<title>T</title>", "", "title"),
        ("<h1>Kop</h1>", "", "h1"),
        ("<h1>Kop</h1>", "<h1>Kop</h1><h1>Nog een</h1>", "h1"),
        ('<label for="a">A</label>', "", "no label"),
        ("<h1>Kop</h1>", '<h1 style="color:red">Kop</h1>', "style="),
        ("<h1>Kop</h1>", '<h1 onclick="x()">Kop</h1>', "onclick="),
        ("<h1>Kop</h1>", "<h1>Kop</h1><script>x()</script>", "nonce"),
        ("<h1>Kop</h1>", "<h1>{{ title }}</h1>", "unrendered"),
        ("<h1>Kop</h1>", '<h1 id="a">Kop</h1>', "2 times"),
        ("<h1>Kop</h1>", '<h1>Kop</h1><img src="x.png">', "no alt"),
        ("<h1>Kop</h1>", '<h1>Kop</h1><a href="/x"></a>', "says nothing"),
        ("<h1>Kop</h1>", '<h1>Kop</h1><script src="https://elders.example/x.js"></script>', "another host"),
        ('<input type="hidden" name="csrfmiddlewaretoken" value="x">', "", "without a token"),
        ('for="a"', 'for="b"', "points at nothing"),
        ("<h1>Kop</h1>", '<h1>Kop</h1><a href="javascript:x()">x</a>', "script"),
    ],
)
def test_each_fault_is_named(old: str, new: str, said: str) -> None:
    assert any(said in problem for problem in problems(SOUND.replace(old, new)))


def test_what_somebody_typed_may_hold_braces() -> None:
    assert problems(SOUND.replace('name="a">', 'name="a" value="{{ x }}">')) == []
