"""Frames as Parquet files, compared by their values."""

from pathlib import Path

import pandas as pd


def holds(file: Path, frame: pd.DataFrame) -> bool:
    """Whether a file holds the frame: by its values, since each version of a writer has its own bytes."""
    try:
        pd.testing.assert_frame_equal(pd.read_parquet(file), frame, rtol=1e-9, atol=1e-9)
    except (OSError, ValueError, AssertionError):
        return False
    return True


def write(file: Path, frame: pd.DataFrame) -> None:
    """Write the frame, and the folder where there is none yet."""
    file.parent.mkdir(parents=True, exist_ok=True)
    frame.to_parquet(file, index=False, compression="zstd", compression_level=19)
