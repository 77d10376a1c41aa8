"""Timings, as ratios to a floor and to peers."""

TASKS = 40
"""Of a form."""
