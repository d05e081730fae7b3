"""Times against sizes on logarithmic axes, as an SVG of a few panels side by side."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

WIDTH, HEIGHT, LEFT, TOP, GAP, FOOT = 270, 200, 64, 56, 36, 44
INK, MUTED, FAINT = "#1f2933", "#52606d", "#d9dee4"
COLOURS, DASHES = ("#0b5fa5", "#b45309"), ("", "6 4")


@dataclass(frozen=True)
class Panel:
    """One panel: what the sizes count, and seconds by size for each line."""

    sizes: str
    lines: Mapping[str, Mapping[int, float]]


def picture(panels: Sequence[Panel]) -> str:
    """The panels as one SVG; all share the axis of seconds, a grid line for each power of ten."""
    every = [s for panel in panels for took in panel.lines.values() for s in took.values()]
    low, high = math.floor(math.log10(min(every))), math.ceil(math.log10(max(every)))
    width = LEFT + len(panels) * (WIDTH + GAP)
    height = TOP + HEIGHT + FOOT
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" role="img"',
        f'  font-family="system-ui, sans-serif" font-size="12" fill="{INK}">',
        f"<title>{'; '.join(_told(panel) for panel in panels)}</title>",
        f'<rect width="{width}" height="{height}" fill="#ffffff"/>',
    ]
    for n, panel in enumerate(panels):
        parts += _panel(panel, LEFT + n * (WIDTH + GAP), low, high, labelled=n == 0)
    return "\n".join([*parts, "</svg>"]) + "\n"


def _told(panel: Panel) -> str:
    return f"Time against {panel.sizes}: {', '.join(panel.lines)}"


def _panel(panel: Panel, left: float, low: int, high: int, *, labelled: bool) -> list[str]:
    sizes = sorted({size for took in panel.lines.values() for size in took})
    first, last = math.log10(sizes[0]), math.log10(sizes[-1])

    def x(size: float) -> float:
        return left + WIDTH * (math.log10(size) - first) / (last - first)

    def y(seconds: float) -> float:
        return TOP + HEIGHT * (high - math.log10(seconds)) / (high - low)

    parts = []
    for power in range(low, high + 1):
        at = y(10.0**power)
        parts.append(f'<path d="M{left} {at:.1f}h{WIDTH}" stroke="{FAINT}"/>')
        if labelled:
            parts.append(_text(left - 8, at + 4, _seconds(power), MUTED, "end"))
    for size in sizes:
        parts.append(_text(x(size), TOP + HEIGHT + 18, _short(size), MUTED, "middle"))
    parts.append(_text(left + WIDTH / 2, TOP + HEIGHT + 36, panel.sizes, INK, "middle"))
    styles = zip(panel.lines.items(), COLOURS, DASHES, strict=False)
    for n, ((name, took), colour, dash) in enumerate(styles):
        points = [(x(size), y(seconds)) for size, seconds in took.items()]
        path = "L".join(f"{a:.1f} {b:.1f}" for a, b in points)
        stroke = f'stroke="{colour}" stroke-width="2" stroke-dasharray="{dash}" fill="none"'
        parts.append(f'<path d="M{path}" {stroke}/>')
        parts += [f'<circle cx="{a:.1f}" cy="{b:.1f}" r="3" fill="{colour}"/>' for a, b in points]
        key = 18 + 16 * n
        parts.append(f'<path d="M{left} {key - 4}h24" {stroke}/>')
        parts.append(_text(left + 30, key, name, INK, "start"))
    return parts


def _text(x: float, y: float, text: str, colour: str, anchor: str) -> str:
    return f'<text x="{x:.1f}" y="{y:.1f}" fill="{colour}" text-anchor="{anchor}">{text}</text>'


def _seconds(power: int) -> str:
    return f"{10**power:,} s" if power >= 0 else f"{10 ** (power + 3):g} ms"


def _short(size: int) -> str:
    """A size in few characters: 1k, 1M."""
    for unit, name in ((1_000_000, "M"), (1_000, "k")):
        if size >= unit:
            return f"{size // unit}{name}"
    return str(size)
