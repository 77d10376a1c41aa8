Attribute VB_Name = "FengongCore"
Option Explicit
' What happens behind a button: hand a snapshot of the workbook to the fengong program, wait, show what it says.
' The protocol (job folder, status.txt, open.txt, progress.txt) is described in toolkit/buttons.py.
' The clerk's own file is never written.

Private Const PATIENCE As Long = 1800

Public Sub FgPress(ByVal buttonId As String)
    Dim asks As String, arguments As String, program As String, job As String, answer As String
    On Error GoTo Failed
    asks = FgAsks(buttonId)
    program = FgProgram()
    If program = "" Then
        FgSay "没有找到分工程序。找过这些地方：" & vbLf & FgPlaces() & "请先安装分工程序，或告诉维护人员程序放在哪里。", True
        Exit Sub
    End If
    job = FgNewFolder()
    If InStr(asks, "book") > 0 Then
        answer = FgBook(job, InStr(asks, "selection") > 0)
        If answer = "" Then Exit Sub
        arguments = arguments & answer
    End If
    If InStr(asks, "notice") > 0 Then
        answer = FgPickNotice()
        If answer = "" Then Exit Sub
        arguments = arguments & " --pick " & FgQuote(answer)
    End If
    If InStr(asks, "returns") > 0 Then
        answer = FgPickReturns()
        If answer = "" Then Exit Sub
        arguments = arguments & " --pick " & FgQuote(answer)
    End If
    If InStr(asks, "form") > 0 Then
        answer = FgPickForm()
        If answer = "" Then Exit Sub
        arguments = arguments & " --pick " & FgQuote(answer)
    End If
    FgStart FgQuote(program) & " button " & buttonId & " --job " & FgQuote(job) & arguments
    FgFinish job, FgWait(job, FgLabel(buttonId))
    Exit Sub
Failed:
    Application.StatusBar = False
    FgSay "没有做成：" & Err.Description & vbLf & "您的文件没有改动，请重试；再不行请把这句话告诉维护人员。", True
End Sub

Private Sub FgFinish(ByVal job As String, ByVal status As String)
    Dim cut As Long, first As String, message As String
    Application.StatusBar = False
    If status = "" Then
        FgSay "程序很久没有动静。您的文件没有改动，请重试；再不行请打开分工程序处理。", True
        Exit Sub
    End If
    cut = InStr(status, vbLf)
    If cut = 0 Then
        first = status
    Else
        first = Left(status, cut - 1)
        message = Mid(status, cut + 1)
    End If
    If first = "OK" Then FgOpenResults job
    FgSay message, (first <> "OK")
End Sub

Private Sub FgSay(ByVal message As String, ByVal failed As Boolean)
    If failed Then
        MsgBox message, 48, "分工"
    Else
        MsgBox message, 64, "分工"
    End If
End Sub

' --- where things are ---------------------------------------------------------------------

Private Function FgOnWindows() As Boolean
    FgOnWindows = (Environ("WINDIR") <> "")
End Function

Private Function FgPlaces() As String
    Dim here As String, list As String
    here = ThisWorkbook.Path & Application.PathSeparator
    If Environ("FENGONG") <> "" Then list = Environ("FENGONG") & vbLf
    If FgOnWindows() Then
        list = list & here & "fengong.exe" & vbLf & here & "program\fengong.exe" & vbLf
        list = list & Environ("LOCALAPPDATA") & "\Programs\fengong\fengong.exe" & vbLf
    Else
        list = list & here & "fengong" & vbLf & Environ("HOME") & "/.local/share/fengong/fengong" & vbLf
        list = list & "/opt/fengong/fengong" & vbLf
    End If
    FgPlaces = list
End Function

Private Function FgProgram() As String
    Dim places() As String, i As Long
    places = Split(FgPlaces(), vbLf)
    For i = LBound(places) To UBound(places)
        If places(i) <> "" Then
            If FgThere(places(i)) Then
                FgProgram = places(i)
                Exit Function
            End If
        End If
    Next i
End Function

Private Function FgThere(ByVal path As String) As Boolean
    On Error Resume Next
    FgThere = (Dir(path) <> "")
End Function

Private Function FgNewFolder() As String
    Dim root As String, candidate As String, i As Long
    root = Environ("TEMP")
    If root = "" Then root = Environ("TMPDIR")
    If root = "" Then root = "/tmp"
    For i = 1 To 1000
        candidate = root & Application.PathSeparator & "fengong-" & CStr(CLng(Timer * 100)) & "-" & CStr(i)
        If Dir(candidate, 16) = "" Then
            MkDir candidate
            FgNewFolder = candidate
            Exit Function
        End If
    Next i
End Function

' --- what a button asks for -------------------------------------------------------------------

Private Function FgBook(ByVal job As String, ByVal selected As Boolean) As String
    Dim snapshot As String, text As String, book As Object, extension As String
    If FgAsksForFile() Then
        text = FgPickBook()
        If text <> "" Then FgBook = " --snapshot " & FgQuote(text) & " --original " & FgQuote(text)
        Exit Function
    End If
    Set book = ActiveWorkbook
    If book Is Nothing Then
        FgSay "没有打开的工作簿。请先打开要处理的表，再按这个按钮。", True
        Exit Function
    End If
    extension = ".xlsx"
    If InStrRev(book.Name, ".") > 0 Then extension = Mid(book.Name, InStrRev(book.Name, "."))
    snapshot = job & Application.PathSeparator & "snapshot" & extension
    book.SaveCopyAs snapshot
    text = " --snapshot " & FgQuote(snapshot)
    If book.Path <> "" Then text = text & " --original " & FgQuote(book.Path & Application.PathSeparator & book.Name)
    text = text & " --sheet " & FgQuote(ActiveSheet.Name)
    If selected Then text = text & " --cells " & FgQuote(Selection.Address)
    FgBook = text
End Function

Private Function FgPickBook() As String
    If Environ("FENGONG_BOOK") <> "" Then
        FgPickBook = Environ("FENGONG_BOOK")
        Exit Function
    End If
    FgPickBook = FgChosen(Application.GetOpenFilename("工作簿 (*.xlsx;*.xls;*.et),*.xlsx;*.xls;*.et", 1, "选择要处理的表"))
End Function

Private Function FgPickNotice() As String
    If Environ("FENGONG_PICK") <> "" Then
        FgPickNotice = Environ("FENGONG_PICK")
        Exit Function
    End If
    FgPickNotice = FgChosen(Application.GetOpenFilename("通知 (*.docx;*.doc;*.wps;*.pdf;*.xlsx;*.html;*.txt),*.docx;*.doc;*.wps;*.pdf;*.xlsx;*.html;*.txt", 1, "选择通知"))
End Function

Private Function FgPickForm() As String
    If Environ("FENGONG_PICK") <> "" Then
        FgPickForm = Environ("FENGONG_PICK")
        Exit Function
    End If
    FgPickForm = FgChosen(Application.GetOpenFilename("填报表 (*.xlsx),*.xlsx", 1, "选择上级发给本单位的填报表"))
End Function

Private Function FgPickReturns() As String
    Dim dialog As Object
    If Environ("FENGONG_PICK") <> "" Then
        FgPickReturns = Environ("FENGONG_PICK")
        Exit Function
    End If
    If MsgBox("回收表放在文件夹里吗？" & vbLf & "是：选文件夹　否：选压缩包", 36, "分工") = 6 Then
        Set dialog = Application.FileDialog(4)
        dialog.Title = "选择放回收表的文件夹"
        If dialog.Show = -1 Then FgPickReturns = dialog.SelectedItems(1)
    Else
        FgPickReturns = FgChosen(Application.GetOpenFilename("压缩包 (*.zip;*.7z),*.zip;*.7z", 1, "选择放回收表的压缩包"))
    End If
End Function

Private Function FgChosen(ByVal answer As Variant) As String
    If VarType(answer) = 8 Then FgChosen = answer
End Function

' --- running the program --------------------------------------------------------------------------

Private Function FgQuote(ByVal text As String) As String
    Do While Right(text, 1) = "\"
        text = Left(text, Len(text) - 1)
    Loop
    FgQuote = Chr(34) & text & Chr(34)
End Function

Private Sub FgStart(ByVal command As String)
    Dim runner As Object
    On Error Resume Next
    If FgOnWindows() Then Set runner = CreateObject("WScript.Shell")
    On Error GoTo 0
    If runner Is Nothing Then
        Shell command, 0
    Else
        runner.Run command, 0, False
    End If
End Sub

Private Function FgWait(ByVal job As String, ByVal label As String) As String
    Dim status As String, progress As String, last As String, waited As Long
    status = job & Application.PathSeparator & "status.txt"
    Application.StatusBar = label & "……"
    Do While Not FgThere(status)
        FgPause
        waited = waited + 1
        progress = FgReadText(job & Application.PathSeparator & "progress.txt")
        If progress <> "" And progress <> last Then
            last = progress
            waited = 0
            Application.StatusBar = label & "：" & FgAfterBlank(progress) & " " & FgBeforeBlank(progress) & "%"
        End If
        If waited > PATIENCE Then Exit Function
    Loop
    FgWait = FgReadText(status)
End Function

Private Sub FgPause()
    On Error Resume Next
    DoEvents
    Application.Wait Now + TimeSerial(0, 0, 1)
    DoEvents
End Sub

Private Function FgBeforeBlank(ByVal text As String) As String
    If InStr(text, " ") > 0 Then FgBeforeBlank = Left(text, InStr(text, " ") - 1)
End Function

Private Function FgAfterBlank(ByVal text As String) As String
    If InStr(text, " ") > 0 Then FgAfterBlank = Mid(text, InStr(text, " ") + 1)
End Function

Private Sub FgOpenResults(ByVal job As String)
    Dim lines() As String, i As Long
    lines = Split(FgReadText(job & Application.PathSeparator & "open.txt"), vbLf)
    For i = LBound(lines) To UBound(lines)
        If lines(i) <> "" Then FgOpenOne lines(i)
    Next i
End Sub

Private Sub FgOpenOne(ByVal path As String)
    On Error Resume Next
    If LCase(Right(path, 5)) = ".xlsx" Or LCase(Right(path, 4)) = ".xls" Then
        Workbooks.Open path
    Else
        ThisWorkbook.FollowHyperlink path
    End If
End Sub

' --- reading UTF-8 ------------------------------------------------------------------------------------

Private Function FgReadText(ByVal path As String) As String
    Dim bytes() As Byte, handle As Integer, size As Long
    If Not FgThere(path) Then Exit Function
    On Error GoTo Unreadable
    handle = FreeFile
    Open path For Binary Access Read As #handle
    size = LOF(handle)
    If size > 0 Then
        ReDim bytes(0 To size - 1)
        Get #handle, 1, bytes
        FgReadText = FgDecode(bytes, size)
    End If
    Close #handle
    Exit Function
Unreadable:
    Close #handle
End Function

Private Function FgDecode(ByRef bytes() As Byte, ByVal size As Long) As String
    Dim i As Long, code As Long, text As String
    Do While i < size
        If bytes(i) < 128 Then
            code = bytes(i)
            i = i + 1
        ElseIf bytes(i) < 224 And i + 1 < size Then
            code = (bytes(i) And 31) * 64 + (bytes(i + 1) And 63)
            i = i + 2
        ElseIf bytes(i) < 240 And i + 2 < size Then
            code = (bytes(i) And 15) * 4096& + (bytes(i + 1) And 63) * 64& + (bytes(i + 2) And 63)
            i = i + 3
        ElseIf i + 3 < size Then
            code = (bytes(i) And 7) * 262144 + (bytes(i + 1) And 63) * 4096& + (bytes(i + 2) And 63) * 64& + (bytes(i + 3) And 63)
            i = i + 4
        Else
            Exit Do
        End If
        If code < 32768 Then
            text = text & ChrW(code)
        ElseIf code < 65536 Then
            text = text & ChrW(code - 65536)
        Else
            code = code - 65536
            text = text & ChrW(55296 + code \ 1024 - 65536) & ChrW(56320 + (code And 1023) - 65536)
        End If
    Loop
    FgDecode = text
End Function
