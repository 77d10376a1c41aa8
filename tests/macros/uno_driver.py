"""Runs under the system's Python (UNO lives there): drive a running LibreOffice, one JSON command a line.

Commands: load URL-path with options, open a workbook, invoke a macro, list components, select cells, close.
"""

import json
import sys
import time

import uno
from com.sun.star.beans import PropertyValue
from com.sun.star.connection import NoConnectException


def prop(name, value):
    item = PropertyValue()
    item.Name, item.Value = name, value
    return item


def connect(pipe):
    local = uno.getComponentContext()
    resolver = local.ServiceManager.createInstanceWithContext("com.sun.star.bridge.UnoUrlResolver", local)
    for _ in range(240):
        try:
            return resolver.resolve(f"uno:pipe,name={pipe};urp;StarOffice.ComponentContext")
        except NoConnectException:
            time.sleep(0.25)
    raise SystemExit("LibreOffice did not start")


def find_label(context, label, depth):
    """Search the accessible tree for a control that shows this label."""
    if context is None or depth > 12:
        return None
    if context.getAccessibleName() == label and hasattr(context, "getLocationOnScreen"):
        spot, size = context.getLocationOnScreen(), context.getSize()
        if size.Width > 8 and size.Height > 8 and spot.X >= 0 and spot.Y >= 0:
            return [spot.X + size.Width // 2, spot.Y + size.Height // 2]
    for index in range(min(context.getAccessibleChildCount(), 200)):
        child = context.getAccessibleChild(index)
        place = find_label(child.getAccessibleContext(), label, depth + 1) if child is not None else None
        if place is not None:
            return place
    return None


class Driver:
    def __init__(self, pipe):
        self.context = connect(pipe)
        self.desktop = self.context.ServiceManager.createInstanceWithContext("com.sun.star.frame.Desktop", self.context)
        self.documents = {}

    def load(self, name, path, filter_name=None, hidden=False):
        options = [prop("MacroExecutionMode", 4), prop("Hidden", hidden)]
        if filter_name:
            options.append(prop("FilterName", filter_name))
        url = uno.systemPathToFileUrl(path)
        self.documents[name] = self.desktop.loadComponentFromURL(url, "_blank", 0, tuple(options))
        return self.documents[name] is not None

    def activate(self, name):
        self.documents[name].getCurrentController().getFrame().activate()
        return True

    def select(self, name, cells, sheet=None):
        """Select cells, of the active sheet unless another is named, which becomes the active one."""
        document = self.documents[name]
        if sheet is not None:
            document.getCurrentController().setActiveSheet(document.getSheets().getByName(sheet))
        sheet = document.getCurrentController().getActiveSheet()
        document.getCurrentController().select(sheet.getCellRangeByName(cells))
        return True

    def invoke(self, name, macro, arguments=()):
        script = (
            self.documents[name]
            .getScriptProvider()
            .getScript(f"vnd.sun.star.script:VBAProject.{macro}?language=Basic&location=document")
        )
        return script.invoke(tuple(arguments), (), ())[0]

    def formula(self, name, cell, text):
        """Set a formula and give what the cell shows and the formula LibreOffice kept."""
        target = self.documents[name].getSheets().getByIndex(0).getCellRangeByName(cell)
        target.setFormula(text)
        return [target.getString(), target.getFormula()]

    def array(self, name, cells, text):
        """Set an array formula and give the values of its cells."""
        target = self.documents[name].getSheets().getByIndex(0).getCellRangeByName(cells)
        target.setArrayFormula(text)
        return target.getDataArray()

    def locate(self, name, label):
        """The middle of the visible control with this label on the screen, ``None`` when there is none."""
        frame = self.documents[name].getCurrentController().getFrame()
        for window in (frame.getContainerWindow(), frame.getComponentWindow()):
            place = find_label(window.getAccessibleContext(), label, 0)
            if place is not None:
                return place
        return None

    def new(self, name):
        """An empty workbook."""
        self.documents[name] = self.desktop.loadComponentFromURL("private:factory/scalc", "_blank", 0, ())
        return True

    def press(self, button):
        """What a click on a menu entry of the extension does."""
        factory = self.context.ServiceManager
        job = factory.createInstanceWithContext("cn.fengong.Button", self.context)
        job.trigger(button)
        return True

    def components(self):
        found = []
        walk = self.desktop.getComponents().createEnumeration()
        while walk.hasMoreElements():
            component = walk.nextElement()
            kind = component.getImplementationName()
            found.append({"kind": kind, "url": component.getURL() if hasattr(component, "getURL") else ""})
        return found

    def close(self, name):
        self.documents.pop(name).close(True)
        return True

    def quit(self):
        self.desktop.terminate()
        return True


def main():
    driver = Driver(sys.argv[1])
    print(json.dumps("ready"), flush=True)
    for line in sys.stdin:
        command, arguments = json.loads(line)
        try:
            answer = {"ok": getattr(driver, command)(**arguments)}
        except Exception as problem:
            answer = {"error": f"{type(problem).__name__}: {problem}"}
        print(json.dumps(answer, default=str), flush=True)
        if command == "quit":
            return


main()
