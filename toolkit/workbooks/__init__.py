"""Writing and reading back plan, roster, form and summary workbooks."""
