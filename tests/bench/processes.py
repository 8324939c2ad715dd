# SPDX-License-Identifier: GPL-3.0-or-later
"""What the kernel says of a process: processor time and memory. Only of processes that were started here."""
import os
import re
import subprocess
import time
from pathlib import Path


def processor_ns(pid):
    """On a processor so far, all threads, in nanoseconds (schedstat)."""
    return sum(int(path.read_text().split()[0]) for path in Path(f"/proc/{pid}/task").glob("*/schedstat"))


def pss_mib(pid):
    rollup = Path(f"/proc/{pid}/smaps_rollup").read_text()
    return int(re.search(r"^Pss:\s+(\d+) kB", rollup, re.MULTILINE).group(1)) / 1024


def processor_time_us(command, environment=None, until=None):
    """Of a whole run, from exec to exit, or until it prints a line with `until`."""
    process = subprocess.Popen(list(map(str, command)), env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    output = ""
    if until:
        for line in process.stdout:
            if until in line:
                process.kill()
                break
    else:
        output = process.stdout.read()
    errors = process.stderr.read()
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    process.stdout.close()
    process.stderr.close()
    if not until and process.returncode != 0:
        raise RuntimeError(f"{command[0]} ended with {process.returncode}: {output}{errors}")
    return (usage.ru_utime + usage.ru_stime) * 1e6


def largest_pss_mib(command, environment=None):
    """Looked at every ten milliseconds while it runs."""
    process = subprocess.Popen(list(map(str, command)), env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    largest = 0.0
    while process.poll() is None:
        try:
            largest = max(largest, pss_mib(process.pid))
        except (OSError, AttributeError):
            pass  # it is just ending
        time.sleep(0.01)
    if process.returncode != 0:
        raise RuntimeError(f"{command[0]} ended with {process.returncode}")
    return largest
