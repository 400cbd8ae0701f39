"""A replay at constant rates against what can be worked out by hand."""

import numpy as np
import pytest

from playbook.generate.telemetry.replay import Replayed, Stopped, replayed

# One arrival a second, ten read a second, steps of a minute. Set back at minute 400 by 386 minutes, as in
# incident 3, with keys that live six hours: 26 minutes lie beyond them.
RATE, READ, AT, BACK, WINDOW = 60.0, 600.0, 400, 386, 360


def reader(*, stopped: Stopped | None = None, window: float = WINDOW) -> Replayed:
    return replayed(
        np.full(600, RATE),
        per_step=READ,
        step_seconds=60.0,
        stopped=stopped,
        back_to=AT - BACK,
        at=AT,
        window_seconds=60.0 * window,
    )


def test_the_tip_is_reached_when_what_is_read_again_and_what_came_meanwhile_are_done() -> None:
    # 386 x 60 / (600 - 60) = 42.9 minutes.
    read = reader()
    assert np.flatnonzero(read.waiting[AT:])[-1] + 1 == pytest.approx(42.9, abs=1)
    assert read.within_fraction[:AT].tolist() == [1.0] * AT
    assert not read.within_fraction[AT : AT + 42].any()
    assert read.within_fraction[AT + 44 :].all()


def test_duplicates_end_where_reading_overtakes_the_window() -> None:
    # The reader gains nine minutes a minute on the window's edge, 26 minutes ahead: 26 / (1 - 1/10) = 28.9.
    assert reader().duplicated.sum() == pytest.approx(60 * 26 / 0.9, abs=60)
    assert np.flatnonzero(reader().duplicated)[0] == AT


def test_what_was_never_read_before_is_handed_on_once() -> None:
    # Stopped 374 minutes before the replay and never resumed: only the twelve minutes before that go twice.
    read = reader(stopped=Stopped(AT - 374, AT - 1))
    assert read.duplicated.sum() == pytest.approx(60 * 12)
    assert read.handed.sum() == pytest.approx(600 * RATE)
    assert not read.handed[AT - 374 : AT - 1].any()


def test_a_stopped_reader_falls_behind_by_a_minute_a_minute_and_then_by_the_whole_replay() -> None:
    read = reader(stopped=Stopped(200, AT - 5))
    assert read.behind_seconds[200 : AT - 5] == pytest.approx(60.0 * np.arange(1, AT - 5 - 200 + 1))
    # A minute into the replay ten minutes of records are read, and one more has come.
    assert read.behind_seconds[AT] == pytest.approx(60 * (BACK - 10 + 1))


def test_a_wider_window_duplicates_nothing() -> None:
    assert not reader(window=BACK + 1).duplicated.any()
