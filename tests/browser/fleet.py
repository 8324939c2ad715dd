#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""fleet.py SCENE STORE SYNC DATA STATION FOLDER AXE-OR-PICTURES: drives /fleet of `pillarbox-store serve` in a browser.

Scenes: enrol (a kiosk comes and is revoked), keys (the same by keyboard alone), script (the same without a script), lock
(wrong passphrases), barriers (axe-core on every page, wide and narrow, light and dark), pictures (screenshots).
"""
import json
import pathlib
import re
import subprocess
import sys

from browsing import Browser, Keys, check, literal

PASSPHRASE = "four quiet words here"
STATION = "Deptford Lounge"
PAGES = ["/fleet", "/fleet/responses", "/fleet/campaigns", "/fleet/audit", "/fleet/enrol",
         "/fleet/campaign/test-campaign/close", "/fleet/nowhere"]
KIOSKS = ["Brixton Library", "Camden Town Hall", "Croydon Clocktower", "Hackney Central", "Lewisham Library",
          "Ealing Broadway Shopping Centre, first floor, beside the lift", "Wembley Park"]


class Store:
    """The store itself, on a free port of this machine, and the kiosk that is to be enrolled."""

    def __init__(self, store, sync, data, station, folder):
        self.sync_program = sync
        self.station = pathlib.Path(station)
        with open(pathlib.Path(folder) / "store.log", "w", encoding="utf-8") as log:
            self.process = subprocess.Popen([store, "serve", "--data", data, "--listen", "127.0.0.1:0"],
                                            stdout=subprocess.PIPE, stderr=log, text=True)
        self.address = self.process.stdout.readline().removeprefix("listening on ").strip()
        check(self.address.startswith("https://127.0.0.1:"), f"The store does not serve: {self.address!r}")

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.process.terminate()
        self.process.wait(20)

    def sync(self, command):
        return subprocess.run([self.sync_program, command, "--station", self.station], capture_output=True, text=True,
                              timeout=120, check=False)

    def enrol(self, token):
        """With the real program, and a token that came from the browser."""
        path = self.station / "station.json"
        path.write_text(path.read_text(encoding="utf-8").replace("https://127.0.0.1:1", self.address),
                        encoding="utf-8")
        file = self.station / "enrolment.token"
        file.touch(0o600)
        file.write_text(token + "\n", encoding="utf-8")
        done = self.sync("enrol")
        check(done.returncode == 0, f"pillarbox-sync enrol fails: {done.stderr}")

    def refuses(self):
        done = self.sync("run")
        check(done.returncode == 5 and "revoked this kiosk" in done.stderr,
              f"A revoked kiosk is not refused: {done.returncode} {done.stderr}")


def sign_in(browser, store, passphrase=PASSPHRASE, name="anna"):
    browser.open(store.address + "/fleet")
    check(browser.heading == "Sign in", f"A stranger sees {browser.heading!r}")
    browser.type("Name", name)
    browser.type("Passphrase", passphrase)
    browser.press("Sign in")


def token_on(browser):
    check(browser.heading == f"Token for {STATION}", f"No token: {browser.heading!r} {browser.text[:200]!r}")
    picture = browser.find("//*[local-name()='svg'][@class='qr']")
    check(picture.size["width"] >= 200 and picture.get_attribute("aria-label"), "The token has no QR code to scan")
    return browser.find("//*[@data-token]").text


def row_of(browser, station):
    return browser.all(f"//tr[th[normalize-space()={literal(station)}]]")


def enrol(browser, store, _):
    sign_in(browser, store)
    check(browser.heading == "Kiosks", f"Signing in leads to {browser.heading!r}")
    check("4 batches are missing" in browser.text and "epoch 2" in browser.text, "The gap is not told")
    check(not row_of(browser, STATION), "The kiosk is there before it came")
    browser.follow("Enrol a kiosk")
    browser.press("Make a token")
    check(browser.all("//*[@role='alert' or @class='errors']"), "A token needs no station")
    browser.type("Name of the station", STATION)
    browser.type("Address of this store", store.address)
    browser.press("Make a token")
    token = token_on(browser)
    store.enrol(token)
    browser.follow("Back to the kiosks")
    check(len(row_of(browser, STATION)) == 1, "The kiosk does not appear")
    browser.follow(STATION)
    browser.follow("Revoke this kiosk")
    check("What will happen" in browser.text, "Revoking does not say what will happen")
    browser.press("Revoke this kiosk")
    check("This kiosk is revoked" in browser.text, "The kiosk is not revoked")
    store.refuses()
    browser.follow("Kiosks")
    browser.follow("Croydon Clocktower")
    check("Batches 2 to 5 are missing" in browser.text and "pillarbox-store refill" in browser.text,
          "The kiosk's page does not say which batches are missing, and what to do")
    browser.follow("Audit log")
    check("Made a token" in browser.text and "Revoked a kiosk" in browser.text, "The audit log lacks what was done")
    check(token not in browser.driver.page_source, "The token is shown again")
    browser.press("Sign out")
    browser.open(store.address + "/fleet")
    check(browser.heading == "Sign in", "Signing out leaves the page open")
    check(not browser.complaints(), f"The browser complains: {browser.complaints()}")


def press_by_key(browser, words):
    browser.tab_to(words)
    browser.leave_by(lambda: browser.keys(Keys.ENTER))


def keys(browser, store, _):
    """From signing in to the refusal, without a mouse."""
    browser.open(store.address + "/fleet")
    browser.tab_to("Skip to main content")
    browser.keys(Keys.ENTER)
    check(browser.focused.get_attribute("id") == "main", "The skip link does not skip")
    browser.tab_to("Name")
    browser.keys("anna")
    browser.tab_to("Passphrase")
    browser.keys("wrong words here")
    browser.leave_by(lambda: browser.keys(Keys.ENTER))
    browser.wait_for(lambda: browser.focused.get_attribute("class") == "errors", "The error does not get the focus")
    browser.tab_to("Passphrase")
    browser.keys(PASSPHRASE)
    browser.leave_by(lambda: browser.keys(Keys.ENTER))
    press_by_key(browser, "Enrol a kiosk")
    browser.tab_to("Name of the station")
    browser.keys(STATION)
    browser.tab_to("Address of this store")
    browser.keys(store.address)  # Tab has marked what was there
    press_by_key(browser, "Make a token")
    store.enrol(token_on(browser))
    press_by_key(browser, "Back to the kiosks")
    press_by_key(browser, STATION)
    press_by_key(browser, "Revoke this kiosk")
    press_by_key(browser, "Revoke this kiosk")
    check("This kiosk is revoked" in browser.text, "No revoking by keyboard")
    store.refuses()


def lock(browser, store, _):
    for _ in range(5):
        sign_in(browser, store, "not these words at all")
        check("Name or passphrase is wrong" in browser.text, f"A wrong passphrase: {browser.text[:200]!r}")
        check(browser.driver.title.startswith("Error: "), "The title does not say that there is an error")
        check(browser.field("Passphrase").get_attribute("value") == "", "A passphrase is sent back")
    sign_in(browser, store)
    check("too many tries" in browser.text, f"The right passphrase opens at the sixth try: {browser.text[:200]!r}")
    sign_in(browser, store, name="ben")
    check(browser.heading == "Kiosks", "Another name has to wait too")
    check(not browser.all("//a[.='Enrol a kiosk']"), "A viewer is offered a change")
    browser.open(store.address + "/fleet/enrol")
    check(browser.heading == "You can look, but not change", "A viewer can enrol")


def script(browser, store, _):
    sign_in(browser, store)
    check(not browser.all("//input[@id='search']"), "A script ran")
    browser.follow("Enrol a kiosk")
    browser.type("Name of the station", STATION)
    browser.type("Address of this store", store.address)
    browser.press("Make a token")
    store.enrol(token_on(browser))
    browser.follow("Back to the kiosks")
    browser.follow(STATION)
    browser.follow("Revoke this kiosk")
    browser.press("Revoke this kiosk")
    store.refuses()


def every_page(browser, store):
    """Yields a name for each page, as it is opened: before and after signing in, and with errors in a form."""
    browser.driver.delete_all_cookies()
    browser.open(store.address + "/fleet")
    yield "sign-in"
    browser.press("Sign in")
    yield "sign-in-error"
    sign_in(browser, store)
    for path in PAGES:
        browser.open(store.address + path)
        yield path.removeprefix("/fleet").strip("/").replace("/", "-") or "kiosks"
    browser.open(store.address + "/fleet/enrol")
    browser.press("Make a token")
    yield "enrol-error"
    browser.type("Name of the station", "Poplar")
    browser.type("Address of this store", store.address)
    browser.press("Make a token")
    check(browser.heading == "Token for Poplar", f"No token: {browser.heading!r}")
    yield "token"
    for station in KIOSKS:
        browser.open(store.address + "/fleet")
        browser.follow(station)
        name = re.sub(r"\W+", "-", station.lower())[:20]
        yield f"kiosk-{name}"
        change = {"Brixton Library": "Revoke this kiosk", "Lewisham Library": "Readmit this kiosk"}.get(station)
        if change:
            browser.follow(change)
            yield f"change-{name}"


def barriers(browser, store, axe):
    if not axe.exists():
        print("SKIPPED: axe-core is not here: npm could not be reached")
        return
    code = axe.read_text(encoding="utf-8")
    found = []
    for width, scheme in ((1280, "light"), (390, "dark"), (390, "light"), (1280, "dark")):
        browser.shows_as(width, scheme)
        for name in every_page(browser, store):
            found += [f"{name} {width} {scheme}: {one}" for one in browser.barriers(code)]
            if browser.is_too_wide():
                found.append(f"{name} {width}: wider than the window")
    check(not found, "Serious barriers:\n" + "\n".join(found))
    browser.driver.execute_script("document.body.innerHTML = '<p style=\"color:#aaa\">pale</p><img src=x>'")
    check(browser.barriers(code), "axe-core finds nothing on a page that has barriers")


def pictures(browser, store, folder):
    for width in (1280, 390):
        for scheme in ("light", "dark"):
            browser.shows_as(width, scheme)
            for name in every_page(browser, store):
                height = browser.driver.execute_script("return document.documentElement.scrollHeight")
                browser.shows_as(width, scheme, min(height, 3000))
                browser.driver.save_screenshot(str(folder / f"{name}-{width}-{scheme}.png"))
                browser.shows_as(width, scheme)


def main():
    scene, store, sync, data, station, folder, last = sys.argv[1:]
    scenes = {"enrol": enrol, "keys": keys, "lock": lock, "script": script, "barriers": barriers,
              "pictures": pictures}
    scripts = "never run" if scene == "script" else "run"
    with Browser(pathlib.Path(folder) / "profile", scripts) as browser, \
            Store(store, sync, data, station, folder) as served:
        # The store's certificate is its own: a person compares its fingerprint, once.
        browser.driver.execute_cdp_cmd("Security.setIgnoreCertificateErrors", {"ignore": True})
        scenes[scene](browser, served, pathlib.Path(last))
    print("done")


if __name__ == "__main__":
    main()
