"""Language and words of the pages that the server itself makes."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from functools import lru_cache
from http import HTTPStatus
from pathlib import Path
from typing import Any, get_args

import jinja2
from markupsafe import Markup
from tornado import httputil

from amparo.messages import languages, messages, own_names, reviewed
from amparo.model.contributions import Prompt
from amparo.report.audiences import AUDIENCES_OF, BLANKS
from amparo.serve.base import base
from amparo.serve.parts import first_addresses, part_address

TEMPLATE_PREFIX = Path(__file__).resolve().parent / "template"
TEMPLATE = TEMPLATE_PREFIX / "voila" / "templates" / "amparo"

# What a card may be about: never weak points, safe places or who calls whom.
PROMPTS: tuple[str, ...] = get_args(Prompt)

# Papers in frames: the gate gives these answers a policy of their own.
PREVIEW = "/am/preview/"
READERS = "/am/readers"

_SENTENCES = {
    HTTPStatus.UNAUTHORIZED: "serve.error.entry",
    HTTPStatus.FORBIDDEN: "serve.error.refused",
    HTTPStatus.METHOD_NOT_ALLOWED: "serve.error.refused",
    HTTPStatus.NOT_FOUND: "serve.error.not_found",
    HTTPStatus.SERVICE_UNAVAILABLE: "serve.error.full",
}
_IN_A_ROOM = {
    "serve.error.entry": "serve.error.outside",
    "serve.error.refused": "serve.error.outside",
}


@dataclass(frozen=True, slots=True)
class Seat:
    """Where somebody sits: at this computer or elsewhere, with the work or without it."""

    is_host: bool = True
    has_work: bool = True
    has_room: bool = False


ALONE = Seat()

_ON_A_HUB = {
    "serve.error.entry": "hub.error.entry",
    "serve.error.refused": "hub.error.refused",
}


def wanted_language(request: httputil.HTTPServerRequest, default: str) -> str:
    """Return the language that ``?lang=`` asks for, if there is a catalogue, else *default*."""
    given = request.query_arguments.get("lang", [b""])[-1].decode("utf-8", "replace")
    return given if given in languages() else default


def look_classes(request: httputil.HTTPServerRequest) -> str:
    """Return the classes of the looks somebody chose; their cookies hold nothing but a 1."""
    found = re.search(r":(\d+)$", request.host)
    port = found[1] if found else ""  # as a page knows it: empty for the usual one
    chosen = (("v", "am-veiled"), ("s", "am-simple"), ("b", "am-beside"))
    return " ".join(name for sign, name in chosen if f"am{port}{sign}" in request.cookies)


def page_words(lang: str) -> dict[str, Any]:
    """Return what a template needs to know of a language: code, direction, sentences."""
    catalogue = messages(lang)
    words = {
        key.removeprefix("serve.page."): text
        for key, text in catalogue.under("serve.page.").items()
    }
    words["not_reviewed"] = "" if reviewed(lang) else catalogue.text("ui.not_reviewed")
    return {
        "lang": lang,
        "dir": catalogue.direction,
        "words": words,
        "assets": _assets(),
        "base": base(),
    }


def opening_page(lang: str, look: str = "", seat: Seat = ALONE) -> str:
    """Return the beginning of the workbook's page, up to where its cells follow.

    Args:
        lang: the language of the page.
        look: classes of the looks somebody chose.
        seat: where the reader sits, which decides what the bar offers.
    """
    return _render(
        "opening.html",
        lang,
        styles=("base.css", "bar.css", "preview.css"),
        beside_address=PREVIEW,
        preloads=(_assets()["light.js"], *first_addresses()),
        look_classes=look,
        is_workbook=True,
        seat=seat,
        **_bar(lang),
    )


def still_page(
    name: str,
    lang: str,
    *,
    look: str,
    has_bar: bool = True,
    seat: Seat = ALONE,
    more_styles: tuple[str, ...] = (),
    **values: Any,
) -> str:
    """Return a page that needs no kernel, with the bar or without it."""
    return _render(
        name,
        lang,
        styles=("base.css", *(("bar.css",) if has_bar else ()), "still.css", *more_styles),
        look_classes=look,
        has_bar=has_bar,
        seat=seat,
        is_workbook=False,
        **(_bar(lang) if has_bar else {}),
        **values,
    )


def calm_page(name: str, lang: str, **values: Any) -> str:
    """Return a page that says nothing of what this program does."""
    return _render(name, lang, styles=("calm.css",), languages=own_names(), **values)


@lru_cache(maxsize=128)  # whoever is refused a thousand times a second costs little
def message_page(lang: str, status: int, *, in_a_room: bool = False) -> str:
    """Return a whole page with one calm sentence: no traceback, no product name, no path.

    Args:
        lang: the language of the page.
        status: what went wrong.
        in_a_room: whether the reader holds a phone and has no address to copy.
    """
    key = _SENTENCES.get(HTTPStatus(status), "serve.error.unexpected")
    key = _IN_A_ROOM.get(key, key) if in_a_room else key
    key = _ON_A_HUB.get(key, key) if base() else key
    return sentence_page(lang, messages(lang).text(key))


def sentence_page(lang: str, sentence: str) -> str:
    """Return a whole page that holds *sentence*."""
    return _templates().get_template("error.html").render(sentence=sentence, **page_words(lang))


def going_page(lang: str, place: str) -> str:
    """Return a page from which a browser goes on to *place*, an address of ours, by itself."""
    return _templates().get_template("going.html").render(place=place, **page_words(lang))


def room_page(lang: str, look: str, seat: Seat, **values: Any) -> str:
    """Return the facilitator's page."""
    return still_page("room.html", lang, look=look, seat=seat, more_styles=("room.css",), **values)


def join_page(lang: str, *, has_language: bool) -> str:
    """Return the page on which a phone types its code, or first chooses a language."""
    return _render(
        "join.html",
        lang,
        styles=("phone.css",),
        languages=own_names(),
        has_language=has_language,
        join_version=_assets()["join.js"].rpartition("=")[2],
    )


def wall_page(lang: str, *, writes: bool) -> str:
    """Return the wall without any content: its script asks for that.

    Args:
        lang: the language of the page.
        writes: whether the reader may write cards.
    """
    catalogue = messages(lang)
    prompts = [(one, catalogue.text(f"choice.contribution.prompt.{one}")) for one in PROMPTS]
    return _render(
        "wall.html",
        lang,
        styles=("phone.css",),
        languages=own_names(),
        prompts=prompts,
        writes=writes,
    )


def static_text(name: str) -> str:
    """Return one of our own scripts or styles."""
    return _static(name)


def _render(name: str, lang: str, *, styles: tuple[str, ...], **values: Any) -> str:
    # The style travels inside, so that the first paint waits for no second request.
    style = Markup("".join(_static(name) for name in styles))  # noqa: S704 - our own files
    catalogue = messages(lang)

    def text(key: str, **filled: object) -> str:
        return catalogue.text(f"screen.{key}", **filled)

    page = _templates().get_template(name)
    return page.render(style=style, t=text, **page_words(lang), **values)


def _bar(lang: str) -> dict[str, Any]:
    catalogue = messages(lang)
    named = [name for name in AUDIENCES_OF if catalogue.has(f"screen.papers.{name}")]
    return {
        "languages": own_names(),
        "papers": [*(name for name in named if "group" in AUDIENCES_OF[name]), *BLANKS],
        "blanks": BLANKS,
        "keepers_papers": [name for name in named if "group" not in AUDIENCES_OF[name]],
        "readers_address": READERS,
        "forget_word": catalogue.text("cli.wipe.word"),
    }


def _static(name: str) -> str:
    return (TEMPLATE / "static" / name).read_text(encoding="utf-8")


@lru_cache(maxsize=1)
def _templates() -> jinja2.Environment:
    return jinja2.Environment(loader=jinja2.FileSystemLoader(TEMPLATE), autoescape=True)


@lru_cache(maxsize=1)
def _assets() -> dict[str, str]:
    # The name carries a digest, so that a browser keeps a file for a year and never an old one.
    found = {}
    for path in sorted((TEMPLATE / "static").iterdir()):
        digest = hashlib.sha256(path.read_bytes()).hexdigest()[:12]
        found[path.name] = f"{base()}/voila/templates/amparo/static/{path.name}?v={digest}"
    found["parts.css"] = part_address("parts.css")
    return found
