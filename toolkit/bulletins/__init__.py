"""Feedback documents (反馈) as .docx."""

from toolkit.bulletins.mailing import Mailing, prepare
from toolkit.bulletins.writing import FOR_ALL, KINDS, Bulletin, write

__all__ = ["FOR_ALL", "KINDS", "Bulletin", "Mailing", "prepare", "write"]
