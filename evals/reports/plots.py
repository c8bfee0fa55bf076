"""Plots as SVG that a page holds inline: no library, no script, colours from the page's own style."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

from evals.typography import figure, percentage

_ROW = 30
_LETTER = 7  # about the width of a letter, to keep labels apart
_TICKS = (0.0, 0.25, 0.5, 0.75, 1.0)


@dataclass(frozen=True, slots=True)
class Bar:
    """One row of a plot of shares: its name, the mean, its interval, how many questions, one before."""

    name: str
    value: float
    low: float
    high: float
    count: int
    before: float | None = None


@dataclass(frozen=True, slots=True)
class Point:
    """One configuration on a plot: its name, what it costs, what it is worth, whether none beats it."""

    name: str
    cost: float
    worth: float
    best: bool


@dataclass(frozen=True, slots=True)
class Curve:
    """A line of shares (0 to 1) over a threshold, with its name and its style class."""

    name: str
    style: str
    points: Sequence[tuple[float, float]]


def shares(title: str, bars: Sequence[Bar]) -> str:
    """Return a dot and its 95 % interval for each row, on a scale from 0 to 100 %."""
    left, width, right = 190, 430, 110
    height = 34 + _ROW * len(bars)

    def x(value: float) -> float:
        return left + width * min(1.0, max(0.0, value))

    parts = [_opening(title, left + width + right, height, _told(bars))]
    for tick in _TICKS:
        parts.append(_line("grid", x(tick), 20, x(tick), height - 6))
        parts.append(_text("tick", x(tick), 13, percentage(tick), "middle"))
    for number, bar in enumerate(bars):
        y = 36 + _ROW * number
        parts.append(_text("label", left - 12, y + 4, bar.name, "end"))
        parts.append(_line("range", x(bar.low), y, x(bar.high), y))
        if bar.before is not None:
            parts.append(f'<circle class="before" cx="{x(bar.before):.1f}" cy="{y}" r="5"/>')
        parts.append(f'<circle class="dot" cx="{x(bar.value):.1f}" cy="{y}" r="5"/>')
        told = f"{percentage(bar.value)} (n\u00a0=\u00a0{bar.count})"
        parts.append(_text("value", left + width + 12, y + 4, told, "start"))
    return "".join([*parts, "</svg>"])


def curves(title: str, lines: Sequence[Curve], mark: tuple[float, float, str] | None, axis: str) -> str:
    """Return shares over a threshold; ``mark`` is where the product stands: both shares and a caption."""
    left, top, width, height = 60, 16, 560, 260
    values = [at for line in lines for at, _ in line.points]
    low, high = (min(values), max(values)) if values else (0.0, 1.0)
    span = (high - low) or 1.0

    def x(value: float) -> float:
        return left + width * (value - low) / span

    def y(share: float) -> float:
        return top + height * (1 - share)

    parts = [_opening(title, left + width + 20, top + height + 50, axis)]
    for tick in _TICKS:
        parts.append(_line("grid", left, y(tick), left + width, y(tick)))
        parts.append(_text("tick", left - 8, y(tick) + 4, percentage(tick), "end"))
        at = low + span * tick
        parts.append(_text("tick", x(at), top + height + 18, figure(at, 2), "middle"))
    parts.append(_text("label", left + width / 2, top + height + 40, axis, "middle"))
    for line in lines:
        path = " ".join(f"{x(at):.1f},{y(share):.1f}" for at, share in line.points)
        parts.append(
            f'<polyline class="{line.style}" points="{path}"><title>{escape(line.name)}</title></polyline>'
        )
    if mark:
        false, refused, caption = mark
        for share, style in ((false, "dot false"), (refused, "dot refused")):
            parts.append(
                f'<circle class="{style}" cx="{left + width}" cy="{y(share):.1f}" r="6">'
                f"<title>{escape(caption)}</title></circle>"
            )
    return "".join([*parts, "</svg>"])


def frontier(title: str, points: Sequence[Point], cost: str, worth: str) -> str:
    """Return configurations by cost and worth; those that no other beats on both are joined."""
    left, top, width, height = 70, 36, 600, 320
    most = max((point.cost for point in points), default=1.0) * 1.15 or 1.0
    values = [point.worth for point in points] or [0.0]
    low, high = max(0.0, min(values) - 0.05), min(1.0, max(values) + 0.05)
    span = (high - low) or 1.0

    def x(value: float) -> float:
        return left + width * value / most

    def y(value: float) -> float:
        return top + height * (1 - (value - low) / span)

    told = " ; ".join(
        f"{p.name}\u00a0: {figure(p.cost, 1)}\u00a0ms, {percentage(p.worth, 1)}" for p in points
    )
    parts = [_opening(title, left + width + 150, top + height + 60, told)]
    for step in _TICKS:
        at, share = most * step, low + span * step
        parts.append(_line("grid", left, y(share), left + width, y(share)))
        parts.append(_text("tick", left - 8, y(share) + 4, percentage(share, 1), "end"))
        parts.append(_text("tick", x(at), top + height + 18, figure(at, 0), "middle"))
    parts.append(_text("label", left + width / 2, top + height + 42, cost, "middle"))
    parts.append(_text("label", left - 60, top - 18, worth, "start"))
    best = sorted((point for point in points if point.best), key=lambda point: point.cost)
    path = " ".join(f"{x(point.cost):.1f},{y(point.worth):.1f}" for point in best)
    parts.append(f'<polyline class="frontier" points="{path}"/>')
    taken: list[tuple[float, float, float]] = []  # left, right and baseline of each label
    for point in sorted(points, key=lambda one: -one.worth):
        at, up = x(point.cost), y(point.worth)
        parts.append(
            f'<circle class="{"dot" if point.best else "before"}" cx="{at:.1f}" cy="{up:.1f}" r="6"/>'
        )
        first, label = at + 6, up - 10
        last = first + _LETTER * len(point.name)
        while any(abs(label - other) < 14 and first < end and start < last for start, end, other in taken):
            label += 14
        taken.append((first, last, label))
        parts.append(_text("label name", first, label, point.name, "start"))
    return "".join([*parts, "</svg>"])


STYLE = """\
svg{font:13px system-ui,sans-serif;max-width:100%;height:auto}
svg .grid{stroke:#d5d9de}svg .range{stroke:#5b7fa6;stroke-width:5;stroke-linecap:round}
svg .dot{fill:#12406f}svg .before{fill:#fff;stroke:#6a4b00;stroke-width:2}
svg text{fill:#1d2733}
svg .name{paint-order:stroke;stroke:#fff;stroke-width:4px}
svg .tick{fill:#4b5663;font-size:12px}
svg polyline{fill:none;stroke-width:3}
svg .false{stroke:#a3261c}svg .refused{stroke:#12406f;stroke-dasharray:7 4}svg .frontier{stroke:#12406f}
svg .dot.false{fill:#a3261c}svg .dot.refused{fill:#12406f;stroke-dasharray:none}
"""


def standalone(svg: str) -> str:
    """Return a plot as an SVG file of its own."""
    return (
        svg.replace(">", f"><style>{STYLE}</style><rect width='100%' height='100%' fill='#fff'/>", 1) + "\n"
    )


def _told(bars: Sequence[Bar]) -> str:
    return " ; ".join(
        f"{bar.name}\u00a0: {percentage(bar.value)}, de {percentage(bar.low)} à {percentage(bar.high)}"
        for bar in bars
    )


def _opening(title: str, width: float, height: float, told: str) -> str:
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width:g} {height:g}" width="{width:g}" '
        f'height="{height:g}" role="img" aria-label="{escape(f"{title}. {told}", quote=True)}">'
    )


def _line(style: str, x1: float, y1: float, x2: float, y2: float) -> str:
    return f'<line class="{style}" x1="{x1:.1f}" y1="{y1:.1f}" x2="{x2:.1f}" y2="{y2:.1f}"/>'


def _text(style: str, x: float, y: float, text: str, anchor: str) -> str:
    return f'<text class="{style}" x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}">{escape(text)}</text>'
