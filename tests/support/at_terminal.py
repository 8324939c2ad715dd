# SPDX-License-Identifier: GPL-3.0-or-later
"""Runs a program at a terminal of its own and types for it, as a person at a desk would: for programs that ask on /dev/tty.

    at_terminal.py LINE... -- PROGRAM ARGUMENT...

Each line is typed when the program has asked (its text ends in a colon and a space). LINE "=words" types the ten words that were
shown. Prints all that was to be seen on the terminal, and ends as the program does; with 99 where a minute was not enough."""
import os
import pty
import re
import select
import sys
import time

ESCAPES = re.compile(rb"\x1b\[[0-9;]*[A-Za-z]|\r")
WORDS = re.compile(rb"\b([a-z]+(?: [a-z]+){9})\b")


def main(arguments):
    split = arguments.index("--")
    lines, command = arguments[:split], arguments[split + 1:]
    child, terminal = pty.fork()
    if child == 0:
        os.execvp(command[0], command)
    seen, answered, end = b"", 0, time.monotonic() + 60
    while time.monotonic() < end:
        if select.select([terminal], [], [], 0.1)[0]:
            try:
                part = os.read(terminal, 4096)
            except OSError:  # Linux says so where the last program at the terminal has ended
                part = b""
            if not part:
                break
            seen += part
        text = ESCAPES.sub(b"", seen)
        if lines and len(text) > answered and text.endswith(b": "):
            answered = len(text)
            line = lines.pop(0).encode()
            if line == b"=words":
                line = [found for found in WORDS.findall(text)][0]
            os.write(terminal, line + b"\n")
    else:
        os.kill(child, 9)
        os.waitpid(child, 0)
        return 99
    sys.stdout.buffer.write(ESCAPES.sub(b"", seen))
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


sys.exit(main(sys.argv[1:]))
