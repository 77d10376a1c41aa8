"""Office Open XML workbooks (.xlsx, .xlsm, WPS's .et in the new format), transitional and strict.

A reader of our own: on ordinary forms it is about as fast as a reader in Rust plus the second look at
the XML that one needs for what it does not tell (error cells, number formats, long digits, hidden rows,
pictures), and it cannot take the process down.  ``benchmarks/reading.py`` holds the figures.
"""

from toolkit.containers.xlsx.book import read_xlsx

__all__ = ["read_xlsx"]
