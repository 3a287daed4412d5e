"""The usual words of the charts, from the catalogue."""

from __future__ import annotations

from amparo.messages import messages

_KEYS = (
    "band.low",
    "band.moderate",
    "band.high",
    "band.extreme",
    "likelihood",
    "impact",
    "best",
    "range",
    "state.inherent",
    "state.current",
    "state.target",
)


def chart_words(lang: str) -> dict[str, str]:
    """Return the words of the risk map in *lang*.

    Raises:
        LanguageError: there is no catalogue for it.
    """
    catalogue = messages(lang)
    return {key: catalogue.text(f"paper.{key}") for key in _KEYS}


def severity_words(lang: str) -> tuple[str, ...]:
    """Return the words of severity 0 to 4 in *lang*.

    Raises:
        LanguageError: there is no catalogue for it.
    """
    catalogue = messages(lang)
    return tuple(catalogue.text(f"paper.severity.{step}") for step in range(5))
