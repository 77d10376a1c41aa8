"""反馈: the documents for the units, looked at before they go out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex
from PySide6.QtWidgets import QCheckBox, QComboBox, QSplitter, QVBoxLayout, QWidget

from toolkit import containers
from toolkit.bulletins import ARCHIVE, FOR_ALL, SURVEY_KINDS
from toolkit.containers.content import Content
from toolkit.desktop import returned
from toolkit.desktop.models import columns
from toolkit.desktop.models.table import TableModel
from toolkit.desktop.pages.base import StepPage
from toolkit.desktop.paper import Paper
from toolkit.desktop.returned import Document
from toolkit.desktop.table_view import Table
from toolkit.desktop.widgets import button, column, label, row
from toolkit.desktop.work import Job, Runner
from toolkit.desktop.workspace import Workspace

if TYPE_CHECKING:
    from toolkit.notify import NotifyResult

KINDS = {
    "提示单": "写明一个单位各项任务的进展和要注意的地方",
    "催报单": "给没有报送的单位",
    "退回单": "给要改了重报的单位，写明哪一格、怎么改",
    "通报": "给各单位的总的通报",
}
_ALL = "全部文书"


class NotifyPage(StepPage):
    """Make the documents, read them, send them."""

    def __init__(self, space: Workspace, runner: Runner) -> None:
        super().__init__(space, runner)
        self.kinds = {kind: QCheckBox(kind) for kind in KINDS}
        for kind, box in self.kinds.items():
            box.setChecked(True)
            box.setToolTip(KINDS[kind])
        self.make = button("生成文书(&B)", self.notify, main=True, tip="四种都选时，另按单位打包并写好邮件合并用表")
        self.folder = button("打开文书文件夹(&O)", self._open_folder)
        self.packed = button("打开压缩包文件夹(&Z)", self._open_archives, tip="一个单位一个压缩包，可直接发送")
        self.model: TableModel[Document] = TableModel(columns.DOCUMENTS)
        self.view = Table(self.model, [c.width for c in columns.DOCUMENTS])
        self.shown = QComboBox()
        self.shown.addItems([_ALL, *KINDS])
        self.shown.currentTextChanged.connect(lambda _text: self.refresh())
        self.paper = Paper("选左边一份文书，这里显示它的内容。")
        self.look = button("打开这份文书(&E)", self._open, tip="用 Word/WPS 打开")
        self._count = label(faint=True)
        self._title = label(strong=True)
        left, right = QWidget(), QWidget()
        left.setLayout(column(row(self.shown, self._count, None), self.view))
        right.setLayout(column(row(self._title, None, self.look), self.paper))
        split = QSplitter()
        split.addWidget(left)
        split.addWidget(right)
        split.setSizes([480, 560])
        split.setChildrenCollapsible(False)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addLayout(row(*self.kinds.values(), self.make, None, self.folder, self.packed))
        layout.addWidget(split, 1)
        space.round_changed.connect(self.refresh)
        space.plan_changed.connect(self._show_kinds)
        self.view.selectionModel().currentRowChanged.connect(self._preview)
        self.view.doubleClicked.connect(lambda _index: self._open())

    def notify(self) -> None:
        """Write the documents of the chosen kinds, all with archives when none is left out."""
        offered = {kind: box for kind, box in self.kinds.items() if box.isEnabled()}
        chosen = [kind for kind, box in offered.items() if box.isChecked()]
        if not chosen:
            self.tell(["请至少选一种文书。"])
            return
        kinds = () if len(chosen) == len(offered) else tuple(chosen)
        self.start("反馈", lambda: self.space.notify_work(kinds), self._notified)

    def _show_kinds(self) -> None:
        """A survey has not every kind."""
        for kind, box in self.kinds.items():
            box.setEnabled(not self.space.collects_survey or kind in SURVEY_KINDS)

    def _notified(self, result: NotifyResult) -> None:
        self.tell(result.sentences())
        self.refresh()
        self.changed.emit()

    def refresh(self) -> None:
        """The documents that are there."""
        desk, name = self.space.desk, self.space.round
        folder = desk.feedback(name) if desk and name else None
        documents = returned.documents(folder) if folder else []
        wanted = self.shown.currentText()
        shown = [document for document in documents if wanted in (_ALL, document.kind)]
        if shown != self.model.rows:
            self.model.show(shown)
            self.paper.show_content(None)
            self._title.setText("")
        self._count.setText(f"{len(shown)} 份")
        self.folder.setEnabled(bool(documents))
        self.packed.setEnabled(bool(folder and returned.archives(folder)))
        self.look.setEnabled(bool(self._title.text()))

    def _preview(self, index: QModelIndex) -> None:
        if not index.isValid():
            return
        document = self.model.rows[index.row()]

        def show(content: Content) -> None:
            if self.view.currentIndex().isValid() and self._current() == document:
                self.paper.show_content(content)
                self._title.setText(f"{document.kind}　{document.unit or FOR_ALL}")
                self.look.setEnabled(True)

        self.runner.run(Job("预览", lambda _: containers.read(document.path, document.path.name), show))

    def _current(self) -> Document:
        return self.model.rows[self.view.currentIndex().row()]

    def _open(self) -> None:
        if self.view.currentIndex().isValid():
            self.open(self._current().path)

    def _open_folder(self) -> None:
        self.open(self.space.here.feedback(self.space.round))

    def _open_archives(self) -> None:
        self.open(self.space.here.feedback(self.space.round) / ARCHIVE)

    def redress(self) -> None:
        """Take the colours and the font in use."""
        self.view.fit()
        self.paper.redress()
