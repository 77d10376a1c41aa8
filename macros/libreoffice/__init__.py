"""LibreOffice: an extension with a menu and a toolbar."""
