# SPDX-License-Identifier: GPL-3.0-or-later
"""Pages of Pillarbox in Debian's chromium, as somebody uses them: by name, by keys, at a phone's width, in the dark.

    with served_by([program, "desk", ...]) as link, Browser(build_folder, "desk") as browser:
        browser.open(link)
        browser.check("overview")      # axe, console, width; pictures in build/<preset>/browser/pictures/desk
        stops = browser.walk()         # what Tab reaches, each with a visible focus

Nothing but this machine is ever reached: every other name is unknown to this browser. What fails raises Wrong.
"""
import contextlib
import os
import pathlib
import re
import shutil
import subprocess
import sys
import threading

WIDE, PHONE = (1280, 900), (360, 740)
NARROWEST = 320  # CSS pixels, of WCAG 2.2's 1.4.10; also 1280 at a zoom of 400 %
BAD_IMPACTS = ("serious", "critical")
STOPS_MAX = 400
START_SECONDS_MAX = 60
STOP_SECONDS_MAX = 10


class Wrong(AssertionError):
    """What a page or a program does not do as it must; says which page, and what."""


def skip(why):
    print(f"SKIPPED: {why}")
    sys.exit(0)


def need_browser(folder):
    """Skips the whole test, by name, where a part is missing."""
    try:
        import selenium  # noqa: F401
    except ImportError:
        skip("python3-selenium is not installed")
    for program in ("chromium", "chromedriver"):
        if shutil.which(program) is None:
            skip(f"{program} is not installed")
    if not axe_of(folder).exists():
        skip("axe-core was not fetched")


def axe_of(folder):
    return pathlib.Path(folder, "node_modules/axe-core/axe.min.js")


@contextlib.contextmanager
def served_by(command, link=r"http://127\.0\.0\.1:\d+\S*", **options):
    """Starts a program, waits until it prints a link, and ends it. Its output goes on being read, so that it never waits."""
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, **options)
    lines, found, said = [], [], threading.Event()

    def read():
        for line in process.stdout:
            lines.append(line)
            if not found and (match := re.search(link, line)):
                found.append(match[0])
                said.set()
        said.set()

    reader = threading.Thread(target=read, daemon=True)
    reader.start()
    try:
        said.wait(START_SECONDS_MAX)
        if not found:
            raise Wrong(f"{pathlib.Path(command[0]).name} printed no link:\n{''.join(lines)}")
        yield found[0]
    finally:
        process.terminate()
        try:
            process.wait(STOP_SECONDS_MAX)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        reader.join(STOP_SECONDS_MAX)


class Browser:
    def __init__(self, folder, name):
        need_browser(folder)
        self.axe = axe_of(folder).read_text()
        self.pictures = pathlib.Path(folder, "pictures", name)
        self.pictures.mkdir(parents=True, exist_ok=True)
        self.driver = None

    def __enter__(self):
        from selenium import webdriver
        from selenium.webdriver.chrome.service import Service
        options = webdriver.ChromeOptions()
        options.binary_location = shutil.which("chromium")
        for argument in ("--headless=new", "--disable-gpu", "--disable-dev-shm-usage", "--no-first-run", "--lang=en-GB",
                         "--disable-background-networking", "--disable-component-update", "--disable-sync",
                         "--no-proxy-server", "--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1"):
            options.add_argument(argument)
        if os.geteuid() == 0:
            options.add_argument("--no-sandbox")  # chromium's own sandbox refuses root
        options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
        self.driver = webdriver.Chrome(service=Service(shutil.which("chromedriver")), options=options)
        self.driver.set_page_load_timeout(60)
        self.driver.set_script_timeout(60)
        self.look(*WIDE)
        return self

    def __exit__(self, *_):
        self.driver.quit()

    # Moving about

    def open(self, link):
        self.driver.get(link)

    def find(self, css):
        from selenium.webdriver.common.by import By
        return self.driver.find_element(By.CSS_SELECTOR, css)

    def find_all(self, css):
        from selenium.webdriver.common.by import By
        return self.driver.find_elements(By.CSS_SELECTOR, css)

    def named(self, role, name):
        """The only shown element of this role and accessible name, as a screen reader finds it."""
        inside = {"link": "a[href]", "button": "button", "textbox": "input,textarea", "combobox": "select",
                  "searchbox": "input[type=search]", "checkbox": "input[type=checkbox]", "radio": "input[type=radio]",
                  "heading": "h1,h2,h3,h4"}[role]
        found = [one for one in self.find_all(inside) if one.is_displayed() and one.accessible_name == name]
        if len(found) != 1:
            raise Wrong(f"{self.title()}: {len(found)} {role}s are named “{name}”")
        return found[0]

    def press(self, *keys):
        from selenium.webdriver.common.action_chains import ActionChains
        ActionChains(self.driver).send_keys(*keys).perform()

    def title(self):
        return self.driver.title

    def text(self):
        return self.find("body").text

    def path(self):
        return re.sub(r"^https?://[^/]+", "", self.driver.current_url)

    # Looking

    def look(self, width, height, scheme="light"):
        self.driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride",
                                    {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": False})
        self.driver.execute_cdp_cmd("Emulation.setEmulatedMedia",
                                    {"features": [{"name": "prefers-color-scheme", "value": scheme},
                                                  {"name": "prefers-reduced-motion", "value": "reduce"}]})

    def picture(self, name):
        """The whole page, however long, as it looks now."""
        import base64
        size = self.driver.execute_cdp_cmd("Page.getLayoutMetrics", {})["cssContentSize"]
        clip = {"x": 0, "y": 0, "width": size["width"], "height": min(size["height"], 8000), "scale": 1}
        taken = self.driver.execute_cdp_cmd("Page.captureScreenshot",
                                            {"format": "png", "captureBeyondViewport": True, "clip": clip})
        (self.pictures / f"{name}.png").write_bytes(base64.b64decode(taken["data"]))

    # Checking

    def violations(self):
        """What axe finds of WCAG 2.2 A and AA, and of its best practices, as serious or critical."""
        self.driver.execute_script(self.axe)
        found = self.driver.execute_async_script(
            "const done = arguments[0]; axe.run(document, {resultTypes: ['violations']})"
            ".then(r => done({violations: r.violations, checked: r.passes.length}), e => done({error: String(e)}));")
        if "error" in found or found["checked"] == 0:
            raise Wrong(f"{self.title()}: axe did not run: {found}")
        return [f"{one['id']} ({one['impact']}): {one['help']}: {node['html'][:160]}"
                for one in found["violations"] if one["impact"] in BAD_IMPACTS for node in one["nodes"]]

    def complaints(self):
        """What the browser's console was told since the last call: breaches of the page's policy, missing files."""
        return [line["message"] for line in self.driver.get_log("browser") if line["level"] in ("SEVERE", "WARNING")]

    def overflow(self):
        """By how many pixels the page is wider than its window; wide tables scroll in a box of their own."""
        return self.driver.execute_script(
            "const root = document.documentElement; return root.scrollWidth - root.clientWidth;")

    def frame_faults(self):
        """What every page has once: a language, a title, a heading, a main part; and no heading left out between two."""
        return self.driver.execute_script("""
            const faults = [], count = css => document.querySelectorAll(css).length;
            if (!document.documentElement.lang) faults.push('no language');
            if (!document.title) faults.push('no title');
            if (count('h1') !== 1) faults.push(count('h1') + ' first headings');
            if (count('main') !== 1) faults.push(count('main') + ' main parts');
            let above = 0;
            for (const one of document.querySelectorAll('h1,h2,h3,h4,h5,h6')) {
                const level = Number(one.tagName[1]);
                if (level > above + 1) faults.push('a heading of level ' + level + ' below one of ' + above);
                above = level;
            }
            return faults;""")

    def check(self, name, allowed_complaints=()):
        """Everything above, in light and dark, wide and on a phone, with a picture of each."""
        faults = [f"frame: {fault}" for fault in self.frame_faults()]
        for scheme in ("light", "dark"):
            for size_name, size in (("wide", WIDE), ("phone", PHONE)):
                self.look(*size, scheme)
                self.picture(f"{name}-{size_name}-{scheme}")
                if size == WIDE or scheme == "light":
                    faults += [f"{size_name}, {scheme}: {one}" for one in self.violations()]
        self.look(NARROWEST, 640)
        if self.overflow() > 0:
            faults.append(f"at {NARROWEST} pixels it is {self.overflow()} too wide")
        self.look(*WIDE)
        faults += [one for one in self.complaints() if not any(words in one for words in allowed_complaints)]
        if faults:
            raise Wrong("\n".join([f"{name} ({self.path()}):", *dict.fromkeys(faults)]))

    def walk(self):
        """Tab from the top of the page until it begins again: the names of what it reaches. Each shows its focus (its outline,
        shadow or border differs from before), is in sight, and Tab gets out of it; whatever can be clicked is reached."""
        from selenium.webdriver.common.keys import Keys
        self.driver.execute_script(WALK_BEGINS)
        stops = []
        for _ in range(STOPS_MAX):
            self.press(Keys.TAB)
            stop = self.driver.execute_script(WALK_STEP)
            if stop is None or stop["again"]:
                break
            if not stop["inSight"] or not stop["isMarked"]:
                raise Wrong(f"{self.title()}: the focus is not seen on {stop['what']}")
            stops.append(stop["what"])
        else:
            raise Wrong(f"{self.title()}: Tab does not come to an end")
        if left := self.driver.execute_script(WALK_ENDS):
            raise Wrong(f"{self.title()}: Tab does not reach {left}")
        return stops


# A radio group is one stop, so its other buttons count as reached.
WALK_BEGINS = """
    window.walk = {looks: new Map(), reached: new Set()};
    window.walk.look = one => { const s = getComputedStyle(one);
        return [s.outlineStyle === 'none' ? '' : s.outlineWidth + s.outlineColor, s.boxShadow, s.borderColor,
                s.backgroundColor].join(); };
    window.walk.all = () => [...document.querySelectorAll('a[href],button,input,select,textarea,summary,[tabindex="0"]')]
        .filter(one => !one.disabled && one.type !== 'hidden' && one.checkVisibility({checkVisibilityCSS: true}));
    window.scrollTo(0, 0);
    if (document.activeElement) document.activeElement.blur();
    const start = document.createElement('span');
    start.tabIndex = -1;
    document.body.prepend(start);
    start.focus();
    start.remove();
    for (const one of window.walk.all()) window.walk.looks.set(one, window.walk.look(one));
"""
WALK_STEP = """
    const one = document.activeElement;
    if (!one || one === document.body) return null;
    const again = window.walk.reached.has(one), box = one.getBoundingClientRect();
    window.walk.reached.add(one);
    const words = (one.getAttribute('aria-label') || one.innerText || one.name || '').trim().slice(0, 80);
    return {again, what: one.tagName.toLowerCase() + ' “' + words + '”',
            inSight: box.width > 1 && box.height > 1 && box.bottom > 0 && box.top < innerHeight,
            isMarked: window.walk.look(one) !== window.walk.looks.get(one)};
"""
WALK_ENDS = """
    const groups = new Set([...window.walk.reached].filter(one => one.type === 'radio').map(one => one.name));
    const left = window.walk.all().filter(one => !window.walk.reached.has(one) && !(one.type === 'radio' && groups.has(one.name)));
    return left.map(one => one.outerHTML.slice(0, 120)).join(' ');
"""
