"""Which words a group may replace by its own, and what stands there as long as it has none.

Source:
    domain safety rule 10 ("our words"); which twenty terms is ours.
"""

from __future__ import annotations

from amparo.messages import Messages
from amparo.wording.choices import pack_of

# What a group may call by another name -> the key of the catalogue that it stands for.
TERMS: dict[str, str] = {
    **{f"stage_{number}": f"ui.stage.{number}" for number in range(1, 9)},
    **{
        f"kind_{kind}": f"kind.{kind}.many"
        for kind in (
            "threat", "factor", "measure", "actor", "incident", "indicator", "asset", "practice",
            "driver", "cause_path", "protocol", "agreement",
        )
    },
}  # fmt: skip


def usual_words(words: Messages, what: str) -> str:
    """Return the usual words of a term or a prompt; its id when it is neither."""
    if what in TERMS:
        return words.text(TERMS[what])
    pack = pack_of("steps", "questions")
    return pack.text(words.lang, "question", what, "ask") if what in pack.questions else what
