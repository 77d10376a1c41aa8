"""What is asked before a job starts, and what is shown of its result in a window of its own."""
