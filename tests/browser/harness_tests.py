#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The harness itself: a good page passes, and every fault that it is there for is found when it is planted."""
import contextlib
import http.server
import sys
import threading

from browser import Browser, Wrong, need_browser, served_by

STYLE = """body { font: 1rem sans-serif; margin: 1rem; color: #111; background: #fff }
:focus-visible { outline: 3px solid #05a; outline-offset: 2px }
@media (prefers-color-scheme: dark) { body { color: #eee; background: #111 } a { color: #9cf } }"""
GOOD = """<!DOCTYPE html><html lang="en"><head><title>A page</title><link rel="stylesheet" href="/style.css"></head><body>
<main><h1>A page</h1><p><a href="/other">Another page</a></p>
<form><label for="name">Name</label> <input id="name" name="name"> <button>Send</button></form></main></body></html>"""
FAULTS = {  # what is planted: what check() or walk() has to say of it
    "label": (GOOD.replace('<label for="name">Name</label>', ""), "label (critical)"),
    "contrast": (GOOD.replace("<p>", '<p class="pale">'), "color-contrast (serious)"),
    "language": (GOOD.replace(' lang="en"', ""), "no language"),
    "heading": (GOOD.replace("<p>", "<h3>Deep</h3><p>"), "a heading of level 3 below one of 1"),
    "wide": (GOOD.replace("<p>", '<p class="wide">'), "too wide"),
    "policy": (GOOD.replace("<main>", '<main style="color: red">'), "Content Security Policy"),
    "missing": (GOOD.replace("</main>", '<img alt="" src="/gone.png"></main>'), "404"),
    "focus": (GOOD.replace("<button>", '<button class="unmarked">'), "the focus is not seen"),
    "unreached": (GOOD.replace("<button>", '<button tabindex="-1">'), "Tab does not reach"),
}
EXTRA = " .pale { color: #bbb } .pale a { color: #bbb } .wide { width: 60rem } .unmarked { outline: none !important }"


class Pages(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        name = self.path.strip("/")
        page = {"good": GOOD, "style.css": STYLE + EXTRA, "favicon.ico": ""}.get(name) if name not in FAULTS else FAULTS[name][0]
        self.send_response(404 if page is None else 200)
        self.send_header("Content-Type", "text/css" if name.endswith("css") else "text/html; charset=utf-8")
        self.send_header("Content-Security-Policy", "default-src 'none'; style-src 'self'; img-src 'self'")
        self.end_headers()
        self.wfile.write((page or "").encode())

    def log_message(self, *_):
        pass


@contextlib.contextmanager
def pages():
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Pages)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()


def said_of(browser, link):
    browser.open(link)
    try:
        browser.check(link.rsplit("/", 1)[1])
        browser.walk()
    except Wrong as wrong:
        return str(wrong)
    return ""


def main():
    need_browser(sys.argv[3])
    wrong = []
    with pages() as address, Browser(sys.argv[3], "harness") as browser:
        if said := said_of(browser, f"{address}/good"):
            wrong.append(f"a good page: {said}")
        browser.open(f"{address}/good")
        stops = browser.walk()
        if stops != ["a “Another page”", "input “name”", "button “Send”"]:
            wrong.append(f"Tab reaches {stops}")
        browser.named("textbox", "Name")
        for name, (_, expected) in FAULTS.items():
            said = said_of(browser, f"{address}/{name}")
            if expected not in said:
                wrong.append(f"{name}: expected “{expected}”, got: {said or 'nothing'}")
    try:
        with served_by([sys.executable, "-c", "print('no link')"]):
            wrong.append("a program without a link is taken")
    except Wrong:
        pass
    print("\n".join(wrong) or f"a good page and {len(FAULTS)} planted faults are told apart")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
