"""Answers that need simulation: computed when the book is built, not in the browser."""
