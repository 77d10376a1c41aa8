"""The bundled example: a notice of a city that does not exist, its register, and clerks who pretend to fill forms."""
