"""Findings: what is met in a plan workbook and while issuing it."""
