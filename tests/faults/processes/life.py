# SPDX-License-Identifier: GPL-3.0-or-later
"""One station and its store, which live through faults, and what has to hold of them afterwards.

A Scene is made once: a committee, and folders of stations and stores in several states. Each run begins with a copy of one of
them (a Life), so that a run depends on its seed alone. All programs are the real ones; respondents are fault_respondents, which
is the kiosk's KeptStation without a window.

I1  a thanked response is in the store exactly once in the end, and opens with the committee's key
I2  no file of station, store, backup, export or log holds an answer, in any usual encoding
I3  a response that nobody was thanked for is absent or whole
"""
import collections
import json
import os
import re
import select
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "scenarios"))
from way import TODAY, Way, encodings  # noqa: E402

ENDINGS = (0, 2, 3, 4, 5, 6, 7)  # docs/cli.md; 1 would be a fault of the program
PATIENCE_S = 60  # longer than any timeout of the programs
MUTE_S = 3
SIZES_BYTES = (40, 700, 3000, 9000, 40000)  # of texts: from one slot of the outbox to a dozen


def text_of(mark, number, size_bytes):
    piece = f"{mark}-{number}."
    return (piece * (size_bytes // len(piece) + 1))[:size_bytes]


class Broken(Exception):
    """An invariant does not hold. The message is what the FAIL line says."""


class Program:
    """A started program with its output in files, so that what it said before a kill is not lost."""

    def __init__(self, life, name, command, environment=None):
        self.name, self.life = name, life
        life.program_count += 1
        self.output = life.folder / f"log/{life.program_count:03}-{name}.out"
        self.errors = self.output.with_suffix(".err")
        with open(self.output, "wb") as output, open(self.errors, "wb") as errors:
            self.process = subprocess.Popen(command, cwd=life.folder, stdin=subprocess.DEVNULL, stdout=output, stderr=errors,
                                            start_new_session=True, env=os.environ | (environment or {}))
        self.descriptor = os.pidfd_open(self.process.pid)
        self.started = time.monotonic()
        life.running.append(self)

    def is_running(self):
        return self.process.poll() is None

    def kill(self):
        """kill -9 to the program and to what traces it: a session of its own that this run started."""
        try:
            os.killpg(self.process.pid, signal.SIGKILL)
        except ProcessLookupError:
            pass

    def wait(self):
        if self in self.life.running:
            # Woken by the end itself: Popen.wait with a timeout looks every 50 ms only, which would be most of a run's time.
            if not select.select([self.descriptor], [], [], PATIENCE_S)[0]:
                self.kill()
                self.forget()
                raise Broken(f"{self.name} hangs")
            self.forget()
        return self.process.returncode

    def forget(self):
        self.process.wait()
        os.close(self.descriptor)
        self.life.running.remove(self)

    def said(self):
        return self.output.read_text(errors="replace"), self.errors.read_text(errors="replace")


class Life:
    def __init__(self, scene, state, seed):
        self.scene, self.state = scene, scene.states[state]
        self.mark = f"canary-{seed:08x}"
        self.folder = Path(tempfile.mkdtemp(prefix="life-", dir=scene.folder))
        for name in ("station", "store"):
            shutil.copytree(self.state.folder / name, self.folder / name)
        (self.folder / "log").mkdir()
        self.running, self.program_count, self.store, self.backup_count = [], 0, None, 0
        self.respondents, self.texts, self.again = [], dict(self.state.texts), False
        self.next_number, self.also_thanked = 1, set()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        for program in list(self.running):
            program.kill()
            program.forget()
        shutil.rmtree(self.folder)

    # --- what happens at a station and its store ---
    def start(self, name, *arguments, prefix=(), environment=None):
        return Program(self, name, [*prefix, str(self.scene.programs / name), *map(str, arguments)], environment)

    def start_respondents(self, sizes_bytes, *flags, **how):
        program = self.start("fault_respondents", "--station", self.folder / "station", "--today", TODAY, "--mark", self.mark,
                             "--first", self.next_number, "--sizes", *sizes_bytes, *flags, **how)
        self.respondents.append(program)
        for number, size_bytes in enumerate(sizes_bytes, self.next_number):
            self.texts[text_of(self.mark, number, size_bytes)] = number
        self.next_number += len(sizes_bytes)
        return program

    def start_sync(self, **how):
        return self.start("pillarbox-sync", "run", "--station", self.folder / "station", **how)

    def start_store(self, **how):
        """Returns once it listens, or has ended. Where it can't write that it listens, it is asked after a while."""
        self.store = self.start("pillarbox-store", "serve", "--data", self.folder / "store", "--listen", self.scene.address,
                                **how)
        while self.store.is_running() and b"listening" not in self.store.output.read_bytes():
            waited_s = time.monotonic() - self.store.started
            if waited_s > MUTE_S and self.scene.somebody_listens():
                break
            if waited_s > PATIENCE_S:
                raise Broken("pillarbox-store hangs before it listens")
            time.sleep(0.001)
        return self.store

    def start_backup(self, **how):
        self.backup_count += 1
        return self.start("pillarbox-store", "backup", "--data", self.folder / "store", "--to",
                          self.folder / f"backup-{self.backup_count}.db", **how)

    # --- what has to hold ---
    def expect(self, program, *codes):
        code = program.wait()
        if code not in codes:
            raise Broken(f"{program.name} without a fault ended with {code}: {program.said()[1].strip()[-300:]}")
        return program.said()[0]

    def thanked(self):
        """Of whole lines only: half a line is a person who read half of the page."""
        numbers = set(self.state.texts.values()) | self.also_thanked
        for program in self.respondents:
            numbers |= {int(number) for number in re.findall(r"^thanked (\d+)\n", program.said()[0], re.MULTILINE)}
        return numbers

    def check_residue(self, when):
        needles = [needle for needle in encodings(self.mark) if len(needle) >= 12]
        for path in self.folder.rglob("*"):
            if path.is_file() and "opened" not in path.parts:
                content = path.read_bytes()
                if any(needle in content for needle in needles):
                    raise Broken(f"I2 {when}, {path.relative_to(self.folder)} holds an answer in plain text")

    def finish(self):
        """Without faults everything completes: all responses get to the store, the kiosk purges, the committee opens."""
        if self.store is None or not self.store.is_running():
            self.start_store()
        sent = self.expect(self.start_sync(), 0)
        if not self.state.is_sole_copy:
            self.expect(self.start_backup(), 0)
            sent += self.expect(self.start_sync(), 0)
        status = self.expect(self.start("pillarbox-sync", "status", "--station", self.folder / "station"), 0)
        if not re.search(r"^waiting 0 batched 0 acknowledged \d+ quarantined 0$", status, re.MULTILINE):
            raise Broken(f"I1 the station still keeps something after all was sent: {status.splitlines()[-1]}")
        self.store.process.terminate()
        self.expect(self.store, 0)
        self.store = None

    def open_all(self):
        """Texts of all responses that the committee opens, and how many envelopes the store has."""
        exported = self.expect(self.start("pillarbox-store", "export", "--data", self.folder / "store", "--out",
                                          self.folder / "export"), 0)
        self.expect(self.start("pillarbox", "open", "--export", self.folder / "export", "--pack", self.scene.pack,
                               "--committee-key", self.scene.committee_key, "--identity", self.scene.identity,
                               "--out", self.folder / "opened"), 0)
        opened = json.loads((self.folder / "opened/responses.json").read_text(encoding="utf-8"))["value"]
        return [row["short"]["short_text"] for row in opened], int(re.match(r"exported (\d+)", exported).group(1))

    def check(self):
        self.finish()
        self.check_residue("at the end")
        texts, envelope_count = self.open_all()
        counted, thanked = collections.Counter(texts), self.thanked()
        for text, number in self.texts.items():
            count = counted.pop(text, 0)
            if number in thanked and count == 0:
                raise Broken(f"I1 response {number} was thanked and is lost")
            if count > 1:
                raise Broken(f"I1 response {number} came {count} times")
        if counted:
            raise Broken("I3 a response came that is not whole, or that nobody gave")
        # A save that was told as failed and tried again may be there twice under one uuid: the desk counts it once.
        if envelope_count != len(texts) and not (self.again and envelope_count > len(texts)):
            raise Broken(f"I1 the store has {envelope_count} envelopes of {len(texts)} responses")


class State:
    def __init__(self, folder, is_sole_copy, texts):
        self.folder, self.is_sole_copy, self.texts = folder, is_sole_copy, texts


class Scene:
    """The committee, the port, and the states from which runs begin."""

    def __init__(self, programs):
        self.programs = programs.resolve()
        # In memory where there is such a place: neither a killed process nor a failed call asks what the disk has flushed.
        in_memory = "/dev/shm" if "TMPDIR" not in os.environ and os.access("/dev/shm", os.W_OK) else None
        self.folder = Path(tempfile.mkdtemp(prefix="pillarbox-faults-", dir=in_memory))
        self.states = {}
        # Bound and never listened at: no other process is given this port, and the store may listen there (SO_REUSEADDR).
        self.reservation = socket.socket()
        self.reservation.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        self.reservation.bind(("127.0.0.1", 0))
        self.address = "127.0.0.1:%d" % self.reservation.getsockname()[1]

    def __enter__(self):
        self.way = Way(self.programs, Path(__file__).resolve().parents[3], self.folder)
        self.way.make_campaign()
        self.pack, self.committee_key = self.folder / "committee/campaign.pack", self.way.committee_key
        self.identity = self.folder / "committee/sealing.key"
        for name, flags in (("sole", ["--sole-copy"]), ("backed", [])):
            self.way.run("pillarbox-store", "init", "--data", self.folder / "store", "--name", "store.test.pillarbox", *flags)
            self.way.start_store(self.address)
            self.way.enrol_kiosk(f"https://{self.address}")
            self.way.run("pillarbox-sync", "enrol", "--station", self.folder / "station")
            self.way.stop_store()
            self.add_state(name, self.folder, bool(flags), {})
        return self

    def __exit__(self, *_):
        self.way.close()
        self.reservation.close()
        shutil.rmtree(self.folder)

    def somebody_listens(self):
        with socket.socket() as probe:
            return probe.connect_ex(self.reservation.getsockname()) == 0

    def begin(self, state, seed):
        return Life(self, state, seed)

    def add_state(self, name, folder, is_sole_copy, texts):
        """Takes the station and the store out of the folder."""
        place = self.folder / "states" / name
        place.mkdir(parents=True)
        for part in ("station", "store"):
            shutil.move(folder / part, place / part)
        self.states[name] = State(place, is_sole_copy, texts)

    def grow_state(self, name, origin, live):
        """A further state: what is left when `live(life)` has gone on from another one."""
        with self.begin(origin, 0xFFFFFFFF) as life:
            life.next_number = 1_000_000 * (len(self.states) + 1)
            live(life)
            if life.store is not None:
                life.store.process.terminate()
                life.expect(life.store, 0)
            texts = {text: number for text, number in life.texts.items() if number in life.thanked()}
            self.add_state(name, life.folder, life.state.is_sole_copy, texts)
            for part in ("station", "store"):
                (life.folder / part).mkdir()
