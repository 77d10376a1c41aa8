"""The top of the window: which folder is open, which round is looked at, and below it what to do next."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QComboBox, QFrame, QHBoxLayout, QLabel, QMenu, QPushButton

from toolkit.desk import Desk
from toolkit.desktop.journey import Next
from toolkit.desktop.widgets import button, label, row


class Head(QFrame):
    """The folder that is open, and its rounds."""

    def __init__(self, explore: Callable[[], object]) -> None:
        super().__init__()
        self.setObjectName("top")
        self.where = label(strong=True)
        self.path = label(faint=True)
        self.round = QComboBox()
        self.round.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.round.setToolTip("看哪一期")
        self.change = QPushButton("换文件夹(&F)")
        self.recent = QMenu(self)
        self.change.setMenu(self.recent)
        self.explore = button("打开文件夹", explore)
        line = row(self.where, self.path, None, label("填报期"), self.round, self.change, self.explore)
        line.setContentsMargins(12, 6, 12, 6)
        self.setLayout(line)

    def show_folder(self, desk: Desk) -> None:
        """Name the folder."""
        self.where.setText(desk.folder.name)
        self.path.setText(str(desk.folder.parent))
        self.path.setToolTip(str(desk.folder))

    def show_rounds(self, names: Sequence[str], chosen: str) -> None:
        """Offer rounds, the one that is open among them."""
        offered = list(names) if not chosen or chosen in names else [chosen, *names]
        if offered != [self.round.itemText(place) for place in range(self.round.count())]:
            self.round.clear()
            self.round.addItems(offered)
        self.round.setCurrentIndex(self.round.findText(chosen))
        self.round.setEnabled(bool(offered))


class Ahead(QFrame):
    """What to do next, and the way there."""

    def __init__(self, go: Callable[[], object]) -> None:
        super().__init__()
        self.setObjectName("next")
        self.sentence = QLabel()
        self.sentence.setWordWrap(True)
        self.go = button("去这一步(&G)", go)
        policy = self.go.sizePolicy()
        policy.setRetainSizeWhenHidden(True)
        self.go.setSizePolicy(policy)
        inner = QHBoxLayout(self)
        inner.setContentsMargins(10, 5, 6, 5)
        inner.addWidget(self.sentence, 1)
        inner.addWidget(self.go)

    def tell(self, ahead: Next, *, here: bool) -> None:
        """Say it; ``here`` is the page that is open."""
        self.sentence.setText(f"<b>下一步：</b>{ahead.sentence}")
        self.go.setVisible(not here)
