"""The table behind a chart says what the chart draws."""

from playbook.sphinx.numbers import numbers, points
from tests.sphinx.figures import FIGURE


def test_one_series_is_a_table_of_two_columns_in_the_axis_format() -> None:
    table = numbers(FIGURE)
    assert table.head == ("era", "dollars a month")
    assert table.rows == (("M6", "$14,284"), ("M36", "$30,755"))


def test_series_with_the_same_keys_stand_side_by_side() -> None:
    table = numbers(
        {"data": [{"name": "a", "x": [1, 2], "y": [3, 4]}, {"name": "b", "x": [1, 2], "y": [5, None]}]}
    )
    assert table.head == ("item", "a", "b")
    assert table.rows == (("1", "3", "5"), ("2", "4", ""))


def test_series_with_other_keys_stand_one_below_the_other() -> None:
    table = numbers({"data": [{"name": "a", "x": [1], "y": [3]}, {"name": "b", "x": [2], "y": [5]}]})
    assert table.rows == (("a", "1", "3"), ("b", "2", "5"))


def test_horizontal_bars_are_named_by_their_y() -> None:
    layout = {"xaxis": {"title": {"text": "dollars"}}, "yaxis": {"type": "category"}}
    table = numbers(
        {"data": [{"type": "bar", "orientation": "h", "x": [7], "y": ["logs<br>in"]}], "layout": layout}
    )
    assert table.head == ("item", "dollars")
    assert table.rows == (("logs in", "7"),)


def test_a_bar_that_floats_ends_at_its_base_and_its_length() -> None:
    assert numbers({"data": [{"type": "bar", "base": 100, "x": ["a"], "y": [-20]}]}).rows == (("a", "80"),)


def test_error_bars_are_told_as_from_and_to() -> None:
    spread = {"array": [2], "arrayminus": [1]}
    assert numbers({"data": [{"x": ["a"], "y": [10], "error_y": spread}]}).rows == (("a", "10 (9 to 12)"),)


def test_names_of_points_are_a_column_and_written_values_are_the_values() -> None:
    named = {"name": "eras", "x": [1], "y": [2], "text": ["Ship"]}
    assert numbers({"data": [named]}).rows == (("eras", "Ship", "1", "2"),)
    written = {"x": ["a"], "y": [2.04], "text": ["2.0×"], "textposition": "outside"}
    assert numbers({"data": [written]}).rows == (("a", "2.0×"),)


def test_a_long_series_is_thinned_and_keeps_its_ends() -> None:
    table = numbers({"data": [{"x": list(range(100)), "y": list(range(100))}]})
    assert len(table.rows) < 30
    assert (table.rows[0][0], table.rows[-1][0]) == ("0", "99")
    assert table.note == "Every 5th point."


def test_shares_are_written_as_percentages() -> None:
    figure = {"data": [{"x": ["a"], "y": [0.0042]}], "layout": {"yaxis": {"tickformat": ".0%"}}}
    assert numbers(figure).rows == (("a", "0.42%"),)


def test_points_without_a_value_are_not_counted() -> None:
    assert points({"data": [{"x": [1, 2, 3], "y": [1, None, 2]}, {"x": [], "y": []}]}) == 2
    assert points({"data": []}) == 0
