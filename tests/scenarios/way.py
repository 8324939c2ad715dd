# SPDX-License-Identifier: GPL-3.0-or-later
"""The real programs in a scratch folder: a committee, a store, a display, one kiosk. Every process is stopped by pid."""
import base64
import os
import re
import subprocess
from pathlib import Path

TODAY = "2023-01-20"


def encodings(text):
    """A text as a file that leaks it may hold it."""
    raw = text.encode()
    yield raw
    yield text.encode("utf-16-le")
    yield text.encode("utf-16-be")
    yield raw.hex().encode()
    # base64 depends on the place in the stream: the middle of all three alignments
    for shift in range(3):
        yield base64.b64encode(b"\0" * shift + raw)[4:-4]


class Way:
    def __init__(self, programs, source, folder):
        self.programs, self.source, self.folder = programs, source, folder
        self.campaign = source / "assets/campaigns/las-strategy-2023-28/form.xlsx"
        self.store = None
        self.display = None
        self.environment = None

    def run(self, program, *arguments, expect=0, env=None):
        done = subprocess.run([self.programs / program, *map(str, arguments)], text=True, capture_output=True, env=env, timeout=1800)
        (self.folder / "log").mkdir(exist_ok=True)
        with open(self.folder / "log" / f"{program}.txt", "a") as log:
            log.write(done.stdout + done.stderr)
        if done.returncode != expect:
            raise SystemExit(f"{program} {' '.join(map(str, arguments[:2]))} ended with {done.returncode}, expected {expect}:\n"
                             f"{done.stdout}{done.stderr}")
        return done.stdout.strip()

    def make_campaign(self):
        committee = self.folder / "committee"
        self.run("pillarbox", "key", "new", "--sealing", committee / "sealing.key")
        self.run("pillarbox", "key", "new", "--signing", committee / "signing.key")
        recipient = self.run("pillarbox", "key", "show", committee / "sealing.key")
        self.committee_key = self.run("pillarbox", "key", "show", committee / "signing.key")
        self.run("pillarbox", "campaign", "build", self.campaign, "--recipient", recipient, "--version", "1", "--expires",
                 "2023-12-31", "--out", committee / "unsigned.pack")
        self.run("pillarbox", "campaign", "sign", committee / "unsigned.pack", "--key", committee / "signing.key", "--out",
                 committee / "campaign.pack")

    def enrol_kiosk(self, url):
        token = self.run("pillarbox-store", "token", "--data", self.folder / "store", "--station", "Brixton Library", "--url", url)
        self.run("pillarbox", "kiosk", "enrol", "--pack", self.folder / "committee/campaign.pack", "--committee-key",
                 self.committee_key, "--token", token, "--station", self.folder / "station", "--today", TODAY)

    def rehearse(self, scenario, today=TODAY, language="en", options=()):
        name = Path(scenario).stem
        return self.run("pillarbox-rehearse", "--station", self.folder / "station", "--today", today, "--scenario",
                        self.source / f"tests/scenarios/{name}.scenario", "--screenshots",
                        self.folder / "screenshots" / name / language, "--language", language, "--answers",
                        self.source / "tests/scenarios/answers", *options, env=self.environment)

    def start_store(self, address):
        with open(self.folder / "log" / "store-errors.txt", "a") as errors:
            self.store = subprocess.Popen([self.programs / "pillarbox-store", "serve", "--data", self.folder / "store", "--listen",
                                           address], stdout=subprocess.PIPE, stderr=errors, text=True)
        line = self.store.stdout.readline()
        match = re.match(r"listening on (https://(\S+))", line)
        if not match:
            raise SystemExit(f"the store did not start: {line!r}")
        return match.group(1), match.group(2)

    def stop_store(self):
        if self.store:
            self.store.terminate()
            if self.store.wait(timeout=20) != 0:
                raise SystemExit(f"the store ended with {self.store.returncode} on SIGTERM")
            self.store.stdout.close()
            self.store = None

    def start_display(self):
        self.display = subprocess.Popen(["Xvfb", "-displayfd", "1", "-screen", "0", "1080x1920x24", "-nolisten", "tcp", "-noreset"],
                                        stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
        self.environment = os.environ | {"DISPLAY": ":" + self.display.stdout.readline().strip(), "HOME": str(self.folder)}

    def close(self):
        for process in (self.store, self.display):
            if process:
                process.kill()
                process.wait()
