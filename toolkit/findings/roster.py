"""Findings: what is met in units, groups and their register."""
