; The installer: for one user, without an administrator.  Made by cross.py or build.ps1, which define
; VERSION, FOLDER (the program's folder), PARTS (with the icon) and OUT (the installer).
Unicode true
Target amd64-unicode ; the program is 64-bit, so the installer need not run where the program cannot
SetCompressor /SOLID lzma
RequestExecutionLevel user
!include MUI2.nsh

!define NAME "分工"
!define MENU "$SMPROGRAMS\${NAME}"
!define UNINSTALL "Software\Microsoft\Windows\CurrentVersion\Uninstall\fengong"

Name "${NAME} ${VERSION}"
OutFile "${OUT}"
; Where the spreadsheet buttons look for the program.
InstallDir "$LOCALAPPDATA\Programs\fengong"
BrandingText "${NAME} ${VERSION}"
VIProductVersion "${VERSION}.0"
VIAddVersionKey /LANG=2052 "ProductName" "${NAME}"
VIAddVersionKey /LANG=2052 "FileDescription" "${NAME} 安装程序"
VIAddVersionKey /LANG=2052 "FileVersion" "${VERSION}"
VIAddVersionKey /LANG=2052 "LegalCopyright" "MIT"

!define MUI_ICON "${PARTS}/icons/fengong.ico"
!define MUI_UNICON "${PARTS}/icons/fengong.ico"
!define MUI_FINISHPAGE_RUN "$INSTDIR\fengong-desktop.exe"
!define MUI_FINISHPAGE_RUN_TEXT "打开${NAME}"
!insertmacro MUI_PAGE_DIRECTORY
!insertmacro MUI_PAGE_INSTFILES
!insertmacro MUI_PAGE_FINISH
!insertmacro MUI_UNPAGE_CONFIRM
!insertmacro MUI_UNPAGE_INSTFILES
!insertmacro MUI_LANGUAGE "SimpChinese"

; What was installed, and nothing that the clerk may have put beside it.
!macro RemoveProgram
  Delete "$INSTDIR\fengong.exe"
  Delete "$INSTDIR\fengong-desktop.exe"
  Delete "$INSTDIR\LICENSE.txt"
  RMDir /r "$INSTDIR\_internal"
!macroend

Section
  !insertmacro RemoveProgram
  ; A program that runs cannot be removed; half of an old one with half of a new one would be worse than none.
  IfFileExists "$INSTDIR\fengong-desktop.exe" running
  IfFileExists "$INSTDIR\fengong.exe" running
  Goto free
  running:
    MessageBox MB_OK|MB_ICONEXCLAMATION "${NAME}正在运行，请关闭它的窗口，再重新安装。" /SD IDOK
    SetErrorLevel 2
    Abort
  free:

  SetOutPath "$INSTDIR"
  File /r "${FOLDER}/*"
  WriteUninstaller "$INSTDIR\uninstall.exe"
  CreateDirectory "${MENU}"
  CreateShortcut "${MENU}\${NAME}.lnk" "$INSTDIR\fengong-desktop.exe"
  CreateShortcut "${MENU}\卸载${NAME}.lnk" "$INSTDIR\uninstall.exe"

  WriteRegStr HKCU "${UNINSTALL}" "DisplayName" "${NAME}"
  WriteRegStr HKCU "${UNINSTALL}" "DisplayVersion" "${VERSION}"
  WriteRegStr HKCU "${UNINSTALL}" "DisplayIcon" "$INSTDIR\fengong-desktop.exe"
  WriteRegStr HKCU "${UNINSTALL}" "Publisher" "fengong"
  WriteRegStr HKCU "${UNINSTALL}" "InstallLocation" "$INSTDIR"
  WriteRegStr HKCU "${UNINSTALL}" "UninstallString" '"$INSTDIR\uninstall.exe"'
  WriteRegStr HKCU "${UNINSTALL}" "QuietUninstallString" '"$INSTDIR\uninstall.exe" /S'
  WriteRegDWORD HKCU "${UNINSTALL}" "NoModify" 1
  WriteRegDWORD HKCU "${UNINSTALL}" "NoRepair" 1

  ; The buttons of Excel and WPS.  Whatever hinders it, the program itself is installed.
  nsExec::ExecToLog '"$INSTDIR\fengong.exe" addin install'
SectionEnd

Section "Uninstall"
  nsExec::ExecToLog '"$INSTDIR\fengong.exe" addin uninstall'
  !insertmacro RemoveProgram
  Delete "$INSTDIR\uninstall.exe"
  RMDir "$INSTDIR"
  Delete "${MENU}\${NAME}.lnk"
  Delete "${MENU}\卸载${NAME}.lnk"
  RMDir "${MENU}"
  DeleteRegKey HKCU "${UNINSTALL}"
SectionEnd
