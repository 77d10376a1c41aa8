"""Reading a notice: blocks or sheets → tasks, each with how sure it is and where it stands."""

from toolkit.notice.overlay import Overlay, overlay
from toolkit.notice.reader import read_notice

__all__ = ["Overlay", "overlay", "read_notice"]
