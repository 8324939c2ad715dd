# SPDX-License-Identifier: GPL-3.0-or-later
"""The figures that need a display: start, idle share, page turns and memory of the kiosk. Xvfb, drawn by Mesa's llvmpipe."""
import os
import subprocess
import time
from pathlib import Path

from processes import largest_pss_mib, processor_ns, processor_time_us, pss_mib

TO_FIRST_QUESTIONS = """tap button "Start"
tap button "Next"
tap button "I understand, continue"
expect heading "Who are you answering as?"
tap radio "For myself"
"""
TURNS = 10  # there and back


def kiosk_command(way, programs):
    return [programs / "pillarbox-kiosk", "--station", way.folder / "station", "--today", "2023-01-20", "--windowed",
            "--size", "1080x1920"]


def first_page_us(way, programs, command):
    done = subprocess.run([programs / "bench_first_page", *command], env=way.environment, capture_output=True, text=True,
                          timeout=120)
    if done.returncode != 0:
        raise RuntimeError(done.stderr.strip())
    return float(done.stdout.split()[-1])


def start(way, programs, pairs):
    samples = []
    for pair in range(-1, pairs):
        ours = first_page_us(way, programs, kiosk_command(way, programs))
        peer = first_page_us(way, programs, [programs / "bench_empty_window"])
        if pair >= 0:
            samples.append((ours, peer))
    return samples


def idle_and_memory(way, programs, seconds):
    """A kiosk that nobody touches, from five seconds after its start on."""
    kiosk = subprocess.Popen(list(map(str, kiosk_command(way, programs))), env=way.environment, stdout=subprocess.DEVNULL,
                             stderr=subprocess.DEVNULL)
    try:
        time.sleep(5)
        before, begin = processor_ns(kiosk.pid), time.monotonic()
        time.sleep(seconds)
        spent, passed = processor_ns(kiosk.pid) - before, time.monotonic() - begin
        return spent / passed / 1e7, pss_mib(kiosk.pid)
    finally:
        kiosk.terminate()
        kiosk.wait(timeout=20)


def rehearsal_us(way, programs, turns):
    scenario = way.folder / f"turns-{turns}.scenario"
    scenario.write_text(TO_FIRST_QUESTIONS + 'tap button "Next"\ntap button "Back"\n' * turns)
    return processor_time_us([programs / "pillarbox-rehearse", "--station", way.folder / "station", "--today", "2023-01-20",
                              "--scenario", scenario, "--screenshots", way.folder / "shots"], way.environment)


def empty_frames_us(way, programs, frames):
    return processor_time_us([programs / "bench_empty_window", "--filled", "--frames", frames], way.environment, until="frames drawn")


def page_turns(way, programs, pairs):
    """Processor time of all threads: a run with turns less a run without, and so for the peer's frames."""
    frames = 60
    samples = []
    for _ in range(pairs):
        ours = (rehearsal_us(way, programs, TURNS) - rehearsal_us(way, programs, 0)) / (2 * TURNS)
        peer = (empty_frames_us(way, programs, frames + 1) - empty_frames_us(way, programs, 1)) / frames
        samples.append((ours, peer))
    return samples


def session_memory(way, programs, source):
    """Without the screenshots, which are the player's and not the kiosk's."""
    steps = (source / "tests/scenarios/full-path.scenario").read_text().splitlines()
    scenario = way.folder / "session.scenario"
    scenario.write_text("\n".join(step for step in steps if not step.startswith("screenshot")))
    return largest_pss_mib([programs / "pillarbox-rehearse", "--station", way.folder / "station", "--today", "2023-01-20",
                            "--scenario", scenario, "--screenshots", way.folder / "shots"],
                           way.environment)


def stop_reason():
    """Why there can be no display here, or nothing."""
    return "" if any(os.access(Path(folder) / "Xvfb", os.X_OK) for folder in os.get_exec_path()) else "Xvfb is not installed"
