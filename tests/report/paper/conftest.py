"""A fictional document with every kind of block, and charts with every kind of mark."""

from __future__ import annotations

from collections.abc import Callable
from itertools import cycle
from typing import Any

import pytest

from amparo.report import blocks as b
from amparo.report import blocks_charts as c
from amparo.report.charts_words import chart_words, severity_words

SPANISH = "Ñandú, pingüino, corazón: ¿quién avisa? ¡Vamos!"
ARABIC = "أغلقوا البوابة واتصلوا على الرقم"
PHONE = "+51 900 000 000"


def _band(impact: int, likelihood: int) -> c.Band:
    total = impact + likelihood
    if total <= 4:
        return "low"
    if total <= 6:
        return "moderate"
    return "high" if total <= 8 else "extreme"


CELLS: tuple[tuple[c.Band, ...], ...] = tuple(
    tuple(_band(i, x) for x in range(1, 6)) for i in range(1, 6)
)


def _risks() -> tuple[c.Risk, ...]:
    spans = ((1, 2, 3), (2, 3, 4), (3, 3, 3), (2, 4, 5), (4, 5, 5), (1, 1, 2))
    states: tuple[c.State, ...] = ("current", "inherent", "target")
    return tuple(
        c.Risk(letter, spans[i % 6], spans[(i * 5 + 1) % 6], "high", states[i % 3])
        for i, letter in enumerate("ABCDEFGHIJKL")
    )


def _map() -> c.ForceMap:
    names = ("El banco", "El fondo", "La empresa", "Seguridad privada", "La alcaldía", "La radio")
    borders: tuple[Any, ...] = ("thick", "plain", "dashed")
    nodes = tuple(
        c.Node(str(i), name, "paga" if i < 2 else "", border)
        for (i, name), border in zip(
            enumerate((*names, "Nosotras y nosotros")),
            cycle(borders),
            strict=False,
        )
    )
    pairs = ("02", "12", "23", "24", "25", "36", "46", "56", "60", "65", "06")
    return c.ForceMap(
        "El banco presta a la empresa.",
        nodes,
        tuple(c.Edge(a, z, "da dinero") for a, z in pairs),
    )


def _actor_grid() -> c.ActorGrid:
    actors = tuple(
        c.PlacedActor(f"Actor municipal número {n}", n % 5 + 1, n * 3 % 5 - 2, n % 7 != 0)
        for n in range(20)
    )
    stances = ("muy en contra", "en contra", "en medio", "a favor", "muy a favor", "no sabemos")
    return c.ActorGrid("Veinte en la rejilla.", actors, stances, tuple("abcde"))


@pytest.fixture(scope="session")
def charts() -> tuple[b.Block, ...]:
    """One chart of each kind, as full as a large report has them."""
    spokes = tuple(c.Spoke(f"Rayo número {i} de la rueda", i % 5, (i + 1) % 5) for i in range(8))
    months = tuple(f"mes {i} 2026" for i in range(1, 13))
    marks = tuple(c.Happening(i * i % 12, str(i + 1), i % 5) for i in range(24))
    weeks = tuple(f"{n} nov" for n in range(1, 14))
    due = tuple(c.Due(n * n % 13, str(n + 1), n % 3 == 0) for n in range(30))
    steps = tuple(
        c.LadderStep(f"Paso {n}", ("Si: dos señales", "Hacemos: " * 30)) for n in range(4)
    )
    return (
        c.RiskMap("Doce amenazas en el mapa.", _risks(), CELLS, chart_words("es")),
        c.Wheel("Planificar es lo más flojo.", spokes),
        _map(),
        c.Timeline("Veinticuatro hechos en un año.", months, marks, severity_words("es")),
        c.Bars("Tres cuentas.", tuple(c.Bar(f"Cuenta {i}", i * 7) for i in range(3))),
        c.Agenda("Trece semanas.", weeks, due),
        _actor_grid(),
        c.Ladder("Cuatro pasos.", steps),
        c.BalanceGrid("Rejilla", ("Antes", "Durante"), ("Causas", "Prevenir"), ((1, 2), (3, 0))),
    )


@pytest.fixture(scope="session")
def words() -> tuple[b.Block, ...]:
    """Every block that is not a chart."""
    rows = tuple(
        (
            "Hacer turnos en el portón por la noche " * (1 + i % 2),
            "B",
            b.code("30/4"),
            "acompañamiento",
        )
        for i in range(30)
    )
    columns = (
        b.Column("Qué", 3),
        b.Column("Quién"),
        b.Column("Cuándo", align="end"),
        b.Column("Paso"),
    )
    return (
        b.Heading("Lo que haremos"),
        b.Paragraph(
            (SPANISH, " Llame ", b.strong("A"), " al ", b.code(PHONE), ". ", b.emphasis("Ya."))
        ),
        b.Bullets(("uno", (b.Paragraph("dos"), b.Bullets(("dos y medio",))))),
        b.Numbered(("nueve", "diez"), start=9),
        b.Checklist(("Agua", ("Papeles en la ", b.strong("bolsa azul")))),
        b.Table(columns, rows, empty_rows=2),
        b.KeyValues((("Señal", "campana"), ("Teléfono", b.code(PHONE)))),
        b.Columns(
            (
                (b.Box("Si vemos", (b.Bullets(("carros", "drones")),)),),
                (b.Box("Señal", (b.Blanks(2, "Lugar:"),), "thick"),),
            )
        ),
        b.Together((b.Heading("Llamar", 2), b.Blanks(4, numbered=True))),
        b.Rule(),
        b.Box("", (b.Paragraph("cita"),), "side"),
        b.CutCards(((b.Paragraph("Pido defensa."),), (b.Blanks(2, "Medicinas:"),)), folds=True),
        b.Preformatted("def f(x):\n    return x * 2"),
        b.Spacer(2),
        b.PageBreak(),
    )


Maker = Callable[..., b.Document]


@pytest.fixture
def document(words: tuple[b.Block, ...], charts: tuple[b.Block, ...]) -> Maker:
    """Return ``make(**settings)``: the full document in Spanish, or in Arabic when asked."""

    def make(**settings: Any) -> b.Document:
        lang = settings.setdefault("lang", "es")
        lead = (
            (b.Heading("خطة"), b.Paragraph((ARABIC, f" {PHONE} قبل 8:30."))) if lang == "ar" else ()
        )
        return b.Document(
            title="Notas", foot="3 - 30/4", blocks=(*lead, *words, *charts), **settings
        )

    return make
