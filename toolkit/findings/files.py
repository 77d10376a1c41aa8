"""Findings: what is met while opening files."""
