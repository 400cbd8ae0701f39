"""The house style of a chart: palette, template, and the one way to make a figure."""

import inspect
import math
from collections.abc import Callable, Mapping, Sequence
from functools import wraps
from types import MappingProxyType
from typing import Concatenate, ParamSpec, TypedDict

from playbook.model import System

Part = dict[str, object]
P = ParamSpec("P")

# Role to (light, dark). Hues keep apart under the three common colour-vision deficiencies and against
# their own ground (at least 3:1); the page swaps the one for the other.
PALETTE: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "ink": ("#1c2430", "#e8eaed"),
        "muted": ("#56616e", "#a9b3be"),
        "grid": ("#dfe4e9", "#333c47"),
        "paper": ("#ffffff", "#14181e"),
        "blue": ("#1b5e9e", "#79b8f3"),
        "orange": ("#b4500b", "#f5a662"),
        "green": ("#14766a", "#58c9b6"),
        "rose": ("#a32e63", "#f391ba"),
        "quiet": ("#8fa0b0", "#66788a"),
    }
)
LIGHT: Mapping[str, str] = MappingProxyType({role: pair[0] for role, pair in PALETTE.items()})
FONT = "system-ui, -apple-system, 'Segoe UI', Roboto, 'Noto Sans', sans-serif"

_AXIS: Mapping[str, object] = MappingProxyType(
    {
        "gridcolor": LIGHT["grid"],
        "linecolor": LIGHT["grid"],
        "zerolinecolor": LIGHT["grid"],
        "tickcolor": LIGHT["grid"],
        "tickfont": {"color": LIGHT["muted"]},
        "title": {"font": {"color": LIGHT["muted"], "size": 13}, "standoff": 10},
        "automargin": True,
    }
)
TEMPLATE: Part = {
    "layout": {
        "font": {"family": FONT, "size": 13, "color": LIGHT["ink"]},
        "title": {
            "font": {"size": 16},
            "x": 0,
            "xref": "container",
            "xanchor": "left",
            "y": 0.97,
            "yanchor": "top",
        },
        "paper_bgcolor": LIGHT["paper"],
        "plot_bgcolor": LIGHT["paper"],
        "colorway": [LIGHT[role] for role in ("blue", "orange", "green", "rose", "quiet")],
        "margin": {"l": 64, "r": 24, "t": 64, "b": 56},
        "showlegend": False,
        "hoverlabel": {"font": {"family": FONT}},
        "xaxis": dict(_AXIS),
        "yaxis": dict(_AXIS),
    }
}


class Figure(TypedDict):
    """A plotly figure as plain JSON."""

    data: list[Part]
    layout: Part


def figure(
    *,
    title: str,
    alt: str,
    x: Part,
    y: Part,
    data: Sequence[Part],
    notes: Sequence[Part] = (),
    **layout: object,
) -> Figure:
    """A figure in house style: the finding as ``title``, ``alt`` for those who cannot see it.

    ``x`` and ``y`` are plotly axes whose ``title`` is plain text with the unit; ``notes`` are direct
    labels. Numbers are kept to six significant digits. Raises ``ValueError`` for an empty title or alt,
    and for a number that is not finite.
    """
    if not title.strip() or not alt.strip():
        raise ValueError("a chart needs its finding as title, and alt text that says what it shows")
    drawn: Part = {"title": {"text": title}, "template": TEMPLATE, "annotations": list(notes), **layout}
    for name, axis in (("xaxis", x), ("yaxis", y)):
        drawn[name] = {**axis, "title": {"text": axis.get("title", "")}}
    return {
        "data": [_part(trace, "data") for trace in data],
        "layout": _part({**drawn, "meta": {"alt": alt}}, "layout"),
    }


def chart(function: Callable[Concatenate[System, P], Figure]) -> Callable[Concatenate[System, P], Figure]:
    """Let the figure carry the name and arguments of its function, so that it can be made again."""
    name = f"{function.__module__.rpartition('.')[2]}.{function.__name__}"
    signature = inspect.signature(function)

    @wraps(function)
    def made(system: System, /, *args: P.args, **kwargs: P.kwargs) -> Figure:
        drawn = function(system, *args, **kwargs)
        given = dict(list(signature.bind(system, *args, **kwargs).arguments.items())[1:])
        return {
            **drawn,
            "layout": {**drawn["layout"], "meta": {"alt": alt(drawn), "chart": name, "args": given}},
        }

    return made


def alt(drawn: Figure) -> str:
    """What a figure shows, in words."""
    meta = drawn["layout"]["meta"]
    return str(meta["alt"]) if isinstance(meta, dict) else ""


def line(name: str, x: Sequence[float | str], y: Sequence[float], *, role: str, dash: str = "solid") -> Part:
    """A line in the colour of a role."""
    style: Part = {"color": LIGHT[role], "dash": dash, "width": 2.5}
    return {"type": "scatter", "mode": "lines", "name": name, "x": list(x), "y": list(y), "line": style}


def dots(
    name: str,
    x: Sequence[float | str],
    y: Sequence[float | str],
    *,
    role: str,
    symbol: str = "circle",
    **more: object,
) -> Part:
    """Points in the colour of a role."""
    style: Part = {"color": LIGHT[role], "size": 9, "symbol": symbol}
    return {
        "type": "scatter",
        "mode": "markers",
        "name": name,
        "x": list(x),
        "y": list(y),
        "marker": style,
        **more,
    }


def bars(
    name: str, lengths: Sequence[float], names: Sequence[str], *, colours: object, **more: object
) -> Part:
    """Horizontal bars, the first at the bottom."""
    style: Part = {"color": colours}
    return {
        "type": "bar",
        "orientation": "h",
        "name": name,
        "x": list(lengths),
        "y": list(names),
        "marker": style,
        **more,
    }


def label(
    x: float | str, y: float | str, text: str, *, role: str = "muted", at: str = "left bottom", **more: object
) -> Part:
    """A direct label; ``at`` says which of its corners stands at the point."""
    across, along = at.split()
    font: Part = {"color": LIGHT[role], "size": 12}
    return {
        "x": x,
        "y": y,
        "text": text,
        "showarrow": False,
        "font": font,
        "xanchor": across,
        "yanchor": along,
        **more,
    }


def level(value: float, *, axis: str, role: str = "ink", dash: str = "dash") -> Part:
    """A line across the whole plot at one value of one axis."""
    other = "y" if axis == "x" else "x"
    ends: Part = {
        f"{axis}0": value,
        f"{axis}1": value,
        f"{other}0": 0,
        f"{other}1": 1,
        f"{other}ref": "paper",
    }
    return {"type": "line", "line": {"color": LIGHT[role], "width": 1.5, "dash": dash}, **ends}


LEGEND: Part = {"orientation": "h", "x": 1, "xanchor": "right", "y": 1.02, "yanchor": "bottom"}


def _part(part: Part, where: str) -> Part:
    return {key: _plain(item, f"{where}.{key}") for key, item in part.items()}


def _plain(value: object, where: str) -> object:
    if isinstance(value, bool) or value is None or isinstance(value, str | int):
        return value
    if isinstance(value, float):
        if not math.isfinite(value):
            raise ValueError(f"{where} is {value}; a chart draws finite numbers, None where there is none")
        return float(f"{value:.6g}")
    if isinstance(value, Mapping):
        return {str(key): _plain(item, f"{where}.{key}") for key, item in value.items()}
    if isinstance(value, Sequence):
        return [_plain(item, f"{where}[{index}]") for index, item in enumerate(value)]
    raise ValueError(
        f"{where} is {type(value).__name__}; a chart is made of numbers, text, lists and mappings"
    )
