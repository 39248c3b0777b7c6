"""The plots of a run, as PNG."""

import io

import matplotlib

matplotlib.use("Agg")
from matplotlib import pyplot  # noqa: E402

COLOURS = matplotlib.colormaps["tab20"].colors


def colour_of(cells):
    systems = list(dict.fromkeys(cell["system"] for cell in cells.cells))
    return {system: COLOURS[index % len(COLOURS)] for index, system in enumerate(systems)}


def to_png(figure):
    image = io.BytesIO()
    figure.savefig(image, format="png", dpi=110, bbox_inches="tight")
    pyplot.close(figure)
    return image.getvalue()


def lines(axes, cells, section, name, colours):
    """The median rate of each system against what was varied, with the least and the most."""
    for system in cells.systems(section):
        points = [(point, cells.values(section, "per_second", system=system, **{name: point}))
                  for point in cells.points(section, name)]
        points = [(point, cells.median(section, "per_second", system=system, **{name: point}), min(each), max(each))
                  for point, each in points if each]
        if not points:
            continue
        at, middle, least, most = zip(*points)
        axes.plot(at, middle, marker="o", color=colours[system], label=system)
        axes.fill_between(at, least, most, color=colours[system], alpha=0.15)
    axes.set_xscale("log")
    axes.set_yscale("log")
    axes.grid(True, which="both", alpha=0.2)


def line_plot(cells, section, name, title, x_label, y_label="calls per second"):
    figure, axes = pyplot.subplots(figsize=(9, 5.5))
    lines(axes, cells, section, name, colour_of(cells))
    axes.set(title=title, xlabel=x_label, ylabel=y_label)
    axes.legend(loc="upper left", bbox_to_anchor=(1, 1), fontsize=8)
    return to_png(figure)


def bar_plot(cells, section, figures, title, x_label, **which):
    """One group of bars for each system, one bar for each figure, on a logarithmic scale."""
    systems = [system for system in cells.systems(section)
               if cells.median(section, next(iter(figures)), system=system, **which)]
    figure, axes = pyplot.subplots(figsize=(9, 0.5 + 0.5 * len(systems)))
    height = 0.8 / len(figures)
    for index, (name, label) in enumerate(figures.items()):
        axes.barh([place + index * height for place in range(len(systems))],
                  [cells.median(section, name, system=system, **which) for system in systems], height, label=label)
    axes.set_yticks([place + 0.4 - height / 2 for place in range(len(systems))], systems)
    axes.invert_yaxis()
    axes.set_xscale("log")
    axes.grid(True, axis="x", which="both", alpha=0.2)
    axes.set(title=title, xlabel=x_label)
    if len(figures) > 1:
        axes.legend()
    return to_png(figure)


def draw(cells):
    """PNG files by name, for what was measured."""
    percentiles = {"p50_us": "p50", "p99_us": "p99", "p999_us": "p99.9"}
    images = {}
    if cells.values("calls", "per_second"):
        images["calls"] = line_plot(cells, "calls", "in_flight", "Calls per second", "calls in flight")
        images["latency"] = bar_plot(cells, "calls", percentiles, "Latency with one call in flight", "µs", in_flight=1)
        images["cpu"] = bar_plot(cells, "calls", {"cpu_us_each": "all processes"},
                                 "CPU time of client, service and broker, 100 in flight", "µs per call", in_flight=100)
    if cells.values("latency", "p50_us"):
        images["latency-half-peak"] = bar_plot(cells, "latency", percentiles, "Latency at half of its own peak rate",
                                               "µs")
    if cells.values("events", "per_second"):
        images["events"] = line_plot(cells, "events", "handlers", "Events per second", "handlers of each event",
                                     "events per second")
    for section, name, label in (("texts", "text_bytes", "bytes of the argument"),
                                 ("services", "services", "services"), ("queues", "queues", "queues"),
                                 ("connections", "connections", "connections"),
                                 ("open_connections", "connections", "open connections, one of them busy")):
        if cells.values(section, "per_second"):
            images[section] = line_plot(cells, section, name, f"Calls per second against {label}", label)
    return images
