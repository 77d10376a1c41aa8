"""Reading a notice: blocks → tasks."""
