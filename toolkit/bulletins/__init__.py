"""Feedback documents (反馈) as .docx."""
