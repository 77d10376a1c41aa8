"""Reading a notice: blocks or sheets → tasks, each with how sure it is and where it stands."""

from toolkit.notice.reader import read_notice

__all__ = ["read_notice"]
