"""Laws that need arrays or random numbers: NumPy and SciPy."""
