"""Findings: what the rules find in entries."""
