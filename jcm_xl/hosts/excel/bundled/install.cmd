@echo off
rem Installs jcm_xl {version} for Excel, for this user alone. No administrator, no
rem PowerShell, no internet: it copies files and writes one line of settings.
setlocal
set "HERE=%~dp0"
set "PLACE=%LOCALAPPDATA%\jcm_xl"

if not exist "%HERE%python\python.exe" goto packed
echo Looking at the files ...
"%HERE%python\python.exe" -B "%HERE%verify.py"
if errorlevel 1 goto damaged
echo Copying to %PLACE% ...
if exist "%PLACE%\site" rmdir /s /q "%PLACE%\site"
if exist "%PLACE%\python" rmdir /s /q "%PLACE%\python"
if exist "%PLACE%\site" goto busy
if exist "%PLACE%\python" goto busy
xcopy "%HERE%python" "%PLACE%\python" /e /i /q /y >nul
if errorlevel 1 goto failed
xcopy "%HERE%site" "%PLACE%\site" /e /i /q /y >nul
if errorlevel 1 goto failed
copy /y "%HERE%jcm.xlam" "%PLACE%\jcm.xlam" >nul
if errorlevel 1 goto failed
copy /y "%HERE%MANIFEST.sha256" "%PLACE%\MANIFEST.sha256" >nul
if errorlevel 1 goto failed
"%PLACE%\python\python.exe" -m jcm_xl doctor --write-settings "%PLACE%\jcm.xlam"
echo.
echo Now in Excel: File, Options, Add-ins, Excel Add-ins, Go, Browse, and choose
echo %PLACE%\jcm.xlam
echo The tab JCM then appears. What is missing, if anything, stands above.
pause
exit /b 0

:packed
echo Unpack the whole archive first (right-click it, Extract All), then try again.
pause
exit /b 1
:damaged
echo A file is not as it was sent. Get the archive anew and unpack it whole.
pause
exit /b 1
:busy
echo Close Excel, then try again: its files are in use.
pause
exit /b 1
:failed
echo The files could not be copied to %PLACE%. Is the disk full, or the folder locked?
pause
exit /b 1
