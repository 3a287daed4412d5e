@echo off
rem Looks for a Python that the parts were made for, and lets it do the rest.
chcp 65001 >nul
for /f %%v in ('type "%~dp0parts\pythons.txt"') do (
  py -%%v -I -c "" >nul 2>nul && (
    py -%%v -I -B "%~dp0parts\launch.py" %*
    if errorlevel 1 pause
    exit /b
  )
)
type "%~dp0parts\no-python.txt"
type "%~dp0parts\pythons.txt"
pause
exit /b 2
