"""Findings: what is met in returned files."""
