"""The damages, one module a stage of a form's way back; importing this fills the registry."""

from clerk.damages import answers, book, columns, formats, package, sending, table, values
from clerk.parcel import DAMAGES, Damage

__all__ = ["DAMAGES", "Damage", "answers", "book", "columns", "formats", "package", "sending", "table", "values"]
