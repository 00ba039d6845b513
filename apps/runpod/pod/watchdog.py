"""Stops this pod when its time is over, or when nothing has happened for too long; runs on the pod, whoever else is gone.

Reads one JSON object from standard input: podId, baseUrl, apiKey, action ("stop" or "terminate"), secondsLeft, idleSeconds,
checkSeconds, control (folder), runs (folder). The key stays in the memory of this process.
"""

import json
import os
import subprocess
import sys
import time
import urllib.request

# Less of one core than this over the time between two looks is waiting, not work.
WORKING_SHARE = 0.01
GPU_WORKING_PERCENT = 5


def newest_change(folders):
    """Largest modification time and total size below the folders."""
    newest, size = 0.0, 0
    for top in folders:
        for parent, _, names in os.walk(top):
            for name in names:
                try:
                    stat = os.stat(os.path.join(parent, name))
                except OSError:
                    continue
                newest, size = max(newest, stat.st_mtime), size + stat.st_size
    return newest, size


def processor_seconds(own):
    """Time that all processes but this one have worked so far."""
    total = 0.0
    ticks = os.sysconf("SC_CLK_TCK")
    for name in os.listdir("/proc"):
        if not name.isdigit() or int(name) == own:
            continue
        try:
            with open(f"/proc/{name}/environ", "rb") as file:
                if b"ARAE_RUN=" not in file.read():
                    continue
            with open(f"/proc/{name}/stat", "rb") as file:
                fields = file.read().rsplit(b")", 1)[1].split()
        except OSError:
            continue
        total += (int(fields[11]) + int(fields[12])) / ticks
    return total


def gpu_percent():
    try:
        asked = ["nvidia-smi", "--query-gpu=utilization.gpu", "--format=csv,noheader,nounits"]
        said = subprocess.run(asked, capture_output=True, text=True, timeout=20, check=True).stdout
        return max((int(line) for line in said.split()), default=0)
    except (OSError, ValueError, subprocess.SubprocessError):
        return 0


def stop_pod(settings):
    """Asks until it is done: there is nothing else left to do."""
    url = f"{settings['baseUrl']}/pods/{settings['podId']}/action"
    body = json.dumps({"action": settings["action"]}).encode()
    wait = 1
    while True:
        request = urllib.request.Request(url, data=body, method="POST")
        request.add_header("authorization", "Bearer " + settings["apiKey"])
        request.add_header("content-type", "application/json")
        try:
            with urllib.request.urlopen(request, timeout=30):
                return
        except OSError:
            time.sleep(wait)
            wait = min(60, wait * 2)


def watch(settings):
    control, check = settings["control"], settings["checkSeconds"]
    end = time.monotonic() + settings["secondsLeft"]
    watched = [settings["runs"], os.path.join(control, "signs")]
    last_sign = time.monotonic()
    before, worked = newest_change(watched), processor_seconds(os.getpid())
    while True:
        time.sleep(min(check, max(0.0, end - time.monotonic())))
        now = time.monotonic()
        change, work = newest_change(watched), processor_seconds(os.getpid())
        is_working = work - worked > WORKING_SHARE * check or gpu_percent() >= GPU_WORKING_PERCENT
        if change != before or is_working:
            last_sign = now
        before, worked = change, work
        reason = None
        if now >= end:
            reason = "time or money is spent"
        elif now - last_sign >= settings["idleSeconds"]:
            reason = "nothing has happened for too long"
        if reason is not None:
            with open(os.path.join(control, "watchdog.log"), "a", encoding="utf-8") as log:
                log.write(f"{time.strftime('%Y-%m-%dT%H:%M:%SZ', time.gmtime())} {settings['action']}: {reason}\n")
            stop_pod(settings)
            return


if __name__ == "__main__":
    given = json.loads(sys.stdin.readline())
    # The connection that started this may end.
    if os.fork() > 0:
        os._exit(0)
    os.setsid()
    null = os.open(os.devnull, os.O_RDWR)
    for descriptor in (0, 1, 2):
        os.dup2(null, descriptor)
    os.makedirs(os.path.join(given["control"], "signs"), exist_ok=True)
    pid_file = os.path.join(given["control"], "watchdog.pid")
    # A new one takes the place of the last one, with its new limits.
    try:
        with open(pid_file, encoding="ascii") as file:
            old = int(file.read())
        with open(f"/proc/{old}/cmdline", "rb") as file:
            if b"watchdog.py" in file.read():
                os.kill(old, 15)
    except (OSError, ValueError):
        pass
    with open(pid_file, "w", encoding="ascii") as file:
        file.write(str(os.getpid()))
    watch(given)
