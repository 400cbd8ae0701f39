import pytest

from playbook.__main__ import main


def test_explain_shows_value_formula_inputs_and_their_sources(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["explain", "architecture.busiest_consumer_fraction"]) == 0
    shown = capsys.readouterr().out
    assert "architecture.busiest_consumer_fraction = 79%" in shown
    assert "stream.consumer_seconds_per_record = 0.004 (assumed, 0.003 to 0.006; enricher trace" in shown
    assert "moved most by" in shown


def test_explain_answers_what_if_and_when(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["explain", "context.mean_per_second", "--set", "traffic.events_per_day=86400000"]) == 0
    assert "= 1,000 per second" in capsys.readouterr().out
    assert main(["explain", "context.mean_per_second", "--as-of", "2024-05-06"]) == 0
    assert "= 116 per second" in capsys.readouterr().out


def test_decisions_prints_the_board_and_succeeds_while_all_that_is_due_is_answered(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert main(["decisions"]) == 0
    shown = capsys.readouterr().out
    assert "0004 superseded The partition key is the tenant" in shown
    assert "0008 due" in shown
    assert "answered 2026-10-12" in shown


def test_decisions_fails_when_one_is_due_and_nobody_has_answered(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["decisions", "--set", "traffic.events_per_day=1e9"]) == 1
    shown = capsys.readouterr().out
    assert "0014 due" in shown
    assert "NOT ANSWERED" in shown


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["explain", "nothing"], "'nothing' is no fact"),
        (["explain", "context.mean_per_second", "--set", "traffic.x=1"], "traffic.x is no assumption"),
        (["explain", "context.mean_per_second", "--as-of", "2020-01-01"], "must lie between"),
    ],
)
def test_bad_input_is_one_line_on_stderr(
    arguments: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(arguments) == 2
    shown = capsys.readouterr()
    assert said in shown.err
    assert shown.err.count("\n") == 1
    assert not shown.out


def test_the_simulated_record_is_what_its_seeds_write(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["generate", "--check"]) == 0
    assert capsys.readouterr().err == ""


def test_a_change_without_a_value_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["explain", "context.mean_per_second", "--set", "traffic.events_per_day"])
    assert "must be PATH=VALUE" in capsys.readouterr().err
