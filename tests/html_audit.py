"""What must hold of every page, whoever made it. The test client of every Django test looks at each answer with it."""

import re
from collections import Counter
from collections.abc import Iterator
from typing import Any

from django.http.response import HttpResponseBase
from django.test import Client
from lxml import etree, html

LEFT_OVER = re.compile(r"\{\{|\}\}|\{%|%\}|%\([a-z_]+\)[sd]|&amp;(?:lt|gt|amp|quot|#x27);")
NOT_RUN = {"application/json", "application/ld+json"}
NEEDS_NO_LABEL = {"hidden", "submit", "button", "reset", "image"}


class PageAuditError(AssertionError):
    """A page breaks a rule that every page keeps. The message lists all of them."""


def _text(element: Any) -> str:
    return " ".join(element.text_content().split())


def _whole_page(tree: Any) -> Iterator[str]:
    if not tree.get("lang"):
        yield "<html> says no language"
    titles = tree.findall(".//head/title")
    if len(titles) != 1 or not _text(titles[0]):
        yield "there must be exactly one <title>, with words in it"
    headings = tree.findall(".//h1")
    if len(headings) != 1 or not _text(headings[0]):
        yield f"there must be exactly one <h1> with words in it, not {len(headings)}"
    if tree.find(".//main") is None:
        yield "there is no <main>"


def _elements(tree: Any, *tags: str) -> Iterator[Any]:
    return (element for element in tree.iter(*tags) if isinstance(element.tag, str))


def _inline(tree: Any) -> Iterator[str]:
    for element in _elements(tree):
        yield from (
            f"<{element.tag}> has {name}=, which our policy refuses"
            for name in element.attrib
            if name == "style" or name.startswith("on")
        )
        leads_to = "".join(element.get(name, "") for name in ("href", "src", "action"))
        if leads_to.strip().lower().startswith("javascript:"):
            yield f"<{element.tag}> leads to a script"


def _scripts(tree: Any) -> Iterator[str]:
    if any(not style.get("nonce") for style in _elements(tree, "style")):
        yield "there is a <style> element without a nonce"
    for script in _elements(tree, "script"):
        if not script.get("src") and not script.get("nonce") and script.get("type") not in NOT_RUN:
            yield "there is an inline <script> without a nonce"


def _elsewhere(tree: Any) -> Iterator[str]:
    for element in _elements(tree, "script", "img", "link", "iframe", "source", "video", "audio", "object", "embed"):
        address = element.get("src") or (element.get("href") if element.tag == "link" else None) or element.get("data")
        if address and re.match(r"(https?:)?//", address):
            yield f"<{element.tag}> loads {address} from another host"


def _names(tree: Any) -> Iterator[str]:
    ids = Counter(element.get("id") for element in _elements(tree) if element.get("id"))
    yield from (f"the id '{one}' is there {times} times" for one, times in ids.items() if times > 1)
    for element in _elements(tree):
        for name in ("for", "aria-labelledby", "aria-describedby", "aria-controls"):
            for target in element.get(name, "").split():
                if target not in ids:
                    yield f"<{element.tag}> {name}='{target}' points at nothing"


def _named(element: Any, labels: set[str]) -> bool:
    given = any((element.get(name) or "").strip() for name in ("aria-label", "aria-labelledby", "title"))
    around = any(parent.tag == "label" for parent in element.iterancestors())
    return given or around or element.get("id") in labels


def _controls(tree: Any) -> Iterator[str]:
    labels = {label.get("for") for label in tree.iter("label")}
    for control in _elements(tree, "input", "select", "textarea"):
        if control.get("type") not in NEEDS_NO_LABEL and not _named(control, labels):
            yield f"<{control.tag} name='{control.get('name')}'> has no label"
    for form in _elements(tree, "form"):
        if form.get("method", "get").lower() == "post" and form.find(".//input[@name='csrfmiddlewaretoken']") is None:
            yield f"<form action='{form.get('action', '')}'> posts without a token"


def _words(tree: Any) -> Iterator[str]:
    for link in _elements(tree, "a", "button"):
        if not (_text(link) or link.get("aria-label") or any(image.get("alt") for image in link.iter("img"))):
            yield f"<{link.tag} href='{link.get('href', '')}'> says nothing"
    for image in _elements(tree, "img"):
        if image.get("alt") is None:
            yield f"<img src='{image.get('src')}'> has no alt"


def problems(text: str) -> list[str]:
    """What is wrong with a page (or, for HTMX, a part of one), one sentence each."""
    found = [f"unrendered or doubly escaped text: {hit.group()}" for hit in LEFT_OVER.finditer(_without_data(text))]
    is_page = bool(re.match(r"\s*<!doctype html>", text, re.IGNORECASE))
    tree = html.document_fromstring(text, parser=html.HTMLParser(encoding=None)) if text.strip() else None
    if tree is None:
        return found
    checks = [_inline, _scripts, _elsewhere, _controls, _words]
    if is_page:
        checks += [_whole_page, _names]
    return found + [fault for check in checks for fault in check(tree)]


def _without_data(text: str) -> str:
    """The page without what is typed in it or lies in it as data: that may hold braces of its own."""
    text = re.sub(r"<script[^>]*application/json.*?</script>", "", text, flags=re.DOTALL)
    text = re.sub(r"<textarea.*?</textarea>", "", text, flags=re.DOTALL)
    return re.sub(r'\svalue="[^"]*"', "", text)


def audit_html(response: HttpResponseBase) -> None:
    """Raise PageAuditError when an HTML answer breaks a rule; anything else passes."""
    if not response.headers.get("Content-Type", "").startswith("text/html") or getattr(response, "streaming", False):
        return
    text = response.content.decode(response.charset)  # type: ignore[attr-defined]  # not streaming, so it has content
    if not text.strip():
        return
    try:
        found = problems(text)
    except etree.ParserError as problem:
        found = [str(problem)]
    if found:
        raise PageAuditError("; ".join(found))


class AuditedClient(Client):
    """Django's test client that audits every HTML answer it gets."""

    def request(self, **request: Any) -> Any:
        """Make the request as Django does, then look at the answer."""
        response = super().request(**request)
        audit_html(response)
        return response
