"""What is wanted of the framework, as ratios within one run, and whether it is met."""

import statistics
from collections.abc import Callable
from dataclasses import dataclass

import systems as names
from harness import spread

MIB = 1024 * 1024


def ratios(cells, section, figure, ours, theirs, **which):
    """Of the rounds in which both were measured."""
    def by_round(system):
        return {cell["round"]: cell[figure] for cell in cells.select(section, system=system, **which) if figure in cell}
    numerators, denominators = by_round(ours), by_round(theirs)
    return [numerators[each] / denominators[each] for each in numerators if denominators.get(each)]


@dataclass
class Target:
    wanted: str
    form: str
    is_met: Callable
    values: list  # one for each round

    def measured(self):
        return spread(self.values, self.form)

    def verdict(self):
        return "met" if self.is_met(statistics.median(self.values)) else "**missed**"

    def agrees_with(self, other):
        """Whether some rounds of one run lie among those of the other."""
        overlaps = min(self.values) <= max(other.values) and min(other.values) <= max(self.values)
        return overlaps or self.measured() == other.measured()


def at_least(wanted, values, form="{:.2f}"):
    return Target(f"≥ {form.format(wanted)}", form, lambda value: value >= wanted, values)


def at_most(wanted, values, form="{:.2f}"):
    return Target(f"≤ {form.format(wanted)}", form, lambda value: value <= wanted, values)


def least_of_cells(cells, ours, theirs):
    """The ratios of that cell of the table of calls whose median is the smallest."""
    of_cells = [ratios(cells, "calls", "per_second", our, their, in_flight=in_flight)
                for in_flight in cells.points("calls", "in_flight") for our, their in zip(ours, theirs)]
    return min(filter(None, of_cells), key=statistics.median, default=[])


def share_kept(cells, section, name, system):
    """Rate with the most of what was varied, to that with one."""
    points = cells.points(section, name)
    if not points:
        return []
    one, most = (cells.values(section, "per_second", system=system, **{name: point})
                 for point in (points[0], points[-1]))
    return [many / single for single, many in zip(one, most)]


def rate_of(cells, ours, theirs, in_flight):
    return ratios(cells, "calls", "per_second", ours, theirs, in_flight=in_flight)


def p50_of(cells, ours, theirs):
    return ratios(cells, "calls", "p50_us", ours, theirs, in_flight=1)


def mebibytes(values):
    return [each / MIB for each in values]


def measured_targets(cells):
    """By what they are about."""
    queues, connections = (cells.points("queues", "queues") or [0])[-1], (
        cells.points("connections", "connections") or [0])[-1]
    targets = {
        "over RabbitMQ: rate at 100 in flight, of rabbitmq-c with the same guarantees":
            at_least(0.9, rate_of(cells, names.RABBITMQ, names.RAW_RABBITMQ, 100)),
        "over RabbitMQ, on fibers: the same": at_least(0.9, rate_of(cells, names.RABBITMQ_FIBERS,
                                                                    names.RAW_RABBITMQ, 100)),
        "over RabbitMQ, on fibers: the same, of rabbitmq-c on Nameko's wire":
            at_least(0.9, rate_of(cells, names.RABBITMQ_FIBERS, names.RAW_RABBITMQ_NAMEKO, 100)),
        "over RabbitMQ: p50 at 1 in flight, of rabbitmq-c's": at_most(1.15, p50_of(cells, names.RABBITMQ,
                                                                                   names.RAW_RABBITMQ)),
        "over RabbitMQ, on fibers: the same p50": at_most(1.15, p50_of(cells, names.RABBITMQ_FIBERS,
                                                                       names.RAW_RABBITMQ)),
        "over RabbitMQ, on fibers, best effort: rate at 100 in flight, of rabbitmq-c without guarantees":
            at_least(0.9, rate_of(cells, names.RABBITMQ_BEST_EFFORT, names.RAW_RABBITMQ_BARE, 100)),
        "over RabbitMQ, on fibers, best effort: the same, of rabbitmq-c on Nameko's wire":
            at_least(0.9, rate_of(cells, names.RABBITMQ_BEST_EFFORT, names.RAW_RABBITMQ_NAMEKO_BARE, 100)),
        "over RabbitMQ, on fibers, best effort: p50 at 1 in flight, of rabbitmq-c's without guarantees":
            at_most(1.15, p50_of(cells, names.RABBITMQ_BEST_EFFORT, names.RAW_RABBITMQ_BARE)),
        "over the embedded broker: rate at 100 in flight, of gRPC's":
            at_least(3, rate_of(cells, names.EMBEDDED, names.GRPC, 100)),
        "over the embedded broker, on fibers: the same": at_least(3, rate_of(cells, names.EMBEDDED_FIBERS,
                                                                             names.GRPC, 100)),
        "over the embedded broker: p50 at 1 in flight, of gRPC's": at_most(1, p50_of(cells, names.EMBEDDED,
                                                                                      names.GRPC)),
        "over the embedded broker, on fibers: the same p50": at_most(1, p50_of(cells, names.EMBEDDED_FIBERS,
                                                                               names.GRPC)),
        "the embedded broker, raw, no guarantees: rate at 1000 in flight, of NATS's":
            at_least(0.5, rate_of(cells, names.RAW_EMBEDDED_BARE, names.NATS, 1000)),
        "the embedded broker, raw: of RabbitMQ's rate, in the worst cell":
            at_least(5, least_of_cells(cells, (names.RAW_EMBEDDED, names.RAW_EMBEDDED_BARE),
                                       (names.RAW_RABBITMQ, names.RAW_RABBITMQ_BARE))),
        "`memory://` on fibers: calls per second at 100 in flight":
            at_least(400_000, cells.values("calls", "per_second", system=names.MEMORY_FIBERS, in_flight=100),
                     "{:,.0f}"),
        "`memory://` on fibers, two I/O threads: the same":
            at_least(400_000, cells.values("calls", "per_second", system=names.MEMORY_TWO_IO_THREADS, in_flight=100),
                     "{:,.0f}"),
        "`memory://` on fibers: p50 at 1 in flight, µs":
            at_most(5, cells.values("calls", "p50_us", system=names.MEMORY_FIBERS, in_flight=1), "{:.1f}"),
        "idle service, resident MiB":
            at_most(12, mebibytes(cells.values("memory", "idle_bytes", system=names.EMBEDDED)), "{:.1f}"),
        "start to first reply, ms":
            at_most(50, cells.values("start", "first_reply_ms", system=names.EMBEDDED), "{:.1f}"),
        "the compute service, static and stripped, MiB":
            at_most(15, mebibytes(cells.values("size", "with_libraries_bytes", system=names.COMPUTE_STATIC)), "{:.1f}"),
        f"rate with {queues:,} queues, of that with one":
            at_least(0.7, share_kept(cells, "queues", "queues", names.RAW_EMBEDDED)),
        f"rate over one of {connections:,} connections, of that when it is alone":
            at_least(0.7, share_kept(cells, "open_connections", "connections", names.RAW_EMBEDDED)),
        f"rate over all of {connections:,} connections, of that over one":
            at_least(0.7, share_kept(cells, "connections", "connections", names.RAW_EMBEDDED)),
        "10,000 workers on fibers that wait, resident MiB":
            at_most(1024, mebibytes(cells.values("workers", "resident_bytes")), "{:,.0f}"),
    }
    return {about: target for about, target in targets.items() if target.values}


def target_rows(cells, recorded=None):
    """Beside what was recorded of another run, where there is one."""
    others = measured_targets(recorded) if recorded else {}
    for about, target in measured_targets(cells).items():
        row = [about, target.wanted, target.measured(), target.verdict()]
        if other := others.get(about):
            row += [other.measured(), "" if target.agrees_with(other) else "**differs**"]
        elif recorded:
            row += ["–", ""]
        yield row
