"""Findings: what is wrong with the way a command was called."""
