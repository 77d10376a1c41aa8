"""The workbooks of a survey (收集表): the sheet of fields, the form, and the summary."""
