"""Feedback documents (反馈) as .docx."""

from toolkit.bulletins.mailing import ARCHIVE, SHEET, prepare
from toolkit.bulletins.returns import KIND as RETURN
from toolkit.bulletins.writing import FOR_ALL, KINDS, SURVEY_KINDS, Bulletin, write

__all__ = ["ARCHIVE", "FOR_ALL", "KINDS", "RETURN", "SHEET", "SURVEY_KINDS", "Bulletin", "prepare", "write"]
