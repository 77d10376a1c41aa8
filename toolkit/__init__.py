"""fengong (分工): from a notice to one summary workbook, offline, on the clerk's own PC."""

__version__ = "0.1.0"
