"""Bar figures as SVG and PNG: drawn from whole fen by plain arithmetic, so that equal figures are equal bytes."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from html import escape

from ledger.money import FEN_PER_YUAN, shown_yuan
from reports.layout import em
from reports.model import Bar, Figure

COLOURS = ("#2b5c8a", "#d08a2e", "#6b8f4e", "#8a4a5c")  # told apart in grey print too, by their lightness
_WIDTH, _PLOT_HEIGHT = 720, 240
_LEFT, _TOP, _RIGHT = 86, 40, 12
_FONT = "Noto Sans SC, Noto Sans CJK SC, Microsoft YaHei, SimHei, sans-serif"
_WAN = 10_000 * FEN_PER_YUAN  # 万元
_LABEL_EM = 11.0  # px per em of a label


def svg(figure: Figure, language: str = "zh") -> str:
    """Return a figure as a self-contained SVG: no script, no style sheet, no reference to anything outside.

    Its title and description hold the caption and every number, for readers who cannot see it.
    """
    low, high, step = _scale(figure)
    tilt = _tilted(figure)
    foot = 14 + (max((em(_short(b.label)) for b in figure.bars), default=0) * 7 if tilt else 16)
    height = _TOP + _PLOT_HEIGHT + foot + 8
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {_px(height)}" width="{_WIDTH}"'
        f' height="{_px(height)}" role="img" font-family="{_FONT}" font-size="11">',
        f"<title>{escape(figure.caption)}</title>",
        f"<desc>{escape(description(figure, language))}</desc>",
        *_axis(low, high, step, language),
        *_bars(figure, low, high, tilt),
        *_legend(figure),
        "</svg>",
    ]
    return "\n".join(parts)


def png(figure: Figure, language: str = "zh", ppi: int = 200) -> bytes:
    """Return a figure as PNG, drawn with the shipped faces only."""
    from reports.typesetting import picture

    return picture(svg(figure, language), ppi)


def description(figure: Figure, language: str = "zh") -> str:
    """Return every number of a figure as one text."""
    unit, colon, comma, semicolon = (" yuan", ": ", ", ", "; ") if language == "en" else ("元", "：", "，", "；")
    return semicolon.join(
        f"{bar.label}{colon}"
        + comma.join(f"{s} {shown_yuan(v)}{unit}" for s, v in zip(figure.series, bar.values_fen, strict=True))
        for bar in figure.bars
    )


def _scale(figure: Figure) -> tuple[int, int, int]:
    """Return the ends of the axis and the step between its lines: 1, 2 or 5 times a power of ten, six at most."""
    values = [v for bar in figure.bars for v in bar.values_fen] or [0]
    low, high = min(0, *values), max(0, *values)
    if low == high:
        high = FEN_PER_YUAN
    step = next(f * 10**power for power in range(20) for f in (1, 2, 5) if high - low <= 6 * f * 10**power)
    return low // step * step, -(-high // step) * step, step


def _y(value: int, low: int, high: int) -> Decimal:
    return Decimal(_TOP) + Decimal(_PLOT_HEIGHT) * (high - value) / (high - low)


def _px(number: Decimal | float) -> str:
    return f"{Decimal(str(number)):.1f}"


def _axis(low: int, high: int, step: int, language: str) -> Iterator[str]:
    in_wan = max(-low, high) >= 10 * _WAN and language != "en"
    unit = ("万元" if in_wan else "元") if language != "en" else "yuan"
    yield f'<text x="{_LEFT - 8}" y="{_TOP - 14}" text-anchor="end" fill="#555555">{unit}</text>'
    for value in range(low, high + 1, step):
        y = _px(_y(value, low, high))
        colour, weight = ("#333333", "1") if value == 0 else ("#dddddd", "0.6")
        yield (
            f'<line x1="{_LEFT}" y1="{y}" x2="{_WIDTH - _RIGHT}" y2="{y}" stroke="{colour}" stroke-width="{weight}"/>'
        )
        number = _tick(value, _WAN if in_wan else FEN_PER_YUAN)
        y_text = _px(_y(value, low, high) + 4)
        yield f'<text x="{_LEFT - 8}" y="{y_text}" text-anchor="end" fill="#333333">{number}</text>'


def _tick(value: int, unit: int) -> str:
    shown = (Decimal(value) / unit).normalize()
    return f"{shown:,f}"


def _bars(figure: Figure, low: int, high: int, tilt: bool) -> Iterator[str]:
    count = max(len(figure.bars), 1)
    group = Decimal(_WIDTH - _LEFT - _RIGHT) / count
    width = min(group * Decimal("0.72") / max(len(figure.series), 1), Decimal(46))
    base = _TOP + _PLOT_HEIGHT
    for position, bar in enumerate(figure.bars):
        centre = _LEFT + group * position + group / 2
        start = centre - width * len(figure.series) / 2
        for number, value in enumerate(bar.values_fen):
            top, bottom = _y(max(value, 0), low, high), _y(min(value, 0), low, high)
            yield (
                f'<rect x="{_px(start + width * number)}" y="{_px(top)}" width="{_px(width * Decimal("0.94"))}"'
                f' height="{_px(bottom - top)}" fill="{COLOURS[number % len(COLOURS)]}">'
                f"<title>{escape(_hover(figure, bar, number))}</title></rect>"
            )
        yield _label(bar.label, centre, Decimal(base), tilt)


def _hover(figure: Figure, bar: Bar, number: int) -> str:
    return f"{bar.label} {figure.series[number]} {shown_yuan(bar.values_fen[number])}"


def _label(text: str, centre: Decimal, base: Decimal, tilt: bool) -> str:
    if tilt:
        x, y = _px(centre + 4), _px(base + 14)
        return (
            f'<text x="{x}" y="{y}" text-anchor="end" transform="rotate(-40 {x} {y})" fill="#333333">'
            f"{escape(_short(text))}</text>"
        )
    x, y = _px(centre), _px(base + 16)
    return f'<text x="{x}" y="{y}" text-anchor="middle" fill="#333333">{escape(_short(text))}</text>'


def _short(label: str) -> str:
    return label if len(label) <= 12 else label[:11] + "…"


def _tilted(figure: Figure) -> bool:
    room = (_WIDTH - _LEFT - _RIGHT) / max(len(figure.bars), 1) - 4
    return any(em(_short(bar.label)) * _LABEL_EM > room for bar in figure.bars)


def _legend(figure: Figure) -> Iterator[str]:
    x = Decimal(_LEFT)
    for number, name in enumerate(figure.series):
        colour = COLOURS[number % len(COLOURS)]
        yield f'<rect x="{_px(x)}" y="8" width="12" height="12" fill="{colour}"/>'
        yield f'<text x="{_px(x + 17)}" y="18" fill="#333333">{escape(name)}</text>'
        x += Decimal(str(34 + em(name) * _LABEL_EM))
