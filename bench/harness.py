"""What the benchmarks share: building, the processes that they start, and what they say of the machine."""

import os
import platform
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
OUTPUT = ROOT / "build" / "bench"
BUILD = ROOT / "build" / "profile-guided"
BINARIES = BUILD / "bin"
STATIC_BUILD = ROOT / "build" / "release-static"
STARTED_WITHIN_S = 60
IDLE_WINDOW_S = 0.1
IDLE_PATIENCE_S = 10
# Of one processor.
IDLE_SHARE = 0.2
RABBITMQ = {"RABBITMQ_TEST_PORT": "28672",
            "RABBITMQ_TEST_FOLDER": str(Path(tempfile.gettempdir()) / "hiratake-bench-rabbitmq"), **os.environ}


def install(*lists):
    subprocess.run([ROOT / "tools" / "install_packages.sh", *(ROOT / "packaging" / each for each in lists)], check=True)


def build(*programs):
    """The fastest release that there is."""
    configure = ["cmake", "--preset", "profile-guided", "-DHIRATAKE_BUILD_BENCHMARKS=ON",
                 "-DHIRATAKE_BUILD_BENCHMARK_PEERS=ON"]
    for command in (configure, [ROOT / "tools" / "build_profile_guided.sh", *programs]):
        subprocess.run(command, cwd=ROOT, check=True, stdout=subprocess.DEVNULL)


def build_static(*programs):
    """Those that need no shared library, in release."""
    for command in (["cmake", "--preset", "release-static"], ["cmake", "--build", STATIC_BUILD, "--target", *programs]):
        subprocess.run(command, cwd=ROOT, check=True, stdout=subprocess.DEVNULL)


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def cpu_s(process_ids):
    """What processes have used so far, all together."""
    def used(process_id):
        fields = Path(f"/proc/{process_id}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
    return sum(map(used, process_ids))


def busy_s():
    """What all processors together have worked since the machine was started."""
    user, nice, system, _, _, irq, softirq = map(
        int, Path("/proc/stat").read_text(encoding="ascii").splitlines()[0].split()[1:8])
    return (user + nice + system + irq + softirq) / os.sysconf("SC_CLK_TCK")


def wait_until_idle():
    """Until the processors rest from what was measured before; says so when they do not within the patience for it."""
    given_up_at = time.monotonic() + IDLE_PATIENCE_S
    while time.monotonic() < given_up_at:
        before = busy_s()
        time.sleep(IDLE_WINDOW_S)
        if busy_s() - before <= IDLE_SHARE * IDLE_WINDOW_S:
            return
    print(f"  goes on, though the machine has been busy for {IDLE_PATIENCE_S} s", file=sys.stderr)


def resident_bytes(process_ids):
    def resident(process_id):
        pages = Path(f"/proc/{process_id}/statm").read_text(encoding="ascii").split()[1]
        return int(pages) * os.sysconf("SC_PAGE_SIZE")
    return sum(map(resident, process_ids))


class NotStarted(SystemExit):
    """A program that has ended, or does not say that it is ready; nobody who minds ends the run."""


class Process:
    """A program under way, whose output goes to a file."""

    def __init__(self, command, log):
        self.name = Path(command[0]).name
        self.log = log
        with log.open("w", encoding="utf-8") as output:
            self.popen = subprocess.Popen([str(part) for part in command], stdout=output, stderr=subprocess.STDOUT)

    def wait_until(self, is_ready):
        """Waits until `is_ready` finds what it looks for in the output, and returns that."""
        deadline = time.monotonic() + STARTED_WITHIN_S
        while not (found := is_ready(self.log.read_text(encoding="utf-8"))):
            if self.popen.poll() is not None or time.monotonic() > deadline:
                raise NotStarted(f"{self.name} did not start; {self.log}:\n"
                                 f"{self.log.read_text(encoding='utf-8')[-2000:]}")
            time.sleep(0.01)
        return found

    def ids(self):
        """Of the process and its children."""
        children = Path(f"/proc/{self.popen.pid}/task/{self.popen.pid}/children").read_text(encoding="ascii")
        return [self.popen.pid, *map(int, children.split())]

    def cpu_s(self):
        return cpu_s(self.ids())

    def resident_bytes(self):
        return resident_bytes(self.ids())

    def is_running(self):
        return self.popen.poll() is None

    def end(self):
        self.popen.terminate()
        self.popen.wait(timeout=60)


class Processes:
    """What was started, ended in the reverse order; and the build whose programs they are."""

    def __init__(self, build_folder=BUILD):
        self.build = build_folder
        self.binaries = build_folder / "bin"
        self.running = []
        self.started = 0

    def start(self, command, ready):
        """`ready` is a text that the program prints, or a function of its output that finds something."""
        logs = self.build / "logs"
        logs.mkdir(parents=True, exist_ok=True)
        self.started += 1
        process = Process(command, logs / f"{self.started}-{Path(command[0]).name}.log")
        self.running.append(process)
        process.wait_until(ready if callable(ready) else lambda output: ready in output)
        return process

    def end(self, process):
        """Before the others."""
        self.running.remove(process)
        process.end()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        for process in reversed(self.running):
            process.end()


@contextmanager
def rabbitmq():
    """A RabbitMQ for the benchmarks alone; its URI."""
    try:
        yield run_rabbitmq_script("start")
    finally:
        run_rabbitmq_script("remove", check=False)


def run_rabbitmq_script(command, check=True):
    script = ROOT / "tests" / "support" / "rabbitmq.sh"
    return subprocess.run([script, command], check=check, capture_output=True, text=True, env=RABBITMQ).stdout.strip()


def rabbitmq_process_id():
    return int((Path(RABBITMQ["RABBITMQ_TEST_FOLDER"]) / "rabbitmq.pid").read_text(encoding="ascii"))


def describe_machine():
    lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    model = next((line.split(":")[1].strip() for line in lines if line.startswith("model name")), "unknown")
    return f"{os.cpu_count()} cores, {model}, Linux {platform.release()}"


def spread(values, form="{:,.0f}"):
    """The median, and the least and the most; a value that is alone as it is."""
    if len(values) == 1:
        return form.format(values[0])
    middle, least, most = (form.format(each) for each in (statistics.median(values), min(values), max(values)))
    return f"{middle} ({least} to {most})"
