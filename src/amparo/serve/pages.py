"""Language and words of the pages that the server itself makes."""

from __future__ import annotations

import hashlib
from functools import lru_cache
from http import HTTPStatus
from pathlib import Path
from typing import Any

import jinja2
from markupsafe import Markup
from tornado import httputil

from amparo.messages import languages, messages, reviewed
from amparo.serve.parts import part_address

TEMPLATE_PREFIX = Path(__file__).resolve().parent / "template"
TEMPLATE = TEMPLATE_PREFIX / "voila" / "templates" / "amparo"

_SENTENCES = {
    HTTPStatus.UNAUTHORIZED: "serve.error.entry",
    HTTPStatus.FORBIDDEN: "serve.error.refused",
    HTTPStatus.METHOD_NOT_ALLOWED: "serve.error.refused",
    HTTPStatus.NOT_FOUND: "serve.error.not_found",
}


def wanted_language(request: httputil.HTTPServerRequest, default: str) -> str:
    """Return the language that ``?lang=`` asks for, if there is a catalogue, else *default*."""
    given = request.query_arguments.get("lang", [b""])[-1].decode("utf-8", "replace")
    return given if given in languages() else default


def page_words(lang: str) -> dict[str, Any]:
    """Return what a template needs to know of a language: code, direction, sentences."""
    catalogue = messages(lang)
    words = {
        key.removeprefix("serve.page."): text
        for key, text in catalogue.under("serve.page.").items()
    }
    words["not_reviewed"] = "" if reviewed(lang) else catalogue.text("ui.not_reviewed")
    return {"lang": lang, "dir": catalogue.direction, "words": words, "assets": _assets()}


def opening_page(lang: str) -> str:
    """Return the beginning of the workbook's page, up to where its cells follow."""
    # The style travels inside, so that the first paint waits for no second request.
    style = Markup((TEMPLATE / "static" / "base.css").read_text(encoding="utf-8"))  # noqa: S704
    page = _templates().get_template("opening.html")
    return page.render(style=style, preloads=("/voila/static/voila.js",), **page_words(lang))


def message_page(lang: str, status: int) -> str:
    """Return a whole page with one calm sentence: no traceback, no product name, no path."""
    key = _SENTENCES.get(HTTPStatus(status), "serve.error.unexpected")
    return (
        _templates()
        .get_template("error.html")
        .render(sentence=messages(lang).text(key), **page_words(lang))
    )


@lru_cache(maxsize=1)
def _templates() -> jinja2.Environment:
    return jinja2.Environment(loader=jinja2.FileSystemLoader(TEMPLATE), autoescape=True)


@lru_cache(maxsize=1)
def _assets() -> dict[str, str]:
    # The name carries a digest, so that a browser keeps a file for a year and never an old one.
    found = {}
    for path in sorted((TEMPLATE / "static").iterdir()):
        digest = hashlib.sha256(path.read_bytes()).hexdigest()[:12]
        found[path.name] = f"/voila/templates/amparo/static/{path.name}?v={digest}"
    found["parts.css"] = part_address("parts.css")
    return found
