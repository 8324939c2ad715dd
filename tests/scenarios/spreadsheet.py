#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""LibreOffice opens the demo workbook, saves it again, and what it saved is the same form to us.

usage: spreadsheet.py BIN_FOLDER SOURCE_FOLDER
"""
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path


def main():
    programs, source = Path(sys.argv[1]), Path(sys.argv[2])
    if not shutil.which("soffice"):
        print("SKIPPED: the workbook in LibreOffice: soffice is not installed (package libreoffice-calc-nogui)")
        return
    workbook = source / "assets/campaigns/las-strategy-2023-28/form.xlsx"
    with tempfile.TemporaryDirectory(prefix="pillarbox-office-") as scratch:
        subprocess.run(["soffice", f"-env:UserInstallation=file://{scratch}/profile", "--headless", "--convert-to", "xlsx",
                        "--outdir", scratch, workbook], check=True, capture_output=True, timeout=240)
        checks = [subprocess.run([programs / "pillarbox", "campaign", "check", file], capture_output=True, text=True, check=False)
                  for file in (workbook, Path(scratch) / "form.xlsx")]
    for check in checks:
        if check.returncode != 0:
            raise SystemExit(check.stdout + check.stderr)
    if checks[0].stdout != checks[1].stdout:
        raise SystemExit(f"before LibreOffice:\n{checks[0].stdout}after:\n{checks[1].stdout}")
    print(checks[1].stdout)


main()
