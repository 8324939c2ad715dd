#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The whole road from kiosk to store under faults: SIGKILL to any party, connections cut at random bytes, sticks that come twice,
late and in another order, kiosks and stores put back to old copies. Even seeds have their store in a file, odd ones in PostgreSQL.
See README.md."""
import contextlib
import os
import random
import shutil
import socket
import subprocess
import tempfile
import threading
import time
from pathlib import Path

from life import SIZES_BYTES, Broken, Scene
from many_runs import run_many

DEEDS = ("answer", "send", "send cut", "stick", "old stick", "back up", "put kiosk back", "put store back")
WEIGHTS = (5, 4, 4, 3, 2, 2, 2, 2)
NOT_REFILLED, TOO_OLD = CONTROLS = ("what the store lost is not refilled", "a kiosk put back to a copy without what it gave thanks for")
USUAL_S = 0.15  # of any program here; victims die at a part of it


class CuttingProxy:
    """An HTTP proxy for `pillarbox-sync --proxy`: cuts a connection once it has carried so many bytes, of either side."""

    def __init__(self, cut_after_bytes):
        self.left = cut_after_bytes
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.url = "http://127.0.0.1:%d" % self.listener.getsockname()[1]
        threading.Thread(target=self.serve, daemon=True).start()

    def serve(self):
        with contextlib.suppress(OSError):
            while True:
                client = self.listener.accept()[0]
                threading.Thread(target=self.carry, args=(client,), daemon=True).start()

    def carry(self, client):
        with contextlib.suppress(OSError, IndexError, ValueError), client:
            request = b""
            while b"\r\n\r\n" not in request:
                request += client.recv(1)
            host, port = request.split()[1].decode().rsplit(":", 1)
            with socket.create_connection((host, int(port)), timeout=5) as server:
                client.sendall(b"HTTP/1.1 200 OK\r\n\r\n")
                back = threading.Thread(target=self.pump, args=(server, client), daemon=True)
                back.start()
                self.pump(client, server)
                back.join(10)

    def pump(self, source, target):
        with contextlib.suppress(OSError):
            while self.left > 0 and (piece := source.recv(min(4096, self.left))):
                self.left -= len(piece)
                target.sendall(piece)
        for side in (source, target):
            with contextlib.suppress(OSError):
                side.shutdown(socket.SHUT_RDWR)

    def close(self):
        self.listener.close()


class Postgres:
    """A server of our own, on a Unix socket, as the user postgres where root starts it. Each run has a schema."""

    def __init__(self):
        self.process = None
        places = sorted(Path("/usr/lib/postgresql").glob("*/bin/postgres"))
        if not places:
            print("SKIPPED: PostgreSQL is not installed: its runs are made over SQLite")
            return
        self.programs = places[-1].parent
        self.as_user = ["setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups"] if os.getuid() == 0 else []
        self.folder = Path(tempfile.mkdtemp(prefix="pillarbox-pg-"))
        if self.as_user:
            shutil.chown(self.folder, "postgres", "postgres")
        self.ask("initdb", "-D", self.folder / "data", "-U", "pillarbox", "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync")
        self.process = subprocess.Popen(
            [*self.as_user, self.programs / "postgres", "-D", self.folder / "data", "-c", "listen_addresses=", "-c", "fsync=off",
             "-c", f"unix_socket_directories={self.folder}"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        for _ in range(600):
            if subprocess.run([self.programs / "pg_isready", "-q", "-h", self.folder]).returncode == 0:
                return
            time.sleep(0.05)
        raise SystemExit("PostgreSQL did not start")

    def ask(self, program, *arguments):
        subprocess.run([*self.as_user, self.programs / program, *map(str, arguments)], check=True, stdout=subprocess.DEVNULL)

    def new_address(self, schema):
        self.ask("psql", "-q", "-h", self.folder, "-U", "pillarbox", "-d", "postgres", "-c", f"CREATE SCHEMA {schema}")
        return f"postgres://pillarbox@/postgres?host={self.folder}&options=-csearch_path%3D{schema}"

    def forget(self, schemas):
        for schema in schemas:
            self.ask("psql", "-q", "-h", self.folder, "-U", "pillarbox", "-d", "postgres", "-c",
                     f"SET client_min_messages = warning; DROP SCHEMA {schema} CASCADE")

    def close(self):
        if self.process:
            self.process.send_signal(2)
            self.process.wait()
            shutil.rmtree(self.folder)


class Road:
    """One life on its way, and what it has put aside: sticks, backups, exports."""

    def __init__(self, life, dice, postgres, seed, figures):
        self.life, self.dice, self.postgres, self.seed, self.figures = life, dice, postgres, seed, figures
        self.sticks, self.backups, self.archives, self.schemas, self.put_backs, self.copies = [], [], [], [], 0, 0
        self.over_postgres = postgres.process is not None and seed % 2 == 1
        self.station, self.store = life.folder / "station", life.folder / "store"
        if self.over_postgres:
            self.move_to_postgres(None)

    def move_to_postgres(self, source):
        self.schemas.append(f"life_{self.seed}_{len(self.schemas)}")
        address = self.postgres.new_address(self.schemas[-1])
        self.ask("pillarbox-store", "migrate", "--data", self.store, "--to", address, *(["--from", f"sqlite:{source}"] if source
                                                                                        else []))

    def ask(self, *command):
        return self.life.expect(self.life.start(*command), 0)

    def victim(self, program, codes):
        """Perhaps killed at a random moment of its time. What lives ends with one of the codes."""
        if self.dice.random() < 0.4:
            time.sleep(self.dice.random() * USUAL_S)
            if program.is_running():
                program.kill()
                self.figures["killed"] += 1
        code = program.wait()
        if code not in (*codes, -9):
            raise Broken(f"{program.name} ended with {code}: {program.said()[1].strip()[-300:]}")
        return code == 0

    def stop_store(self):
        if self.life.store is not None:
            store, self.life.store = self.life.store, None
            if self.dice.random() < 0.5:
                store.kill()
                self.figures["killed"] += 1
            else:
                store.process.terminate()
            store.wait()

    def start_store(self):
        if self.life.store is None:
            self.life.start_store()

    def do(self, deed):
        self.figures[deed] += 1
        getattr(self, deed.replace(" ", "_"))()

    def answer(self):
        sizes_bytes = self.dice.choices(SIZES_BYTES, weights=(8, 4, 4, 2, 1), k=self.dice.randint(1, 5))
        self.victim(self.life.start_respondents(sizes_bytes), (0,))

    def send(self, *arguments):
        self.start_store()
        sync = self.life.start("pillarbox-sync", "run", "--station", self.station, *arguments)
        if self.dice.random() < 0.3:
            time.sleep(self.dice.random() * USUAL_S)
            self.stop_store()
        self.victim(sync, (0, 6))

    def send_cut(self):
        proxy = CuttingProxy(self.dice.randint(0, 40_000))
        self.send("--proxy", proxy.url)
        proxy.close()

    def export_stick(self):
        stick = self.life.folder / f"stick-{len(self.sticks)}"
        export = self.life.start("pillarbox-sync", "export", "--station", self.station, "--to", stick)
        whole = self.victim(export, (0,))
        if stick.exists():
            self.sticks.append(stick)
        return whole

    def bring(self, stick):
        self.victim(self.life.start("pillarbox-store", "import", "--data", self.store, "--from", stick), (0, 4, 5))
        self.victim(self.life.start("pillarbox-sync", "import-receipts", "--station", self.station, "--from", stick), (0, 4, 5))

    def stick(self):
        self.export_stick()
        if self.sticks and self.dice.random() < 0.7:  # else it lies about, and may come as an old one
            self.bring(self.sticks[-1])

    def old_stick(self):
        for stick in self.dice.sample(self.sticks, min(2, len(self.sticks))):
            self.bring(stick)

    def back_up(self):
        self.copies += 1  # a backup that was killed leaves its file, which no other replaces
        target = self.life.folder / f"copy-{self.copies}.db"
        if self.victim(self.life.start("pillarbox-store", "backup", "--data", self.store, "--to", target), (0,)):
            self.backups.append(target)

    def put_kiosk_back(self):
        """To a copy with nothing new in it: what was given since could be nowhere. All is drawn into batches before."""
        if not self.export_stick():
            return
        image = self.life.folder / "image"
        shutil.copytree(self.station, image)
        self.send()
        shutil.rmtree(self.station)
        shutil.move(image, self.station)

    def put_store_back(self):
        """To a backup that may be older than what kiosks have deleted. What there was is in an export."""
        if not self.backups:
            return
        self.stop_store()
        archive = self.life.folder / f"archive-{len(self.archives)}"
        self.ask("pillarbox-store", "export", "--data", self.store, "--out", archive)
        self.archives.append(archive)
        backup = self.dice.choice(self.backups)
        if self.over_postgres:
            self.move_to_postgres(backup)
        else:
            for suffix in ("-wal", "-shm"):
                (self.store / f"store.db{suffix}").unlink(missing_ok=True)
            shutil.copyfile(backup, self.store / "store.db")
        # The copy may be from before an earlier raise, so it is raised beyond any of them.
        self.put_backs += 1
        for _ in range(self.put_backs):
            self.ask("pillarbox-store", "epoch", "raise", "--data", self.store)

    def refill(self):
        self.stop_store()
        self.start_store()
        self.life.expect(self.life.start_sync(), 0)
        for archive in reversed(self.archives):
            refill = self.life.start("pillarbox-store", "refill", "--data", self.store, "--from", archive)
            if not self.victim(refill, (0,)):
                self.ask("pillarbox-store", "refill", "--data", self.store, "--from", archive)
        status = self.ask("pillarbox-store", "status", "--data", self.store)
        if "MISSING" in status:
            raise Broken("I1 a gap stays open though exports have all of it: " + status.splitlines()[-1])


class Run:
    def __init__(self, scene, postgres, arguments):
        self.scene, self.postgres, self.is_control, self.verbose = scene, postgres, arguments.control, arguments.verbose
        self.figures = {"killed": 0, "over PostgreSQL": 0} | {deed: 0 for deed in DEEDS}

    def __call__(self, seed):
        dice = random.Random(seed)
        control = CONTROLS[seed // 2 % len(CONTROLS)] if self.is_control else None
        state = dice.choice(("sole", "backed"))
        deeds = dice.choices(DEEDS, weights=WEIGHTS, k=dice.randint(4, 12))
        if control == NOT_REFILLED:
            state, deeds = "sole", ["back up"] * 5 + ["put store back"]
        elif control == TOO_OLD:
            deeds = ["send"]
        if self.verbose:
            print(f"seed {seed}: {state}, {', '.join(deeds)}")
        with self.scene.begin(state, seed) as life:
            road = Road(life, dice, self.postgres, seed, self.figures)
            self.figures["over PostgreSQL"] += road.over_postgres
            try:
                if control == TOO_OLD:
                    self.put_back_too_far(life)
                for deed in deeds:
                    if control == NOT_REFILLED and deed == "put store back":
                        life.expect(life.start_respondents([100]), 0)
                        road.start_store()
                        life.expect(life.start_sync(), 0)
                    road.do(deed)
                if control != NOT_REFILLED:
                    road.refill()
                life.check()
            except Broken as broken:
                return [str(broken)], control
            finally:
                road.stop_store()
                self.postgres.forget(road.schemas)
        return [], control

    def put_back_too_far(self, life):
        shutil.copytree(life.folder / "station", life.folder / "image")
        life.expect(life.start_respondents([100]), 0)
        shutil.rmtree(life.folder / "station")
        shutil.move(life.folder / "image", life.folder / "station")


@contextlib.contextmanager
def make_run(arguments):
    postgres = Postgres()
    try:
        with Scene(arguments.programs) as scene:
            run = Run(scene, postgres, arguments)
            yield run
            print("DONE " + ", ".join(f"{name} {count}" for name, count in run.figures.items()))
    finally:
        postgres.close()


run_many(__doc__, make_run)
