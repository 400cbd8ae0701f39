"""Outlines as SVG, from plain numbers in pixels: boxes, cylinders, pipes, lines and their heads."""

import math
from collections.abc import Sequence

CORNER = 7.0
BAR = 4.0
"""Width of the bar at the left edge that marks what somebody else keeps running for us."""

Point = tuple[float, float]


def number(value: float) -> str:
    """A coordinate to a tenth of a pixel, as short as it can be written."""
    return f"{round(value, 1) + 0.0:.1f}".removesuffix(".0")  # + 0.0: no negative zero


def place(x: float, y: float, width: float, height: float) -> str:
    """The attributes of a rectangle."""
    return f'x="{number(x)}" y="{number(y)}" width="{number(width)}" height="{number(height)}"'


def box(x: float, y: float, width: float, height: float, *, radius: float = 0, bar: bool = False) -> str:
    """A rectangle with its tint, and a bar at its left edge if it has one."""
    corners = f' rx="{number(radius)}"' if radius else ""
    whole = place(x, y, width, height)
    body = f'<rect class="body" {whole}{corners}/><rect class="tint" {whole}{corners}/>'
    return body + (f'<rect class="bar" {place(x, y, BAR, height)}/>' if bar else "")


def cylinder(x: float, y: float, width: float, height: float, *, lid: float = 5) -> str:
    """What keeps data: an upright cylinder with the bar at its left edge."""
    left, right = number(x), number(x + width)
    high, low = number(y + lid), number(y + height - lid)
    bend = f"A{number(width / 2)} {number(lid)} 0 0"
    body = f"M{left} {high}V{low}{bend} 0 {right} {low}V{high}{bend} 0 {left} {high}{bend} 0 {right} {high}"
    return f'<path class="body" d="{body}"/><rect class="bar" {place(x, y + lid, BAR, height - 2 * lid)}/>'


def pipe(x: float, y: float, width: float, height: float, *, lid: float = 6) -> str:
    """What keeps an order: a lying cylinder, open to the right, with the bar at its left edge."""
    left, right, inner = number(x + lid), number(x + width - lid), number(x + lid + BAR)
    top, low = number(y), number(y + height)
    bend = f"A{number(lid)} {number(height / 2)} 0 0"
    body = f"M{right} {top}H{left}{bend} 0 {left} {low}H{right}{bend} 0 {right} {top}{bend} 0 {right} {low}"
    bar = f"M{inner} {top}H{left}{bend} 0 {left} {low}H{inner}{bend} 1 {inner} {top}z"
    return f'<path class="body" d="{body}"/><path class="bar" d="{bar}"/>'


def wire(route: Sequence[Point]) -> str:
    """A line through the points of a route, its bends rounded."""
    path = f"M{_at(route[0])}"
    for before, corner, after in zip(route, route[1:], route[2:], strict=False):
        radius = min(CORNER, math.dist(before, corner) / 2, math.dist(corner, after) / 2)
        path += f"L{_at(along(corner, before, radius))}Q{_at(corner)} {_at(along(corner, after, radius))}"
    return f'<path class="wire" d="{path}L{_at(route[-1])}"/>'


def head(before: Point, tip: Point, *, length: float = 8) -> str:
    """The head of an arrow that comes from ``before``."""
    back = along(tip, before, length)
    across, down = (tip[0] - back[0]) / 2, (tip[1] - back[1]) / 2
    corners = (tip, (back[0] - down, back[1] + across), (back[0] + down, back[1] - across))
    return f'<path class="head" d="M{"L".join(map(_at, corners))}z"/>'


def cross(before: Point, tip: Point, *, arm: float = 5) -> str:
    """The end of a line that goes no further: a cross on its tip."""
    x, y = along(tip, before, arm)
    return (
        f'<path class="cross" d="M{_at((x - arm, y - arm))}L{_at((x + arm, y + arm))}'
        f'M{_at((x - arm, y + arm))}L{_at((x + arm, y - arm))}"/>'
    )


def straightened(route: Sequence[Point], *, slack: float = 3) -> list[Point]:
    """The route without the slight slants that come of ports a pixel apart."""
    points = [route[0]]
    for x, y in route[1:]:
        last_x, last_y = points[-1]
        points.append((last_x if abs(x - last_x) < slack else x, last_y if abs(y - last_y) < slack else y))
    return points


def along(start: Point, end: Point, distance: float) -> Point:
    """The point at a distance from ``start`` on the way to ``end``."""
    share = distance / (math.dist(start, end) or 1)
    return start[0] + (end[0] - start[0]) * share, start[1] + (end[1] - start[1]) * share


def _at(point: Point) -> str:
    return f"{number(point[0])} {number(point[1])}"
