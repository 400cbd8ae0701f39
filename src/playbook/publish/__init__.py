"""Bring the notebooks up to date and build the book."""
