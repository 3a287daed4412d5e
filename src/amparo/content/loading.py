"""Opens a pack: ``load`` for the product, ``check`` and ``check_report`` for authors."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from typing import Any

from amparo.content.building import Builder, Built
from amparo.content.files import read_text
from amparo.content.header import LANGUAGE, VERSION, Header, read_header
from amparo.content.issues import Findings, Issue
from amparo.content.pack import Pack
from amparo.content.prosefile import Section, read_prose
from amparo.content.rules import check_facts, check_mentions, check_prose, check_renamed
from amparo.content.shapes import LISTED, RENAMED, STEMS, TAXONOMIES
from amparo.content.yamlfile import read_yaml
from amparo.errors import PackError
from amparo.messages import messages
from amparo.resources import bundled, content_folder

FOUNDATIONS = "foundations"
# Names a changed copy of the foundations, for an author who looks at it in the pages.
OWN_PACK = "AMPARO_PACK"


@dataclass(slots=True)
class _ProseFiles:
    """Reads each language file once, when its words are first asked for.

    A language that the pack does not promise to hold whole is read as far as it is written.
    With ``strict``, a file that breaks a rule is refused; a file that is not there is not: its
    words are only not translated yet.
    """

    folder: Path
    languages: tuple[str, ...]
    findings: Findings
    strict: bool
    read: dict[tuple[str, str], dict[str, Section]] = field(default_factory=dict)

    def __call__(self, lang: str, stem: str) -> dict[str, Section]:
        found = self.read.get((lang, stem))
        if found is None:
            found = self._open(f"{lang}/{stem}.md") if self._may_exist(lang, stem) else {}
            self.read[lang, stem] = found
        return found

    def _may_exist(self, lang: str, stem: str) -> bool:
        # The code comes from an address, so it is held against its form before it is a path.
        written = LANGUAGE.fullmatch(lang) and (self.folder / lang / f"{stem}.md").exists()
        return lang in self.languages or bool(written)

    def _open(self, name: str) -> dict[str, Section]:
        if not self.strict:
            return _prose(self.folder, name, self.findings)
        if not (self.folder / name).exists():
            return {}
        own = Findings()
        sections = _prose(self.folder, name, own)
        if issues := own.sorted():
            raise _error(self.folder, issues)
        return sections


def _prose(folder: Path, name: str, findings: Findings) -> dict[str, Section]:
    text = read_text(folder, name, findings)
    return read_prose(text, name, findings) if text is not None else {}


def load(folder: Path, *, only: Iterable[str] | None = None) -> Pack:
    """Open the pack in *folder*.

    Args:
        folder: the folder that holds ``pack.yaml``.
        only: the files a page needs, by name without ending (``taxonomies``, ``measures``,
            ...); without it all of them. Sentences are read when they are asked for.

    Raises:
        PackError: the pack breaks a rule; the message names the first place and the count.
            Missing translations are no reason: ``Pack.text`` shows them. A language file that
            breaks a rule raises it when its words are first asked for.
    """
    findings = Findings()
    pack = _read(folder, findings, only, strict=True)
    issues = findings.sorted()
    if pack is None or issues:
        raise _error(folder, issues)
    return pack


def foundations(*, only: Iterable[str] | None = None) -> Pack:
    """Open the newest pack: the one that ships, or one that was taken in (``amparo pack``).

    ``AMPARO_PACK`` names another one.
    """
    own = os.environ.get(OWN_PACK)
    if own:
        return load(Path(own), only=only)
    chosen, shipped = chosen_folder(), bundled("curricula") / FOUNDATIONS
    if chosen != shipped:
        # A later program may have rules that an older pack does not keep: then its own is used.
        with suppress(PackError):
            return load(chosen, only=only)
    return load(shipped, only=only)


def chosen_folder() -> Path:
    """Return the folder of the newest pack, without looking into it beyond its header."""
    shipped = bundled("curricula") / FOUNDATIONS
    taken_in = versions(content_folder() / FOUNDATIONS)
    if not taken_in:
        return shipped
    header = read_header(shipped, Findings())
    ours = VERSION.fullmatch(header.version) if header else None
    number, folder = taken_in[0]
    return folder if ours is None or number > _number(ours) else shipped


def versions(home: Path) -> list[tuple[tuple[int, ...], Path]]:
    """Return number and folder of every pack in *home*, newest first."""
    named = ((VERSION.fullmatch(path.name), path) for path in home.glob("[0-9]*"))
    return sorted(
        ((_number(one), path) for one, path in named if one and path.is_dir()), reverse=True
    )


def _number(version: re.Match[str]) -> tuple[int, ...]:
    return tuple(int(part) for part in version[0].split("."))


def check(folder: Path) -> tuple[Issue, ...]:
    """Return every issue of the pack in *folder*, sorted by file and line."""
    return _check(folder)[1]


def check_report(folder: Path, lang: str) -> tuple[str, ...]:
    """Return what an author should read about the pack, one line each, in *lang*."""
    catalogue = messages(lang)
    pack, issues = _check(folder)
    lines = [f"{issue.place}: {issue.sentence(catalogue)}" for issue in issues]
    if issues or pack is None:
        return (*lines, catalogue.plural("content.report.issues", len(issues)))
    return (
        catalogue.text(
            "content.report.sound",
            id=pack.id,
            version=pack.version,
            languages=", ".join(pack.languages),
            items=len(pack.spoken()),
        ),
    )


def _check(folder: Path) -> tuple[Pack | None, tuple[Issue, ...]]:
    findings = Findings()
    pack = _read(folder, findings, None, strict=False)
    if pack is not None:
        for lang in pack.languages:
            check_prose(pack, lang, findings)
        for lang in _begun(folder, pack):
            check_prose(pack, lang, findings, whole=False)
    return pack, findings.sorted()


def _begun(folder: Path, pack: Pack) -> list[str]:
    """Return the languages that stand in the folder and are not promised to be whole."""
    names = {path.name for path in folder.iterdir() if path.is_dir()}
    return sorted(name for name in names - {*pack.languages} if LANGUAGE.fullmatch(name))


def _read(
    folder: Path, findings: Findings, only: Iterable[str] | None, *, strict: bool
) -> Pack | None:
    header = read_header(folder, findings)
    if header is None:
        return None
    built = Built()
    asked = frozenset(STEMS if only is None else (*only, RENAMED))
    stems = frozenset(header.stems) & asked
    sound = frozenset(
        stem for stem in STEMS if stem in stems and _read_file(folder, stem, findings, built)
    )
    check_mentions(built, _Words(folder, header, sound, built).ids, sound, findings)
    check_facts(built, findings)
    if only is None and sound == stems:
        check_renamed(built, findings)
    return _pack(header, built, _ProseFiles(folder, header.languages, findings, strict))


def _read_file(folder: Path, stem: str, findings: Findings, built: Built) -> bool:
    """Read one YAML file; False if nothing in it could be judged."""
    name = f"{stem}.yaml"
    text = read_text(folder, name, findings)
    top = read_yaml(text, name, findings) if text is not None else None
    if top is None:
        return False
    builder = Builder(name, findings, built)
    if stem == TAXONOMIES:
        builder.taxonomies(top)
    elif stem == RENAMED:
        builder.renamed(top)
    else:
        builder.listed(next(shape for shape in LISTED if shape.stem == stem), top)
    return True


class _Words:
    """The ids of each vocabulary: the pack's own, and those of the foundations for the rest."""

    def __init__(self, folder: Path, header: Header, sound: frozenset[str], built: Built) -> None:
        home = bundled("curricula") / FOUNDATIONS
        self._unread = TAXONOMIES in header.stems and TAXONOMIES not in sound
        self._home = None if home.resolve() == folder.resolve() else home
        self._own: dict[str, set[str]] = {}
        for kind, id_ in built.lines:
            vocabulary, _, item = id_.partition(".")
            if kind == "vocabulary":
                self._own.setdefault(id_, set())
            elif kind == "item":
                self._own.setdefault(vocabulary, set()).add(item)
        self._shared: Pack | None = None

    def ids(self, vocabulary: str) -> frozenset[str] | None:
        """Return the ids of one vocabulary; None if it cannot be judged."""
        if vocabulary in self._own:
            return frozenset(self._own[vocabulary])
        if self._unread or self._home is None:
            return None
        self._shared = self._shared or load(self._home, only=(TAXONOMIES,))
        found = self._shared.vocabularies.get(vocabulary)
        return frozenset(found.ids) if found else None


def _pack(header: Header, built: Built, prose: _ProseFiles) -> Pack:
    def held(kind: str) -> MappingProxyType[str, Any]:
        return MappingProxyType(built.of(kind))

    return Pack(
        header.id,
        header.version,
        header.languages,
        header.licence,
        vocabularies=held("vocabulary"),
        measures=held("measure"),
        scenarios=held("scenario"),
        mechanisms=held("mechanism"),
        sources=held("source"),
        terms=held("term"),
        steps=held("step"),
        questions=held("question"),
        quick=held("quick"),
        levers=held("lever"),
        actor_cards=held("actor_card"),
        renamed=held("renamed"),
        prose=prose,
    )


def _error(folder: Path, issues: tuple[Issue, ...]) -> PackError:
    first = issues[0]
    return PackError(
        f"{folder.name}/{first.place}: {first.fact} ({len(issues)} in all)",
        file=first.path,
        line=first.line,
        rule=first.fact,
        count=len(issues),
    )
