"""What D2 says of a diagram: a place for everything, in its units and in pixels."""

from typing import TypedDict

SCALE = 0.6
"""Pixels for one unit of the layout: D2 measures its own font, which is narrow, and spaces widely."""
MARGIN = 8.0
"""Pixels around the drawing."""
UNDRAWN = frozenset({"gap", "bare"})
"""Classes that only take up room."""


class Point(TypedDict):
    """A place."""

    x: float
    y: float


class Shape(TypedDict):
    """What D2 says of a shape, as far as it is drawn."""

    id: str
    type: str
    classes: list[str]
    pos: Point
    width: float
    height: float
    label: str


class Connection(TypedDict):
    """What D2 says of a connection, as far as it is drawn."""

    classes: list[str]
    route: list[Point]
    label: str
    srcArrow: str
    dstArrow: str


class Layout(TypedDict):
    """A diagram with a place for everything, in units of D2."""

    shapes: list[Shape]
    connections: list[Connection]


def pixels(layout: Layout) -> tuple[list[Shape], list[Connection]]:
    """What is drawn, in pixels, its upper left corner at the margin."""
    shapes = [shape for shape in layout["shapes"] if not UNDRAWN & {*shape["classes"]}]
    points = [point for c in layout["connections"] for point in c["route"]]
    points += [shape["pos"] for shape in shapes]
    left, top = min(point["x"] for point in points), min(point["y"] for point in points)

    def moved(point: Point) -> Point:
        return {"x": (point["x"] - left) * SCALE + MARGIN, "y": (point["y"] - top) * SCALE + MARGIN}

    return [
        {
            **shape,
            "pos": moved(shape["pos"]),
            "width": shape["width"] * SCALE,
            "height": shape["height"] * SCALE,
        }
        for shape in shapes
    ], [{**c, "route": [moved(point) for point in c["route"]]} for c in layout["connections"]]
