# SPDX-License-Identifier: GPL-3.0-or-later
"""A real browser that opens pages of ours: Debian's chromium, headless, in a profile that goes with it.

Elements are found as people find them: by their role and by what they say.
"""
import pathlib
import sys
import tempfile
import time
import zipfile

try:
    from selenium import webdriver
    from selenium.webdriver.common.by import By
    from selenium.webdriver.common.keys import Keys
    from selenium.webdriver.chrome.service import Service
    from selenium.webdriver.support.ui import Select
except ImportError:
    print("SKIPPED: python3-selenium is not installed")
    sys.exit(0)

CHROMIUM = pathlib.Path("/usr/bin/chromium")
DRIVER = pathlib.Path("/usr/bin/chromedriver")


def literal(text):
    """A text in XPath, whatever quotes it has."""
    return "concat('" + text.replace("'", "',\"'\",'") + "','')"


class Browser:
    def __init__(self, profile, scripts="run"):
        for program in (CHROMIUM, DRIVER):
            if not program.exists():
                print(f"SKIPPED: {program} is not installed")
                sys.exit(0)
        options = webdriver.ChromeOptions()
        options.binary_location = str(CHROMIUM)
        for argument in ("--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage",
                         "--no-proxy-server", "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
                         f"--user-data-dir={profile}", "--window-size=1280,900"):
            options.add_argument(argument)
        if scripts == "never run":
            options.add_experimental_option("prefs", {"profile.managed_default_content_settings.javascript": 2})
        options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
        self.driver = webdriver.Chrome(service=Service(str(DRIVER)), options=options)
        self.driver.set_page_load_timeout(60)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.driver.quit()

    def open(self, address):
        self.driver.get(address)

    @property
    def heading(self):
        return self.driver.find_element(By.TAG_NAME, "h1").text

    @property
    def text(self):
        return self.driver.find_element(By.TAG_NAME, "main").text

    def find(self, xpath):
        return self.driver.find_element(By.XPATH, xpath)

    def all(self, xpath):
        return self.driver.find_elements(By.XPATH, xpath)

    def leave_by(self, action):
        """Does what leads to another page, and waits until that is there: a stale element would be of the old one."""
        old = self.driver.find_element(By.TAG_NAME, "html")
        action()
        until = time.monotonic() + 30
        while time.monotonic() < until:
            try:
                old.is_enabled()
                time.sleep(0.02)
            except Exception:  # pylint: disable=broad-except  (stale: the page has gone)
                self.wait_for(self.has_loaded, "The other page never ends loading")
                return
        raise AssertionError(f"No other page came after {self.heading!r}")

    def has_loaded(self):
        return self.driver.execute_script("return document.readyState") == "complete"

    @staticmethod
    def wait_for(condition, sentence):
        until = time.monotonic() + 10
        while not condition():
            check(time.monotonic() < until, sentence)
            time.sleep(0.05)

    def follow(self, words):
        self.leave_by(self.find(f"//a[normalize-space()={literal(words)}]").click)

    def press(self, words):
        """A button by its accessible name, hidden words included."""
        for button in self.driver.find_elements(By.TAG_NAME, "button"):
            if " ".join(button.get_attribute("textContent").split()) == words and button.is_displayed():
                self.leave_by(button.click)
                return
        raise AssertionError(f"There is no button {words!r} on {self.heading!r}")

    def save(self, words, folder):
        """Presses a button that hands over a file, and waits until that is there whole, in a folder of its own: the
        browser would write over one of the same name."""
        own = pathlib.Path(tempfile.mkdtemp(dir=folder))
        self.driver.execute_cdp_cmd("Browser.setDownloadBehavior", {"behavior": "allow", "downloadPath": str(own)})
        next(button for button in self.driver.find_elements(By.TAG_NAME, "button") if button.text == words).click()

        def whole():
            return [path for path in own.iterdir() if zipfile.is_zipfile(path) and path.suffix != ".crdownload"]
        self.wait_for(whole, f"{words!r} hands over no file")
        return whole()[0]

    def field(self, label):
        label = self.find(f"//label[normalize-space()={literal(label)}]")
        return self.driver.find_element(By.ID, label.get_attribute("for"))

    def type(self, label, text):
        field = self.field(label)
        field.clear()
        field.send_keys(text)

    def choose(self, label, words):
        Select(self.field(label)).select_by_visible_text(words)

    def keys(self, *keys):
        webdriver.ActionChains(self.driver).send_keys(*keys).perform()

    @property
    def focused(self):
        return self.driver.switch_to.active_element

    def tab_to(self, words, limit=120):
        """Goes by Tab alone to what has these words."""
        for _ in range(limit):
            self.keys(Keys.TAB)
            element = self.focused
            said = element.get_attribute("aria-label") or element.get_attribute("textContent") or ""
            if not said.strip() or element.tag_name in ("input", "select", "textarea"):
                label = self.driver.execute_script(
                    "return arguments[0].labels && arguments[0].labels[0] ? arguments[0].labels[0].textContent : ''",
                    element)
                said = label or said
            if " ".join(said.split()) == words:
                assert self.outline(element), f"{words!r} has the focus and does not show it"
                return element
        raise AssertionError(f"Tab does not lead to {words!r} on {self.heading!r}")

    def outline(self, element):
        return self.driver.execute_script(
            "const s = getComputedStyle(arguments[0]); return s.outlineStyle !== 'none' && parseFloat(s.outlineWidth) >= 2",
            element)

    def barriers(self, axe):
        """What axe-core finds serious or critical on this page."""
        self.driver.execute_script(axe)
        result = self.driver.execute_async_script(
            "const done = arguments[arguments.length - 1];"
            "axe.run(document, {resultTypes: ['violations']}).then(r => done(r.violations));")
        return [f"{one['id']}: {node['html'][:160]} ({node['failureSummary'].splitlines()[-1].strip()})"
                for one in result if one["impact"] in ("serious", "critical") for node in one["nodes"]]

    def complaints(self):
        """What the browser's console says: a refused script, a style from elsewhere. Not that a page is an error."""
        return [entry["message"] for entry in self.driver.get_log("browser")
                if "the server responded with a status of" not in entry["message"]]

    def shows_as(self, width, scheme, height=900):
        """On a screen of this width, for a person who prefers "light" or "dark"."""
        self.driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", {
            "width": width, "height": height, "deviceScaleFactor": 1, "mobile": False})
        self.driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {
            "features": [{"name": "prefers-color-scheme", "value": scheme}]})

    def is_too_wide(self):
        return self.driver.execute_script(
            "return document.documentElement.scrollWidth > document.documentElement.clientWidth + 1")


def check(condition, sentence):
    if not condition:
        raise AssertionError(sentence)
