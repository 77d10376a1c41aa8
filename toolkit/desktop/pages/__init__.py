"""The five steps, one page each."""
