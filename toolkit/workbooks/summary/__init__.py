"""The sheets of the summary workbook: one module a sheet, each a :class:`~.table.Table` made from a collection."""
