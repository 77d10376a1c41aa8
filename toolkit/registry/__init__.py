"""What every surface is generated from: the commands, the buttons and the worksheet functions.

The command line, the spreadsheet buttons, the menus and the tables of the manual are made from these three lists, so
adding one of them is adding one entry.
"""
