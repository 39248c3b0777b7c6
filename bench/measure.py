"""What is measured, section by section: cells, each a dictionary with what was measured and the figures, or why not."""

import json
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import systems as names
from harness import STATIC_BUILD, NotStarted, cpu_s, resident_bytes, wait_until_idle
from systems import PREFETCH, Server

IN_FLIGHT = [1, 16, 100, 1000]
HANDLERS = [1, 10]
EVENTS_UNDER_WAY = 1000
TEXT_BYTES = [32, 1024, 32 * 1024, 1024 * 1024]
TEXTS_IN_FLIGHT = 16
SERVICES = [1, 10, 100]
QUEUES = [1, 100, 10_000]
CONNECTIONS = [1, 100, 1000]
# Sections that are about a trend rather than a rate have loads of half the time, but no less than this.
SHORTEST_LOAD_S = 0.3
MOST_ROUNDS_OF_TRENDS = 2
SPREAD_IN_FLIGHT = 1000
LOADED_IN_FLIGHT = 100
WAITING_WORKERS = 10_000
# Beside the time of the load itself: starting, warming up, waiting for what is still under way.
PATIENCE_S = 30
SAMPLED_EVERY_S = 0.05


class Failure(Exception):
    """Why a cell has no figures."""


def last_line(text):
    return (text.strip().splitlines() or ["no output"])[-1]


def run_client(command, seconds, while_running=None):
    """Runs a program that prints one line of JSON, and returns that."""
    with tempfile.TemporaryFile("w+") as output, tempfile.TemporaryFile("w+") as errors:
        with subprocess.Popen([str(part) for part in command], stdout=output, stderr=errors, text=True) as client:
            given_up_at = time.monotonic() + seconds + PATIENCE_S
            while client.poll() is None:
                if time.monotonic() > given_up_at:
                    client.kill()
                    raise Failure(f"no result within {PATIENCE_S} s")
                if while_running:
                    while_running()
                time.sleep(SAMPLED_EVERY_S if while_running else 0.01)
        output.seek(0)
        errors.seek(0)
        if client.returncode:
            raise Failure(last_line(errors.read()))
        return json.loads(last_line(output.read()))


class Measurements:
    """The systems under way, and the cells measured so far."""

    def __init__(self, processes, systems, arguments):
        self.processes = processes
        self.systems = systems
        self.rounds = arguments.rounds
        self.seconds = arguments.seconds
        self.is_quick = arguments.quick
        self.cells = []

    def add(self, section, system, round_number, measure, **what):
        """Measures one cell; a failure is kept in place of its figures."""
        cell = {"section": section, "system": system, "round": round_number, **what}
        try:
            cell.update(measure())
        except (Failure, NotStarted, OSError, ValueError) as error:
            cell["failed"] = str(error)
        self.cells.append(cell)
        told = [f"{value}" for value in what.values()]
        outcome = f"{cell['per_second']:,.0f} per second" if "per_second" in cell else cell.get("failed", "measured")
        print(f"  {section}, round {round_number + 1}: {', '.join([system, *told])}: {outcome}", file=sys.stderr)

    def load(self, system, mode, seconds=None, **options):
        """Puts a system under load; its figures, with the CPU time of all that took part."""
        seconds = seconds or self.seconds
        system.ensure_running()
        wait_until_idle()
        before = cpu_s(system.ids())
        figures = run_client(system.command(mode, seconds=seconds, **options), seconds)
        used_s = cpu_s(system.ids()) - before + figures["client_cpu_s"]
        return {**figures, "cpu_us_each": used_s * 1e6 / figures["in_all"]}

    def short(self):
        return max(self.seconds / 2, SHORTEST_LOAD_S)

    def rounds_of_trends(self):
        return min(self.rounds, MOST_ROUNDS_OF_TRENDS)

    def few(self, values):
        """All, or when time is short the least and the one before the most."""
        return [values[0], values[-2]] if self.is_quick else values

    def values(self, section, system, figure, **which):
        return [cell[figure] for cell in self.cells
                if cell["section"] == section and cell["system"] == system and figure in cell
                and all(cell[name] == value for name, value in which.items())]


def measure_calls(run):
    for round_number in range(run.rounds):
        for in_flight in IN_FLIGHT:
            for name, system in run.systems.items():
                run.add("calls", name, round_number, lambda: run.load(system, "call", in_flight=in_flight),
                        in_flight=in_flight)


def peak(run, name):
    """The highest median rate of the calls that were measured; measured now where they were not."""
    medians = [statistics.median(values) for in_flight in IN_FLIGHT
               if (values := run.values("calls", name, "per_second", in_flight=in_flight))]
    if medians:
        return max(medians)
    return run.load(run.systems[name], "call", in_flight=LOADED_IN_FLIGHT)["per_second"]


def measure_latency(run):
    for round_number in range(run.rounds):
        for name, system in run.systems.items():
            def at_half_the_peak():
                rate = round(peak(run, name) / 2)
                return {"rate": rate, **run.load(system, "call", rate=rate)}
            run.add("latency", name, round_number, at_half_the_peak)


def measure_events(run):
    for round_number in range(run.rounds):
        for handlers in HANDLERS:
            for name, system in run.systems.items():
                if system.events:
                    run.add("events", name, round_number,
                            lambda: run.load(system, "events", run.short(), handlers=handlers,
                                             in_flight=EVENTS_UNDER_WAY, prefetch=PREFETCH), handlers=handlers)


def memory_figures(run, system):
    """The service and its broker, idle and under load; the service is new."""
    service = system.services[-1]
    service.end()
    system.ensure_running()
    time.sleep(1)
    figures = {"idle_bytes": resident_bytes(service.ids())}
    if system.broker:
        figures["broker_idle_bytes"] = resident_bytes(system.broker.ids())
    loaded, broker_loaded = [], []

    def sample():
        loaded.append(resident_bytes(service.ids()))
        if system.broker:
            broker_loaded.append(resident_bytes(system.broker.ids()))
    run_client(system.command("call", seconds=run.seconds, in_flight=LOADED_IN_FLIGHT), run.seconds, sample)
    figures["loaded_bytes"] = max(loaded)
    if broker_loaded:
        figures["broker_loaded_bytes"] = max(broker_loaded)
    return figures


def first_reply(run, system):
    """From the start of the service to the first reply that a client, which is there already, has of it."""
    system.ensure_running()
    service = system.services[0]
    service.end()
    return run_client([*system.command("first"), "--", *service.command], run.seconds)


def shared_libraries(program):
    listed = subprocess.run(["ldd", program], check=False, capture_output=True, text=True).stdout
    return [line.split()[2] for line in listed.splitlines() if "=> /" in line]


def program_sizes(program):
    """Stripped, and with the shared libraries that it needs, but for those of the C and C++ compilers."""
    with tempfile.TemporaryDirectory() as folder:
        stripped = Path(folder) / "stripped"
        shutil.copy(program, stripped)
        subprocess.run(["strip", stripped], check=False, capture_output=True)
        size = stripped.stat().st_size
    of_the_system = ("libc.so", "libm.so", "libgcc_s.so", "libstdc++.so")
    needed = [each for each in shared_libraries(program) if not Path(each).name.startswith(of_the_system)]
    return {"stripped_bytes": size, "with_libraries_bytes": size + sum(Path(each).stat().st_size for each in needed)}


def static_program_sizes(program):
    if needed := shared_libraries(program):
        raise Failure(f"it is not static: it needs {needed[0]}")
    return program_sizes(program)


def measure_footprint(run):
    binaries = run.processes.binaries
    for round_number in range(run.rounds):
        for name, system in run.systems.items():
            if not system.services:
                continue
            run.add("memory", name, round_number, lambda: memory_figures(run, system))
            run.add("start", name, round_number, lambda: first_reply(run, system))
        run.add("workers", names.MEMORY_FIBERS, round_number,
                lambda: run_client([binaries / "waiting_workers", "wait", "memory://", f"workers={WAITING_WORKERS}"],
                                   run.seconds))
    programs = {name: system.services[0].program for name, system in run.systems.items() if system.services}
    programs[names.COMPUTE] = binaries / "compute"
    for name, program in programs.items():
        run.add("size", name, 0, lambda: program_sizes(program))
    run.add("size", names.COMPUTE_STATIC, 0, lambda: static_program_sizes(STATIC_BUILD / "bin" / "compute"))


def measure_texts(run):
    for round_number in range(run.rounds_of_trends()):
        for text_bytes in run.few(TEXT_BYTES):
            for name, system in run.systems.items():
                run.add("texts", name, round_number,
                        lambda: run.load(system, "call", run.short(), in_flight=TEXTS_IN_FLIGHT,
                                         text_bytes=text_bytes), text_bytes=text_bytes)


def measure_services(run):
    for services in run.few(SERVICES):
        extra = {}
        for name in (names.RABBITMQ, names.EMBEDDED):
            run.systems[name].services[0].end()
            program = run.processes.binaries / "many_services"
            extra[name] = Server(run.processes, [program, "serve", run.systems[name].target, f"services={services}",
                                                 f"prefetch={PREFETCH}"], "serving")
        for round_number in range(run.rounds_of_trends()):
            for name, server in extra.items():
                def with_services():
                    server.ensure_running()
                    return run_client(run.systems[name].command("call", seconds=run.short(), services=services,
                                                                in_flight=LOADED_IN_FLIGHT), run.short())
                run.add("services", name, round_number, with_services, services=services)
        for server in extra.values():
            server.end()


def wait_until_it_answers(call):
    """A broker is busy for a while when thousands of queues are new. One that stays so fails where it is measured."""
    given_up_at = time.monotonic() + PATIENCE_S
    while time.monotonic() < given_up_at:
        try:
            call()
            return
        except (Failure, NotStarted) as failure:
            print(f"  waits: {failure}", file=sys.stderr)


def measure_queues(run):
    for queues in run.few(QUEUES):
        # RabbitMQ last: it is busy for a while when thousands of its queues have gone.
        for name in (names.RAW_EMBEDDED, names.RAW_RABBITMQ):
            system = run.systems[name]
            system.services[0].end()
            server = Server(run.processes, [*system.services[0].command, f"queues={queues}"], "serving")

            def with_queues():
                server.ensure_running()
                return run_client(system.command("call", seconds=run.seconds, queues=queues,
                                                 in_flight=SPREAD_IN_FLIGHT), run.seconds)

            wait_until_it_answers(with_queues)
            for round_number in range(run.rounds):
                run.add("queues", name, round_number, with_queues, queues=queues)
            server.end()
            # Where that fails, they go with their broker at the end.
            subprocess.run(system.command("remove", queues=queues), check=False, capture_output=True)


def measure_connections(run):
    for round_number in range(run.rounds):
        for connections in run.few(CONNECTIONS):
            for name in (names.RAW_RABBITMQ, names.RAW_EMBEDDED):
                system = run.systems[name]
                run.add("connections", name, round_number,
                        lambda: run.load(system, "call", connections=connections,
                                         in_flight=SPREAD_IN_FLIGHT), connections=connections)
                run.add("open_connections", name, round_number,
                        lambda: run.load(system, "call", idle_connections=connections - 1,
                                         in_flight=SPREAD_IN_FLIGHT), connections=connections)


def measure_scaling(run):
    measure_texts(run)
    measure_connections(run)
    measure_services(run)
    measure_queues(run)


SECTIONS = {"calls": measure_calls, "latency": measure_latency, "events": measure_events,
            "footprint": measure_footprint, "scaling": measure_scaling}
