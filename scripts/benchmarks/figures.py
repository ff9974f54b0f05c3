"""A measured figure with its peer or limit, as a table for people and as JSON for machines."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Figure:
    """`value` in `unit`. With a peer the bounds are on the ratio value / peer_value, else on the value itself.

    A figure without a bound only reports: `ok` is None.
    """

    name: str
    value: float
    unit: str = ""
    peer: str = ""
    peer_value: float | None = None
    at_most: float | None = None
    at_least: float | None = None
    note: str = ""

    @property
    def ratio(self) -> float | None:
        return self.value / self.peer_value if self.peer_value else None

    @property
    def ok(self) -> bool | None:
        if self.at_most is None and self.at_least is None:
            return None
        judged = self.value if self.peer_value is None else self.ratio
        if judged is None:  # a peer of zero proves nothing
            return False
        return (self.at_most is None or judged <= self.at_most) and (self.at_least is None or judged >= self.at_least)

    def as_json(self) -> dict[str, Any]:
        own = {
            "name": self.name,
            "value": self.value,
            "unit": self.unit,
            "peer": self.peer,
            "peer_value": self.peer_value,
            "ratio": self.ratio,
            "at_most": self.at_most,
            "at_least": self.at_least,
            "ok": self.ok,
            "note": self.note,
        }
        return {key: value for key, value in own.items() if value not in (None, "")}


def table(figures: Sequence[Figure]) -> str:
    """Aligned columns; a Han character is two columns wide."""
    return "\n".join(aligned([("figure", "value", "peer", "ratio", "needs", ""), *map(_cells, figures)]))


def aligned(rows: Sequence[Sequence[str]]) -> list[str]:
    widths = [max(map(_width, column)) for column in zip(*rows, strict=True)]
    return [
        "  ".join(cell + " " * (width - _width(cell)) for cell, width in zip(row, widths, strict=True)).rstrip()
        for row in rows
    ]


def failures(figures: Iterable[Figure]) -> list[Figure]:
    return [figure for figure in figures if figure.ok is False]


def _cells(figure: Figure) -> tuple[str, ...]:
    peer = "" if figure.peer_value is None else f"{figure.peer} {number(figure.peer_value)} {figure.unit}".strip()
    ratio = "" if figure.ratio is None else f"{figure.ratio:.2f}x"
    verdict = {None: "", True: "ok", False: "OVER ITS LIMIT"}[figure.ok]
    last = "  ".join(part for part in (verdict, figure.note) if part)
    return figure.name, f"{number(figure.value)} {figure.unit}".strip(), peer, ratio, _needs(figure), last


def _needs(figure: Figure) -> str:
    suffix = "" if figure.peer_value is None else "x"
    bounds = (("<=", figure.at_most), (">=", figure.at_least))
    return " ".join(f"{sign} {number(bound)}{suffix}" for sign, bound in bounds if bound is not None)


def number(value: float) -> str:
    """Three decimals for small values, none for counts."""
    if float(value).is_integer():
        return f"{int(value):,}"
    return f"{value:.3f}" if abs(value) < 10 else f"{value:,.1f}"


def _width(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in text)
