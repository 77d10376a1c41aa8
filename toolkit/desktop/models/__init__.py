"""Table models: rows and cells for the views, without a widget a cell."""
