"""A laid-out diagram as SVG: kinds that differ without colour, colours that follow the page's theme."""

import math
from collections.abc import Iterable, Sequence
from html import escape
from itertools import pairwise

from playbook.charts.house import FONT, PALETTE
from playbook.publish import outlines
from playbook.publish.layout import MARGIN, Connection, Layout, Shape, pixels
from playbook.publish.outlines import number

WIDTH = 720.0
"""Pixels of the book's column: a wider diagram would have to shrink its text."""
LINE = 16.0
"""Pixels from one line of text to the next."""

KINDS = {
    "ours": "we run it",
    "aws": "AWS runs it, we configure it",
    "outside": "others run it",
    "people": "people",
    "asleep": "asleep until it is needed",
    "async": "nobody waits for it",
    "never": "may not cross",
}
"""What a class of the D2 sources means, in the order of the key."""
LINES = frozenset({"async", "never"})
FRAMELESS = frozenset({"plain", "note", "time"})
NAME = ' class="name"'
ROLES = ("ink", "muted", "paper", "blue", "orange", "green", "rose", "quiet")

STYLE = f"""\
.drawing text{{font:400 12px {FONT};fill:var(--muted);text-anchor:middle}}
.drawing .name{{font-size:13px;font-weight:650;fill:var(--ink)}}
.drawing .start text{{text-anchor:start}}
.drawing .end text{{text-anchor:end}}
.drawing .time text{{font-size:13px;font-weight:400;fill:var(--ink);font-variant-numeric:tabular-nums}}
.drawing .total text{{font-weight:650}}
.drawing .plain .name{{font-size:12px;font-weight:400;fill:var(--muted)}}
.drawing .said{{stroke:var(--paper);stroke-width:6px;stroke-linejoin:round;paint-order:stroke}}
.drawing .body{{fill:var(--paper);stroke:var(--muted);stroke-width:1.25px}}
.drawing .tint{{fill:none}}
.drawing .ours .body{{stroke:var(--blue);stroke-width:1.5px}}
.drawing .ours .tint{{fill:var(--blue);fill-opacity:.1}}
.drawing .people .body{{stroke:var(--green);stroke-width:1.5px}}
.drawing .people .tint{{fill:var(--green);fill-opacity:.1}}
.drawing .outside .body{{stroke-width:1.5px;stroke-dasharray:1.5 3}}
.drawing .asleep .body{{stroke-dasharray:7 4}}
.drawing .asleep .tint{{fill:none}}
.drawing .bar{{fill:var(--orange)}}
.drawing .zone{{fill:none;stroke:var(--quiet);stroke-width:1px}}
.drawing .wire{{fill:none;stroke:var(--muted);stroke-width:1.5px}}
.drawing .head{{fill:var(--muted)}}
.drawing .async .wire{{stroke-dasharray:5 4}}
.drawing .never .wire{{stroke:var(--rose)}}
.drawing .cross{{fill:none;stroke:var(--rose);stroke-width:2.5px}}
.drawing .never .said{{fill:var(--rose)}}
"""


def svg(layout: Layout, *, name: str, title: str, words: str, digest: str) -> str:
    """The drawing, good alone as an image and inside a page; ``digest`` is kept as its ``data-source``.

    Alone it follows the reader's preference for light or dark; in a page it takes the page's palette.
    Raises ``ValueError`` where the diagram is wider than the book's column.
    """
    parts = (*layout["shapes"], *layout["connections"])
    kinds = [kind for kind in KINDS if any(kind in part["classes"] for part in parts)]
    shapes, connections = pixels(layout)
    right = max(shape["pos"]["x"] + shape["width"] for shape in shapes)
    width = max([right, *(point["x"] for c in connections for point in c["route"])]) + MARGIN
    if width > WIDTH:
        raise ValueError(
            f"{name} is {width:.0f} px wide, the column {WIDTH:.0f}: shorten or stack its labels"
        )
    bottom = max(shape["pos"]["y"] + shape["height"] for shape in shapes)
    entries, height = _key(kinds, width=width, top=bottom + 18)
    ids = f"drawing-{name}-title", f"drawing-{name}-words"
    zones = [shape for shape in shapes if _holds(shape, shapes)]
    attributes = (
        'xmlns="http://www.w3.org/2000/svg" class="drawing" role="img"',
        f'viewBox="0 0 {number(width)} {number(height)}" width="{number(width)}" height="{number(height)}"',
        f'aria-labelledby="{" ".join(ids)}" data-source="{digest}"',
    )
    lines = [
        f"<svg {' '.join(attributes)}>",
        f'<title id="{ids[0]}">{escape(title)}</title>',
        f'<desc id="{ids[1]}">{escape(words)}</desc>',
        f"<style>\n{_palette()}{STYLE}</style>",
        *map(_zone, zones),
        *map(_line, connections),
        *(_shape(shape) for shape in shapes if shape not in zones),
        *(_words(connection) for connection in connections if connection["label"]),
        *entries,
        "</svg>",
    ]
    return "\n".join(lines) + "\n"


def _palette() -> str:
    """Colours for a drawing that stands alone: inside a page no ``svg`` is the root."""
    light, dark = ("".join(f"--{role}:{PALETTE[role][side]};" for role in ROLES) for side in (0, 1))
    return (
        f"svg:root{{{light}background:var(--paper)}}\n"
        f"@media(prefers-color-scheme:dark){{svg:root{{{dark}}}}}\n"
    )


def _holds(shape: Shape, shapes: Iterable[Shape]) -> bool:
    return any(other["id"].startswith(f"{shape['id']}.") for other in shapes)


def _group(classes: Sequence[str], content: str) -> str:
    return f'<g class="{" ".join(classes)}">{content}</g>' if classes else f"<g>{content}</g>"


def _text(lines: Sequence[str], x: float, y: float) -> str:
    """Lines of text on base lines from ``y`` down, the first of them a name."""
    return "".join(
        f'<text{"" if row else NAME} x="{number(x)}" y="{number(y + row * LINE)}">{escape(line)}</text>'
        for row, line in enumerate(lines)
    )


def _zone(shape: Shape) -> str:
    """A frame with its name in the corner."""
    x, y = shape["pos"]["x"], shape["pos"]["y"]
    frame = outlines.place(x, y, shape["width"], shape["height"])
    name = _text(shape["label"].split("\n"), x + 12, y + 20)
    return _group(["start"], f'<rect class="zone" {frame} rx="{number(outlines.CORNER)}"/>{name}')


def _shape(shape: Shape) -> str:
    """An outline with its lines of text in the middle, or at the side that its class names."""
    x, y, width, height = shape["pos"]["x"], shape["pos"]["y"], shape["width"], shape["height"]
    lines, classes = shape["label"].split("\n"), shape["classes"]
    base = y + height / 2 - (len(lines) - 1) * LINE / 2 + 4.5 + (3 if shape["type"] == "cylinder" else 0)
    middle = x + width / 2 + (-3 if shape["type"] == "queue" else 2 if "aws" in classes else 0)
    at = x if "start" in classes else x + width if "end" in classes else middle
    drawn = _outline(shape["type"], classes, x, y, width, height)
    return _group(classes, drawn + _text(lines, at, base))


def _outline(kind: str, classes: Sequence[str], x: float, y: float, width: float, height: float) -> str:
    """Round corners for what we run, a bar for what AWS runs, a pill for people; cylinders for what keeps."""
    if FRAMELESS & {*classes}:
        return ""
    if kind == "cylinder":
        return outlines.cylinder(x, y, width, height)
    if kind == "queue":
        return outlines.pipe(x, y, width, height)
    radius = height / 2 if "people" in classes else outlines.CORNER if "ours" in classes else 0
    return outlines.box(x, y, width, height, radius=radius, bar="aws" in classes)


def _line(connection: Connection) -> str:
    """A line with its heads; a cross ends one that may not be."""
    route = _route(connection)
    ends = outlines.cross if "never" in connection["classes"] else outlines.head
    drawn = outlines.wire(route)
    if connection["dstArrow"] != "none":
        drawn += ends(route[-2], route[-1])
    if connection["srcArrow"] != "none":
        drawn += ends(route[1], route[0])
    return _group(connection["classes"], drawn)


def _route(connection: Connection) -> list[outlines.Point]:
    return outlines.straightened([(point["x"], point["y"]) for point in connection["route"]])


def _words(connection: Connection) -> str:
    """The words at the middle of a line's longest stretch: on it where it falls, above it where it lies."""
    route = _route(connection)
    start, end = max(pairwise(route), key=lambda ends: math.dist(*ends))
    x, y = (start[0] + end[0]) / 2, (start[1] + end[1]) / 2
    lies = abs(end[0] - start[0]) > abs(end[1] - start[1])
    words = escape(connection["label"])
    said = f'<text class="said" x="{number(x)}" y="{number(y - 6 if lies else y + 4)}">{words}</text>'
    return _group(connection["classes"], said)


def _key(kinds: Sequence[str], *, width: float, top: float) -> tuple[list[str], float]:
    """The key, in rows as wide as the drawing, and the height at which it ends."""
    x, y, entries = MARGIN, top, []
    for kind in kinds:
        length = 36 + 7 * len(KINDS[kind])
        if x > MARGIN and x + length > width:
            x, y = MARGIN, y + 22
        route = [(x, y + 7.5), (x + 26, y + 7.5)]
        if kind == "never":
            sample = outlines.wire(route) + outlines.cross(*route)
        elif kind in LINES:
            sample = outlines.wire(route) + outlines.head(*route)
        else:
            sample = _outline("rectangle", [kind], x, y, 26, 15)
        words = f'<text x="{number(x + 34)}" y="{number(y + 12)}">{escape(KINDS[kind])}</text>'
        entries.append(_group([kind, "start"], sample + words))
        x += length + 16
    return entries, y + (24 if kinds else 0)
