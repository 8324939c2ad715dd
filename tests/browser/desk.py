#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""desk.py SCENE PROGRAM WORKSPACE IDENTITY FOLDER AXE-OR-PICTURES: drives `pillarbox desk` in a browser.

Scenes: day (an officer's day), keys (the same by keyboard alone), barriers (axe-core on every page, wide and narrow,
light and dark), printed (axe-core on reports and templates), script (without a script), pictures (screenshots, to be looked at).
"""
import pathlib
import re
import subprocess
import sys
import tempfile
import urllib.error
import urllib.request
import zipfile

from browsing import Browser, By, Keys, check

PAGES = ["/", "/responses", "/response/1", "/response/2", "/check", "/codebook", "/quotes", "/agreement",
         "/duplicates", "/trail", "/report", "/export", "/responses?from=nonsense", "/nowhere"]


TEMPLATES = pathlib.Path(__file__).resolve().parents[2] / "docs/templates"


class Desk:
    """The program itself, on a free port of this machine."""

    def __init__(self, program, workspace, identity):
        self.program, self.workspace, self.identity = program, workspace, identity
        self.process = subprocess.Popen([program, "desk", workspace, "--identity", identity, "--no-browser"],
                                        stdout=subprocess.PIPE, text=True)
        self.link = None
        for line in self.process.stdout:
            if line.startswith("http://127.0.0.1:"):
                self.link = line.strip()
            if line.startswith("Ctrl-C"):
                break
        check(self.link, "The desk prints no link")
        self.address = re.match(r"http://[^/]+", self.link).group()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.process.terminate()
        self.process.wait(10)


def begin(browser, desk, name="Ada"):
    browser.open(desk.link)
    browser.type("Your name", name)
    browser.press("Open the desk")
    check(browser.heading == f"Good day, {name}", f"The desk opens on {browser.heading!r}")


def day(browser, desk, _):
    closed_to_others(desk)
    begin(browser, desk)
    needs_the_token(browser, desk)
    browser.open(desk.link)
    check(browser.heading == "The desk is closed here" or "nothing here" in browser.heading,
          f"The link works twice: {browser.heading!r}")
    browser.open(desk.address + "/")

    browser.follow("Responses")
    browser.type("Search the answers", "ambulance waited")
    browser.press("Search")
    check("1 response found" in browser.text, f"The search finds something else: {browser.text[:300]!r}")
    browser.follow(browser.find("//tbody//a").text)
    check("[redacted]" not in browser.text and "Dr Example" in browser.text, "The answer is not on the page")

    tag = browser.find("//select[@id='code']/option[1]").text
    browser.press("Add")
    check("Saved: Ada adds the tag" in browser.text, "The tag is not said to be saved")
    check(browser.all(f"//*[@class='tag'][.={tag!r}]"), "The tag is not on the page")
    browser.press("Undo that Ada adds the tag " + browser.text.split("adds the tag ")[1].split(".")[0])
    check(not browser.all("//*[@class='tag']"), "Undo leaves the tag")
    browser.press("Add")
    browser.press("I have finished coding")

    browser.type("Add a note", "Ask the trust about the night shift.\nSecond line <b>")
    browser.press("Add the note")
    check("Second line <b>" in browser.text, "The note is not shown as it was written")

    browser.find("//summary[.='Quote or redact a passage']").click()
    browser.type("The words of the passage", "Dr Example")
    browser.press("Redact")
    check("reason" in browser.text and browser.all("//*[@role='alert']"), "A redaction needs no reason")
    browser.follow("Go back")
    browser.find("//summary[.='Quote or redact a passage']").click()
    browser.type("The words of the passage", "Dr Example")
    browser.type("Reason to redact it", "Names a member of staff")
    browser.press("Redact")
    check(browser.find("//del").text == "Dr Example", "The original is not kept beside the redaction")
    browser.find("//summary[.='Quote or redact a passage']").click()
    browser.type("The words of the passage", "outside the hospital. Dr Example told us")
    browser.press("Add to the quotes")
    browser.follow("Quotes")
    quote = browser.find("//blockquote").text
    check("[redacted]" in quote and "Dr Example" not in quote, f"The quote says what was redacted: {quote!r}")

    browser.follow(browser.find("//figcaption//a").text)
    browser.choose("How far along it is", "Done")
    browser.press("Save")
    check("sets the status done" in browser.text, "The status is not said to be saved")
    browser.press("Undo my last change")
    check("undoing event" in browser.text, "The trail does not tell of the undoing")

    refuses_to_quote(browser, desk)
    with tempfile.TemporaryDirectory() as folder:
        gives_out(browser, pathlib.Path(folder))
    check(not browser.complaints(), f"The browser complains: {browser.complaints()}")
    browser.press("Close the desk")
    check(browser.heading == "The desk is closed", "The desk does not close")
    check(desk.process.wait(10) == 0, "The program goes on")


def refuses_to_quote(browser, desk):
    browser.open(desk.address + "/responses?consent=none")
    browser.follow(browser.find("//tbody//a").text)
    browser.find("//summary[.='Quote or redact a passage']").click()
    browser.press("Add to the quotes")
    check("may not be quoted" in browser.text, "What nobody allowed is quoted")


def gives_out(browser, folder):
    browser.follow("Codebook")
    browser.type("Name of the question", "priority")
    browser.type("What it asks", "How urgent")
    browser.type("Choices, one a line", "high\nlow")
    browser.press("Save the question")
    check("sets the officers' question priority" in browser.text, "The officers' question is not said to be saved")
    browser.follow("Responses")
    browser.follow(browser.find("//tbody//a").text)
    browser.choose("How urgent", "high")
    browser.press("Save How urgent")
    check("answers the officers' question priority" in browser.text, "The officers' answer is not said to be saved")

    browser.follow("Report")
    browser.type("Name", "meeting")
    browser.field("Last day").send_keys("01242023")
    browser.press("Set")
    check("sets the cut-off meeting 2023-01-24" in browser.text, f"No cut-off: {browser.text[:400]!r}")
    browser.type("Add a finding", "Waits come first.")
    browser.press("Add the finding")
    browser.choose("Responses", "meeting: up to 24 January 2023")
    browser.choose("Will it be given out?", "Yes: keep its figures, so that no later report tells the difference")
    with zipfile.ZipFile(browser.save("Make the report", folder)) as files:
        page = files.read("report.html").decode()
        check({"report.odt", "release.json"} < set(files.namelist()), f"The report is {files.namelist()}")
    check("Waits come first." in page and "outside the hospital" in page, "The report lacks the finding or the quote")
    check("Dr Example" not in page and "[redacted]" in page, "The report tells what was redacted")
    browser.follow("Report")
    check("1 report was given out before" in browser.text, "The figures of what was given out are not kept")

    browser.follow("Export")
    browser.choose("Which", "Full: for the committee alone")
    browser.press("Make the export")
    check("needs its word" in browser.text, "The full export needs no word")
    browser.follow("Export")
    browser.choose("Which", "Full: for the committee alone")
    browser.type("For the full export, type the word FULL", "FULL")
    with zipfile.ZipFile(browser.save("Make the export", folder)) as files:
        full = {name: files.read(name).decode() for name in files.namelist()}
    check("Eve Example" in full["contacts.csv"] and "high" in full["officers.csv"], "The full export is not full")
    browser.follow("Export")
    with zipfile.ZipFile(browser.save("Make the export", folder)) as files:
        safe = {name: files.read(name).decode() for name in files.namelist()}
    check("contacts.csv" not in safe and "Eve Example" not in "".join(safe.values()), "Names are in what is anonymised")
    check("Dr Example" not in "".join(full.values()) + "".join(safe.values()), "An export tells what was redacted")
    browser.follow("Audit trail")
    for words in ("makes a letter pack, until 2023-01-24", "makes a full export", "makes an anonymised export"):
        check(words in browser.text, f"The trail does not tell that somebody {words}")


def keys(browser, desk, _):
    """From the link to a tag and back, without a mouse."""
    browser.open(desk.link)
    browser.tab_to("Your name")
    browser.keys("Ada")
    browser.leave_by(lambda: browser.keys(Keys.ENTER))
    browser.tab_to("Skip to main content")
    browser.keys(Keys.ENTER)
    check(browser.focused.get_attribute("id") == "main", "The skip link does not skip")
    browser.open(desk.address + "/responses")
    browser.tab_to("Search the answers")
    browser.keys("waited")
    browser.leave_by(lambda: browser.keys(Keys.ENTER))
    browser.tab_to(browser.find("//tbody//a").text)
    browser.leave_by(lambda: browser.keys(Keys.ENTER))
    browser.tab_to("Add a tag")
    browser.keys(Keys.DOWN)
    browser.tab_to("Add")
    browser.leave_by(lambda: browser.keys(Keys.ENTER))
    check("adds the tag" in browser.text, "No tag by keyboard")
    browser.wait_for(lambda: browser.focused.get_attribute("class") == "saved", "The message does not get the focus")
    browser.keys(Keys.TAB)
    browser.leave_by(lambda: browser.keys(Keys.ENTER))
    check("removes the tag" in browser.text, "No undo by keyboard")
    browser.tab_to("Quote or redact a passage")
    browser.keys(Keys.ENTER)
    browser.tab_to("The words of the passage")


def script_of(axe):
    if not axe.exists():
        print("SKIPPED: axe-core is not here: npm could not be reached")
        sys.exit(0)
    return axe.read_text(encoding="utf-8")


def barriers(browser, desk, axe):
    script = script_of(axe)
    begin(browser, desk)
    found = []
    for width, scheme in ((1280, "light"), (390, "dark")):
        browser.shows_as(width, scheme)
        for path in PAGES:
            browser.open(desk.address + path)
            for summary in browser.all("//details[not(@open)]/summary"):
                summary.click()
            found += [f"{path} {width} {scheme}: {one}" for one in browser.barriers(script)]
            if browser.is_too_wide():
                found.append(f"{path} {width}: wider than the window")
    check(not found, "Serious barriers:\n" + "\n".join(found))
    finds_planted(browser, script)


def finds_planted(browser, script):
    browser.driver.execute_script("document.body.innerHTML = '<p style=\"color:#aaa\">pale</p><img src=x>'")
    check(browser.barriers(script), "axe-core finds nothing on a page that has barriers")


def report_of(desk, folder):
    subprocess.run([desk.program, "report", "letter", "--workspace", desk.workspace, "--identity", desk.identity, "--as",
                    "Ada", "--out", folder / "letter"], check=True, stdout=subprocess.DEVNULL)
    return folder / "letter/report.html"


def printed(browser, desk, axe):
    """Pages that nobody serves: opened as files, as whoever prints them does."""
    script = script_of(axe)
    begin(browser, desk)
    browser.open(desk.address + "/response/1")
    browser.press("Add")  # a tag, for tables by theme
    browser.find("//summary[.='Quote or redact a passage']").click()
    browser.press("Add to the quotes")
    with tempfile.TemporaryDirectory() as folder:
        templates = sorted(TEMPLATES.glob("*.html"))
        check(templates, "There are no templates")
        found = []
        for page in [report_of(desk, pathlib.Path(folder)), *templates]:
            browser.open(page.as_uri())
            check(browser.heading, f"{page.name} has no heading")
            for medium in ("screen", "print"):
                browser.driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": medium})
                found += [f"{page.name} {medium}: {one}" for one in browser.barriers(script)]
        check(not found, "Serious barriers:\n" + "\n".join(found))
    finds_planted(browser, script)


def script(browser, desk, _):
    """All of it works where no script runs."""
    begin(browser, desk)
    browser.open(desk.address + "/response/1")
    browser.find("//summary[.='Quote or redact a passage']").click()
    browser.type("Reason to redact it", "All of it is about somebody else")
    browser.press("Redact")
    check(browser.find("//del").text, "Nothing is redacted")
    check(browser.focused.tag_name == "body", "A script ran: the message got the focus")


def pictures(browser, desk, folder):
    begin(browser, desk)
    for width in (1280, 390):
        for scheme in ("light", "dark"):
            for path in PAGES:
                browser.shows_as(width, scheme)
                browser.open(desk.address + path)
                height = browser.driver.execute_script("return document.documentElement.scrollHeight")
                browser.shows_as(width, scheme, min(height, 3000))
                name = re.sub(r"\W+", "-", path).strip("-") or "overview"
                browser.driver.save_screenshot(str(folder / f"{name}-{width}-{scheme}.png"))


def main():
    scene, program, workspace, identity, folder, last = sys.argv[1:]
    scenes = {"day": day, "keys": keys, "barriers": barriers, "printed": printed, "script": script, "pictures": pictures}
    folder = pathlib.Path(folder)
    scripts = "never run" if scene == "script" else "run"
    with Browser(folder / "profile", scripts) as browser, Desk(program, workspace, identity) as desk:
        scenes[scene](browser, desk, pathlib.Path(last))
    print("done")


def status_of(desk, path, headers, body=None):
    request = urllib.request.Request(desk.address + path, data=body, headers=headers)
    try:
        with urllib.request.urlopen(request, timeout=10) as answer:
            return answer.status
    except urllib.error.HTTPError as error:
        return error.code


def closed_to_others(desk):
    """Without the cookie, under another name, or from another site there is nothing."""
    check(status_of(desk, "/responses", {}) == 403, "The desk answers without a cookie")
    check(status_of(desk, "/", {"Host": "evil.example"}) == 421, "The desk answers under a foreign name")
    start = desk.link[len(desk.address):]
    check(status_of(desk, start, {"Origin": "http://evil.example"}, b"name=Eve") == 403,
          "Another site can begin a session")
    check(status_of(desk, start, {}, b"name=Eve") == 403, "A request without an origin can begin a session")
    check(status_of(desk, start, {}) == 200, "What only reads the link uses it up")


def needs_the_token(browser, desk):
    """The cookie alone changes nothing: the form's token has to be there."""
    cookie = browser.driver.get_cookies()[0]
    check(cookie["httpOnly"] and cookie["sameSite"] == "Strict", f"The cookie is open to others: {cookie}")
    headers = {"Cookie": f"{cookie['name']}={cookie['value']}", "Origin": desk.address}
    token = browser.find("//input[@name='form']").get_attribute("value")
    body = "name=ours&label=Ours&do=set&to=codebook&form="
    check(status_of(desk, "/codebook", headers, (body + "x").encode()) == 403, "A form without its token is taken")
    check(status_of(desk, "/codebook", {**headers, "Origin": "null"}, (body + token).encode()) == 403,
          "A form from nowhere is taken")
    check(status_of(desk, "/codebook", headers, (body + token).encode()) == 200, "A good form is refused")


if __name__ == "__main__":
    main()
