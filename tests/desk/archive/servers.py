#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Bags handed over to real servers on this machine: WebDAV over TLS as rclone serves it, SFTP by OpenSSH, and a bucket (bucket.py).

usage: servers.py KIND BIN_FOLDER [--kills N] [--seed S]     KIND: webdav, sftp, s3

What arrived is compared file by file with what was sent, and verified by the program and by sha512sum. Killed at drawn moments, a bag that
has its name is whole, and the next run ends it. Controls: a damaged copy, a file too many, another bag of the same name, a wrong password
or key, and a server that can't prove who it is must each be told, and change nothing at the archive.
"""
import argparse
import json
import os
import random
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))
import bucket  # noqa: E402

PATIENCE_S = 60
TRUST, NETWORK, MACHINE, DAMAGED, USAGE, BAD_INPUT = 5, 6, 4, 7, 2, 3
USER, PASSWORD, REGION = "las", "a passphrase of the archive's", "eu-west-2"


def fail(sentence):
    sys.exit(f"servers: {sentence}")


def free_port():
    with socket.socket() as held:
        held.bind(("127.0.0.1", 0))
        return held.getsockname()[1]


def quietly(*command):
    subprocess.run([str(word) for word in command], check=True, capture_output=True)


def files_of(folder):
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


class Server:
    """A server's process over a folder, with the target file that leads to it."""

    def __init__(self, folder):
        self.folder, self.root, self.process = folder, folder / "root", None
        self.root.mkdir()

    def start(self, command, port):
        self.log = (self.folder / "server.log").open("w+")
        self.process = subprocess.Popen([str(word) for word in command], stdout=self.log, stderr=subprocess.STDOUT, stdin=subprocess.DEVNULL)
        for _ in range(PATIENCE_S * 20):
            if self.process.poll() is not None:
                fail(f"{command[0]} ended: {(self.folder / 'server.log').read_text()[-500:]}")
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", port)) == 0:
                    return
            time.sleep(0.05)
        fail(f"{command[0]} does not answer")

    def stop(self):
        if self.process is not None:
            self.process.send_signal(signal.SIGTERM)
            try:
                self.process.wait(10)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()
            self.log.close()

    def write_target(self, name="target.json", **fields):
        path = self.folder / name
        path.write_text(json.dumps({"pillarbox_archive_target": 1, **fields}))
        path.chmod(0o600)
        return path


class WebDav(Server):
    needs = ("rclone", "openssl")

    def __init__(self, folder):
        super().__init__(folder)
        port = free_port()
        for name in ("ca", "other"):
            quietly("openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "30", "-subj", f"/CN={name}",
                    "-keyout", folder / f"{name}.key", "-out", folder / f"{name}.pem")
        quietly("openssl", "req", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-subj", "/CN=archive",
                "-keyout", folder / "server.key", "-out", folder / "server.csr")
        (folder / "names").write_text("subjectAltName=IP:127.0.0.1\n")
        quietly("openssl", "x509", "-req", "-in", folder / "server.csr", "-CA", folder / "ca.pem", "-CAkey", folder / "ca.key", "-CAcreateserial",
                "-days", "30", "-extfile", folder / "names", "-out", folder / "server.pem")
        self.fields = {"kind": "webdav", "url": f"https://127.0.0.1:{port}/", "user": USER, "password": PASSWORD, "certificate_authority": "ca.pem"}
        self.start(["rclone", "serve", "webdav", "--config", "/dev/null", "--addr", f"127.0.0.1:{port}", "--cert", folder / "server.pem",
                    "--key", folder / "server.key", "--user", USER, "--pass", PASSWORD, "--dir-cache-time", "0s", self.root], port)
        self.target = self.write_target(**self.fields)

    def wrong_targets(self):
        return [({"password": "another"}, NETWORK), ({"certificate_authority": "other.pem"}, TRUST), ({"url": self.fields["url"] + "nowhere/"}, MACHINE)]


class Sftp(Server):
    needs = ("sshd", "ssh-keygen")  # in no list of packages: to install the server would open a machine to the network

    def __init__(self, folder):
        super().__init__(folder)
        port = free_port()
        for name in ("host", "client", "stranger", "other_host"):
            quietly("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", name, "-f", folder / name)
        shutil.copy(folder / "client.pub", folder / "authorized_keys")
        for name in ("host", "other_host"):
            (folder / f"known_{name}").write_text(f"[127.0.0.1]:{port} " + " ".join((folder / f"{name}.pub").read_text().split()[:2]) + "\n")
        user = subprocess.run(["id", "-un"], check=True, capture_output=True, text=True).stdout.strip()
        self.fields = {"kind": "sftp", "url": f"sftp://127.0.0.1:{port}{self.root}/", "user": user, "private_key": "client",
                       "known_hosts": "known_host"}
        self.start(self.command(port), port)
        self.target = self.write_target(**self.fields)

    def command(self, port):
        if os.geteuid() == 0:
            Path("/run/sshd").mkdir(mode=0o755, exist_ok=True)  # sshd asks for it; Debian's service makes it at every start
        (self.folder / "sshd_config").write_text(
            f"ListenAddress 127.0.0.1\nPort {port}\nHostKey {self.folder}/host\nAuthorizedKeysFile {self.folder}/authorized_keys\nPidFile none\n"
            "StrictModes no\nUsePAM no\nPasswordAuthentication no\nPermitRootLogin prohibit-password\nSubsystem sftp internal-sftp\n")
        return [shutil.which("sshd") or "/usr/sbin/sshd", "-D", "-e", "-f", self.folder / "sshd_config"]

    def wrong_targets(self):
        return [({"private_key": "stranger"}, NETWORK), ({"known_hosts": "known_other_host"}, TRUST),
                ({"url": self.fields["url"] + "nowhere/"}, None)]


class S3(Server):
    needs = ()

    def __init__(self, folder):
        super().__init__(folder)
        if not bucket.check_example():
            fail("the bucket does not compute AWS's published example")
        self.bucket = bucket.Bucket(self.root, "AKIDEXAMPLE", "a secret/key", REGION)
        self.bucket.page = 7  # so that lists have pages
        self.fields = {"kind": "s3", "url": self.bucket.url, "region": REGION, "user": "AKIDEXAMPLE", "password": "a secret/key"}
        self.target = self.write_target(**self.fields)

    def stop(self):
        self.bucket.stop()

    def wrong_targets(self):
        return [({"password": "another"}, NETWORK), ({"region": "us-east-1"}, NETWORK), ({"user": "AKIDOTHER"}, NETWORK),
                ({"url": self.bucket.url.replace("root/", "nobucket/")}, MACHINE)]


KINDS = {"webdav": WebDav, "sftp": Sftp, "s3": S3}


class Archive:
    def __init__(self, programs, folder, server):
        self.programs, self.folder, self.server, self.made, self.bags = programs, folder, server, folder / "made", folder / "bags"
        quietly(programs / "make_responses", "--seed", "5", "--count", "300", self.made)
        self.make(self.bags, "2023-03-01")
        # Names that have to be encoded, in files and folders.
        odd = self.folder / "odd"
        odd.mkdir()
        (odd / "100% r\u00e9sum\u00e9 + #1?.txt").write_text("odd\n")
        (odd / "empty").write_text("")
        (odd / "a folder").mkdir()
        (odd / "a folder" / "large").write_bytes(bytes(range(256)) * 12000)
        self.make(self.folder / "odd-bags", "2023-03-01", "--released", odd)
        self.bag = self.folder / "odd-bags" / "las-strategy-2023-28-open-001"

    def make(self, out, day, *more):
        quietly(self.programs / "pillarbox", "archive", "make", "--export", self.made / "export", "--pack", self.made / "campaign.pack", "--committee-key",
                (self.made / "committee-key.txt").read_text().strip(), "--identity", self.made / "sealing.key", "--out", out, "--day", day, *more)

    def command(self, *bags, target=None):
        return [str(word) for word in (self.programs / "pillarbox", "archive", "hand-over", *bags, "--target", target or self.server.target)]

    def hand_over(self, *bags, expected=0, target=None):
        done = subprocess.run(self.command(*bags, target=target), capture_output=True, text=True, timeout=PATIENCE_S)
        self.said = done.stdout + done.stderr
        if expected is not None and done.returncode != expected:
            fail(f"a hand-over ended with {done.returncode}, not {expected}: {self.said.strip()}")
        if PASSWORD in self.said or "a secret/key" in self.said:
            fail("a password was printed")
        return done.returncode

    def check_arrived(self, *bags):
        for bag in bags:
            there = self.server.root / bag.name
            if files_of(bag) != files_of(there):
                fail(f"{bag.name} did not arrive as it was sent")
            quietly(self.programs / "pillarbox", "archive", "verify", there)
            for manifest in ("manifest-sha512.txt", "tagmanifest-sha512.txt"):
                if subprocess.run(["sha512sum", "-c", "--quiet", "--strict", manifest], cwd=there, capture_output=True).returncode != 0 and "100%" not in \
                        (there / manifest).read_text():  # sha512sum knows no %25
                    fail(f"{manifest} of {bag.name} does not hold")
        left = [path.name for path in self.server.root.iterdir() if path.name.startswith(".")]
        if left:
            fail(f"halves were left: {left}")

    def empty(self):
        for path in self.server.root.iterdir():
            shutil.rmtree(path)


def kill(archive, bags, chance, kills):
    start = time.monotonic()
    archive.empty()
    archive.hand_over(*bags)
    whole_s = time.monotonic() - start
    killed = 0
    for number in range(kills):
        if number % 4 == 0:
            archive.empty()
        process = subprocess.Popen(archive.command(*bags), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        time.sleep(chance.random() * whole_s * 0.9)
        process.kill()
        killed += process.wait() != 0
        time.sleep(0.1)  # the server ends what it had begun
        for bag in bags:
            there = archive.server.root / bag.name
            if (there / "bagit.txt").exists() and files_of(there) != files_of(bag):
                fail(f"{bag.name} has its name and is not whole, killed in run {number}")
    archive.hand_over(*bags)
    archive.check_arrived(*bags)
    if killed < kills // 3:
        fail("too few runs were killed: nothing is proven")
    return killed


def check_controls(archive, other):
    bag, there = archive.bag, archive.server.root / archive.bag.name
    before = files_of(archive.server.root)
    # Another bag of the same name: made on another day.
    archive.hand_over(other, expected=MACHINE)
    if files_of(archive.server.root) != before:
        fail("another bag of the same name was touched")
    large = there / "data/released/a folder/large"
    content = large.read_bytes()
    large.write_bytes(content[:-1] + b"x")
    archive.hand_over(bag, expected=DAMAGED)
    large.write_bytes(content[:-1])
    archive.hand_over(bag, expected=DAMAGED)
    large.write_bytes(content)
    archive.hand_over(bag)
    if "was there already" not in archive.said:
        fail("a bag that is there whole was not found so")
    # A bag that is not valid here is not sent.
    copy = archive.folder / "copy" / bag.name
    shutil.copytree(bag, copy)
    (copy / "data/released/empty").write_text("x")
    archive.hand_over(copy, expected=DAMAGED)
    if isinstance(archive.server, S3):
        (there / "data/more.txt").write_text("more")
        archive.hand_over(bag, expected=DAMAGED)  # was there whole, and holds more
        (there / "data/more.txt").unlink()
        (there / "bagit.txt").unlink()  # half of a bag, and it is another's
        (there / "data/more.txt").write_text("more")
        archive.hand_over(bag, expected=MACHINE)
        if (there / "bagit.txt").exists():
            fail("a bag was made of ours and of another's half")


def check_wrong_targets(archive):
    archive.empty()
    if isinstance(archive.server, S3):  # says that it has the file, and has another
        archive.server.bucket.spoils = "large"
        archive.hand_over(archive.bag, expected=DAMAGED)
        archive.server.bucket.spoils = None
        if (archive.server.root / archive.bag.name / "bagit.txt").exists():
            fail("what did not arrive whole is taken for a bag")
        archive.empty()
    for changed, expected in archive.server.wrong_targets():
        target = archive.server.write_target("wrong.json", **{**archive.server.fields, **changed})
        code = archive.hand_over(archive.bag, expected=expected, target=target)
        if code == 0 or any(archive.server.root.iterdir()):
            fail(f"with {sorted(changed)} wrong it ended with {code}, and something was sent")
    open_target = archive.server.write_target("open.json", **archive.server.fields)
    open_target.chmod(0o644)
    archive.hand_over(archive.bag, expected=USAGE, target=open_target)
    for wrong in ({"kind": "ftp"}, {"url": "ftp://127.0.0.1/"}, {"unknown": "x"}, {"url": "http://192.0.2.1/x/"}, {"url": 3}):
        target = archive.server.write_target("wrong.json", **{**archive.server.fields, **wrong})
        if archive.hand_over(archive.bag, expected=None, target=target) not in (USAGE, BAD_INPUT):
            fail(f"a target with {wrong} was taken: {archive.said}")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("kind", choices=sorted(KINDS))
    parser.add_argument("programs", type=Path)
    parser.add_argument("--kills", type=int, default=8)
    parser.add_argument("--seed", type=int, default=7)
    options = parser.parse_args()
    os.environ["PATH"] += ":/usr/sbin"
    missing = [name for name in KINDS[options.kind].needs if shutil.which(name) is None]
    if missing:
        print(f"SKIPPED: a hand-over by {options.kind}: {', '.join(missing)} not installed")
        return
    chance = random.Random(options.seed)
    with tempfile.TemporaryDirectory(prefix="pillarbox-server-") as name:
        folder = Path(name).resolve()
        server = KINDS[options.kind](folder)
        try:
            archive = Archive(options.programs, folder, server)
            bags = [*sorted(archive.bags.iterdir())[:-1], archive.bag]
            archive.make(folder / "other", "2023-04-01")
            killed = kill(archive, bags, chance, options.kills)
            check_controls(archive, folder / "other" / archive.bag.name)
            check_wrong_targets(archive)
        finally:
            server.stop()
    print(f"{options.kind}: {len(bags)} bags arrived whole, {killed} of {options.kills} runs killed before their end, seed {options.seed}")


if __name__ == "__main__":
    main()
