import importlib
import json
import pkgutil
from collections.abc import Callable, Iterator

import pytest

from playbook import charts, model
from playbook.charts import house, telemetry
from playbook.charts.house import Figure

SYSTEM = model.load()
EXTREMES = (
    SYSTEM,
    *(model.at_end_of(SYSTEM, era.name) for era in SYSTEM.eras),
    model.what_if(SYSTEM, {"traffic.events_per_day": 1e6}),
    model.what_if(SYSTEM, {"traffic.events_per_day": 1e9}),
    model.what_if(SYSTEM, {"targets.availability_fraction": 0.99}),
)


def pictures() -> Iterator[tuple[str, Callable[[model.System], Figure]]]:
    for module in pkgutil.iter_modules(charts.__path__):
        if module.name != "house":
            for name, function in vars(importlib.import_module(f"playbook.charts.{module.name}")).items():
                if hasattr(function, "__wrapped__") and function.__module__.startswith("playbook.charts."):
                    yield f"{module.name}.{name}", function


PICTURES = dict(pictures())


@pytest.mark.parametrize("name", PICTURES)
def test_a_chart_draws_in_every_era_and_at_both_ends_of_volume(name: str) -> None:
    for system in EXTREMES:
        figure = PICTURES[name](system)
        text = json.dumps(figure, allow_nan=False)
        assert json.loads(text) == figure
        assert all(trace.get("x") and trace.get("y") for trace in figure["data"])


@pytest.mark.parametrize("name", PICTURES)
def test_a_chart_states_a_finding_units_and_words_for_those_who_cannot_see_it(name: str) -> None:
    figure = PICTURES[name](SYSTEM)
    title = figure["layout"]["title"]
    assert isinstance(title, dict)
    assert any(c.isdigit() for c in str(title["text"])), "the finding is a number"
    words = house.alt(figure)
    assert len(words) > 80
    assert words.endswith(".")
    axes = [figure["layout"][axis] for axis in ("xaxis", "yaxis")]
    assert all(
        isinstance(a, dict) and (a.get("type") in ("category", "date") or a["title"]["text"]) for a in axes
    )


@pytest.mark.parametrize("name", PICTURES)
def test_a_chart_can_be_made_again_from_what_it_carries(name: str) -> None:
    figure = PICTURES[name](SYSTEM)
    meta = figure["layout"]["meta"]
    assert isinstance(meta, dict)
    assert meta["chart"] == name
    assert PICTURES[name](SYSTEM, **meta["args"]) == figure


@pytest.mark.parametrize("name", PICTURES)
def test_a_chart_uses_the_palette_alone(name: str) -> None:
    text = json.dumps(PICTURES[name](SYSTEM))
    used = {text[i : i + 7] for i in range(len(text)) if text[i] == "#"}
    assert used <= set(house.LIGHT.values())


def test_an_argument_travels_with_the_figure() -> None:
    figure = PICTURES["cost.bill"](SYSTEM, era="ship")  # type: ignore[call-arg]
    assert figure["layout"]["meta"]["args"] == {"era": "ship"}  # type: ignore[index]


def test_a_figure_without_words_or_with_a_hole_is_refused() -> None:
    whole = {"title": "t 1", "alt": "a", "x": {}, "y": {}, "data": []}
    with pytest.raises(ValueError, match="alt text"):
        house.figure(**{**whole, "alt": " "})  # type: ignore[arg-type]
    with pytest.raises(ValueError, match=r"data\.x\[0\] is nan"):
        house.figure(**{**whole, "data": [{"x": [float("nan")]}]})  # type: ignore[arg-type]


def luminance(colour: str) -> float:
    """Relative luminance, WCAG 2.2."""
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("side", [0, 1], ids=["light", "dark"])
@pytest.mark.parametrize(
    ("role", "least"),
    [
        ("ink", 7),
        ("muted", 4.5),
        ("blue", 4.5),
        ("orange", 4.5),
        ("green", 4.5),
        ("rose", 4.5),
        ("quiet", 2.5),
    ],
)
def test_a_role_stands_out_from_its_ground(role: str, least: float, side: int) -> None:
    assert contrast(house.PALETTE[role][side], house.PALETTE["paper"][side]) >= least


def test_no_two_roles_share_a_light_colour() -> None:
    assert len(set(house.LIGHT.values())) == len(house.LIGHT)


@pytest.mark.parametrize(
    ("name", "panel", "finding"),
    [
        ("hot_key", "", "the dashboard never crossed its line"),
        ("contract_before_expand", "", "the dashboard never crossed its line"),
        ("frozen_pods", "pods", "the dashboard had no line to cross"),
        (
            "enrichment_drift",
            "cost",
            "Nothing was late for 9 days; the dashboard crossed its line after 9 days",
        ),
    ],
)
def test_an_incident_stands_beside_what_its_dashboard_showed(name: str, panel: str, finding: str) -> None:
    drawn = telemetry.told_and_true(SYSTEM, name, panel)
    title = drawn["layout"]["title"]
    assert isinstance(title, dict)
    assert str(title["text"]).endswith(finding)
    assert {"y", "y2", "y3"} == {str(trace.get("yaxis", "y")) for trace in drawn["data"]}


def test_a_panel_that_no_dashboard_had_is_refused() -> None:
    with pytest.raises(ValueError, match="no panel of hot_key has 'iterator' in its name: p99"):
        telemetry.told_and_true(SYSTEM, "hot_key", "iterator")
