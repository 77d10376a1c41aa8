"""Spreadsheet buttons: sources of the add-ins and the scripts that build them."""
