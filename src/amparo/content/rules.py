"""Rules that need more than one entry: ids that exist, words in every language, honest dates."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from amparo.content.building import Built, Mention
from amparo.content.issues import Findings
from amparo.content.pack import Pack
from amparo.content.prosefile import Section, contact_signs
from amparo.content.shapes import PROSE_FIELDS, PROSE_LISTS, PROSE_STEMS
from amparo.content.values import Mechanism, Question, Source, Step
from amparo.model.registry import BY_KIND

# The eight tiles of the step bar.
STAGES = range(1, 9)
_PER_KIND = {
    "source": "sources",
    "measure": "measures",
    "mechanism": "mechanisms",
    "step": "steps",
}


def check_mentions(
    built: Built,
    words: Callable[[str], frozenset[str] | None],
    loaded: frozenset[str],
    findings: Findings,
) -> None:
    """Note every id that names nothing; what was not loaded cannot be judged."""
    for mention in built.mentions:
        known = _known(mention, built, words, loaded)
        if known is not None and mention.id not in known:
            key = f"unknown_{mention.kind}" if mention.kind else "unknown_word"
            extra = {"vocabulary": mention.vocabulary} if mention.vocabulary else {}
            findings.add(
                mention.path, mention.line, key, field=mention.field, id=mention.id, **extra
            )


def _known(
    mention: Mention,
    built: Built,
    words: Callable[[str], frozenset[str] | None],
    loaded: frozenset[str],
) -> frozenset[str] | None:
    if mention.vocabulary:
        return words(mention.vocabulary)
    kind = mention.kind or ""
    if _PER_KIND[kind] not in loaded:
        return None
    return frozenset(id_ for a_kind, id_ in built.lines if a_kind == kind)


def check_facts(built: Built, findings: Findings) -> None:
    """Note what is well formed and still not right: dates, mechanisms, sources, old ids."""
    for (kind, id_), value in built.entries.items():
        path, line = built.lines[kind, id_]
        meta = getattr(value, "meta", None)
        if meta is not None and meta.review_by <= meta.checked:
            findings.add(path, line, "review_before_check", id=id_)
        if meta is not None and meta.knowledge_year > meta.checked.year:
            findings.add(path, line, "knowledge_from_future", id=id_)
        if isinstance(value, Mechanism):
            _mechanism(value, path, line, findings)
        if isinstance(value, Source) and value.kind == "work" and not value.title:
            findings.add(path, line, "field_missing", field="title")
        if isinstance(value, Question) and value.kind and value.kind not in BY_KIND:
            findings.add(path, line, "unknown_record", id=value.kind)
        if isinstance(value, Step) and value.stage not in STAGES:
            findings.add(path, line, "field_form", field="stage")


def _mechanism(mechanism: Mechanism, path: str, line: int, findings: Findings) -> None:
    if not mechanism.verified and not mechanism.verify_before_use:
        findings.add(path, line, "unverified", id=mechanism.id)
    if mechanism.meta.reviewed_by_role and contact_signs(mechanism.meta.reviewed_by_role):
        findings.add(path, line, "contact_field", field="reviewed_by_role")


def check_renamed(built: Built, findings: Findings) -> None:
    """Note old ids that are used again or lead nowhere; needs the whole pack."""
    present = {id_ for kind, id_ in built.lines if kind != "renamed"}
    for old, new in built.of("renamed").items():
        path, line = built.lines["renamed", old]
        if old in present:
            findings.add(path, line, "renamed_still_used", id=old)
        if new not in present:
            findings.add(path, line, "renamed_to_nothing", id=new)


def check_prose(pack: Pack, lang: str, findings: Findings, *, whole: bool = True) -> None:
    """Note headings that name nothing, fields nobody shows, and words that are missing.

    Of a language that is not promised to be ``whole``, only what is written is judged.
    """
    wanted: dict[str, dict[str, str]] = {}
    for kind, id_ in pack.spoken():
        wanted.setdefault(PROSE_STEMS[kind], {})[id_] = kind
    for stem, kinds in wanted.items():
        path = f"{lang}/{stem}.md"
        sections = pack.prose(lang, stem)
        if sections or not findings.touch(path):
            expected = kinds if whole else {id_: k for id_, k in kinds.items() if id_ in sections}
            _unnamed(path, sections, kinds, findings)
            _prose_file(path, sections, expected, findings)


def _unnamed(
    path: str, sections: dict[str, Section], kinds: dict[str, str], findings: Findings
) -> None:
    for id_ in sections.keys() - kinds.keys():
        findings.add(path, sections[id_].line, "heading_names_nothing", id=id_)


def _prose_file(
    path: str, sections: dict[str, Section], kinds: dict[str, str], findings: Findings
) -> None:
    last = max((section.line for section in sections.values()), default=1)
    for id_, kind in kinds.items():
        section = sections.get(id_)
        if section is None:
            findings.add(path, last, "prose_missing", id=id_)
        else:
            _section(path, id_, kind, section, findings)


def _section(path: str, id_: str, kind: str, section: Section, findings: Findings) -> None:
    wanted = PROSE_FIELDS[kind]
    for name in _not_in(section.fields, wanted):
        findings.add(path, section.fields[name].line, "unknown_field", field=name)
    for name in wanted:
        found = section.fields.get(name)
        if found is None or not found.lines:
            line = found.line if found else section.line
            findings.add(path, line, "prose_missing", id=f"{id_}.{name}")
        elif found.is_list != ((kind, name) in PROSE_LISTS):
            key = "text_where_list" if not found.is_list else "list_where_text"
            findings.add(path, found.line, key, id=f"{id_}.{name}")


def _not_in(fields: Iterable[str], wanted: tuple[str, ...]) -> list[str]:
    return [name for name in fields if name not in wanted]
