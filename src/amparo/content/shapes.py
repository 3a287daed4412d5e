"""The shape of every kind of content: its fields, its words and where they stand."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Form = Literal["id", "ids", "text", "flag", "number", "day", "address"]


@dataclass(frozen=True, slots=True)
class Field:
    """One YAML field: its form, and the vocabulary or kind that its ids come from."""

    form: Form
    vocabulary: str | None = None
    kind: str | None = None
    required: bool = True
    nullable: bool = False


@dataclass(frozen=True, slots=True)
class Shape:
    """One kind of content: the YAML list it stands in and the prose each entry needs."""

    kind: str
    stem: str
    top: str
    fields: dict[str, Field]
    prose: tuple[str, ...]
    prose_lists: frozenset[str] = frozenset()


def _of(vocabulary: str, form: Form = "ids", *, required: bool = True) -> Field:
    return Field(form, vocabulary=vocabulary, required=required)


META = {
    "sources": Field("ids", kind="source"),
    "checked": Field("day"),
    "knowledge_year": Field("number"),
    "review_by": Field("day"),
    "reviewed_by_role": Field("text", nullable=True),
}
ITEM = {
    "category": _of("threat_categories", "id", required=False),
    "sphere": _of("sphere", "id", required=False),
    "value": Field("number", required=False, nullable=True),
}
MEASURE = Shape(
    "measure",
    "measures",
    "measures",
    {
        "phases": _of("attack_phase"),
        "approach": _of("approach", "id"),
        "levels": _of("levels"),
        "dimensions": _of("dimensions"),
        "strategy": _of("strategies", "id"),
        "acts_on": _of("acts_on", "id"),
        "reduces": _of("threat_types"),
        "causes": _of("root_cause_drivers", required=False),
        "cost": _of("cost", "id"),
        "effort": _of("effort", "id"),
    }
    | META,
    ("title", "what", "caveats"),
)
SCENARIO = Shape(
    "scenario",
    "scenarios",
    "scenarios",
    {
        "groups": _of("defender_groups"),
        "actors": _of("actor_types"),
        "threat_types": _of("threat_types"),
        "measures": Field("ids", kind="measure"),
        "root_causes": _of("root_cause_drivers"),
    }
    | META,
    ("title", "signs", "impact"),
    frozenset({"signs"}),
)
MECHANISM = Shape(
    "mechanism",
    "mechanisms",
    "mechanisms",
    {
        "category": _of("mechanism_category", "id"),
        "status": _of("mechanism_status", "id"),
        "basis": _of("knowledge_basis", "id"),
        "verified": Field("flag"),
        "verify_before_use": Field("flag"),
        "seen_at": Field("address", nullable=True),
    }
    | META,
    (
        "name",
        "who_can_use",
        "what_for",
        "eligibility",
        "time_frame",
        "reprisal_policy",
        "risks_of_using",
        "regions",
        "languages",
    ),
    frozenset({"eligibility"}),
)
SOURCE = Shape(
    "source",
    "sources",
    "sources",
    {
        "kind": Field("id"),
        "title": Field("text", required=False, nullable=True),
        "organisation": Field("text", required=False, nullable=True),
        "year": Field("text", nullable=True),
        "url": Field("address", nullable=True),
        "seen": _of("knowledge_basis", "id"),
        "licence": Field("text", required=False),
    },
    ("title",),
)
STEP = Shape(
    "step",
    "steps",
    "steps",
    {
        "stage": Field("number"),
        "tag": _of("question_tag", "id"),
        "quick": _of("depth", "id"),
        "two_day": _of("depth", "id"),
        "five_day": _of("depth", "id"),
    }
    | META,
    ("title", "lead", "example", "mistakes", "kept"),
    frozenset({"example", "mistakes"}),
)
QUESTION = Shape(
    "question",
    "questions",
    "questions",
    {
        "step": Field("id", kind="step"),
        "tag": _of("question_tag", "id"),
        "lens": _of("lens", "id"),
        "kind": Field("id", required=False),
        "groups": _of("defender_groups", required=False),
        "tracks": _of("track"),
    }
    | META,
    ("ask", "help"),
)
QUICK = Shape(
    "quick",
    "quick",
    "quick",
    {"number": Field("number"), "ten": Field("flag"), "tag": _of("question_tag", "id")} | META,
    ("ask", "help", "example"),
)
LEVER = Shape(
    "lever",
    "levers",
    "levers",
    {
        "binds": _of("actor_types"),
        "chain": _of("chain_role"),
        "mechanisms": Field("ids", kind="mechanism", required=False),
    }
    | META,
    ("name", "whom_it_binds", "how_to_invoke", "harm"),
)
ACTOR_CARD = Shape(
    "actor_card",
    "actor_cards",
    "actor_cards",
    {"types": _of("actor_types")} | META,
    ("title", "moves_it", "makes_it_worse", "who_can_talk", "never_do"),
    frozenset({"moves_it", "makes_it_worse", "who_can_talk", "never_do"}),
)
TERM = Shape("term", "glossary", "terms", dict(META), ("term", "definition"))

SCREENS = (STEP, QUESTION, QUICK, LEVER, ACTOR_CARD)
LISTED = (MEASURE, SCENARIO, MECHANISM, SOURCE, TERM, *SCREENS)
TAXONOMIES = "taxonomies"
RENAMED = "renamed"
STEMS = (TAXONOMIES, *(shape.stem for shape in LISTED), RENAMED)
PROSE_STEMS = {
    "vocabulary": TAXONOMIES,
    "item": TAXONOMIES,
    **{shape.kind: shape.stem for shape in LISTED},
}
PROSE_FIELDS = {
    "vocabulary": ("about",),
    "item": ("label", "definition"),
    **{shape.kind: shape.prose for shape in LISTED},
}
PROSE_LISTS = frozenset((shape.kind, name) for shape in LISTED for name in shape.prose_lists)
# A field of one of these names would end up on paper that can be found: never in a pack.
CONTACT_FIELDS = frozenset(
    {"contact", "contacts", "phone", "telephone", "email", "mail", "address", "whatsapp", "signal"}
)
