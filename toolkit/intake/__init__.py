"""A returned file → entries: finding the table, matching rows, resubmissions."""
