"""Findings: what is met while reading a notice."""
