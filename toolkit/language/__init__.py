"""The grammar of official Chinese: unit clauses, dates, folding of text."""
