# The release build on a Windows PC: the same recipe as everywhere.  Not yet run on a real Windows PC (docs/release.md).
# Wants CPython 3.11 (64-bit) from python.org as "py -3.11", and NSIS 3 with the amd64-unicode target on PATH.
# usage, in the project's folder:  powershell -ExecutionPolicy Bypass -File dist\build.ps1
$ErrorActionPreference = "Stop"
$env:PYTHONUTF8 = "1"
Set-Location (Split-Path $PSScriptRoot)

function Invoke-Checked { & $args[0] @($args[1..($args.Length - 1)]); if ($LASTEXITCODE) { throw "$($args -join ' ') ended with $LASTEXITCODE" } }

$venv = "dist\out\venv"
Invoke-Checked py -3.11 -m venv --clear $venv
$python = "$venv\Scripts\python.exe"
# Without pandas and numpy: the program does not use them, and PyInstaller might take their copies of shared DLLs.
$pins = Get-Content requirements.txt | Where-Object { $_ -notmatch "^(pandas|numpy|python-dateutil|tzdata)==" }
Set-Content dist\out\pins.txt $pins
Invoke-Checked $python -m pip install --quiet -r dist\out\pins.txt -r dist\requirements.txt

Invoke-Checked $python dist\build.py
$version = & $python -c "import toolkit; print(toolkit.__version__)"
$out = Resolve-Path dist\out
Invoke-Checked makensis -V2 -INPUTCHARSET UTF8 "-DVERSION=$version" "-DFOLDER=$out\windows\fengong" `
    "-DPARTS=$out\parts" "-DOUT=$out\windows\fengong-$version-setup.exe" dist\windows\fengong.nsi
Write-Host "dist\out\windows\fengong-$version-setup.exe"
