"""Findings: what is met while writing."""
