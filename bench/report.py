"""Turns the cells that were measured into tables, as Markdown and as one HTML page."""

import base64
import html
import statistics

from harness import spread
from targets import target_rows

MIB = 1024 * 1024


class Cells:
    """The cells of one run, to be asked."""

    def __init__(self, cells):
        self.cells = cells

    def select(self, section, **which):
        return [cell for cell in self.cells
                if cell["section"] == section and all(cell.get(name) == value for name, value in which.items())]

    def values(self, section, figure, **which):
        """One for each round in which it was measured."""
        return [cell[figure] for cell in self.select(section, **which) if figure in cell]

    def median(self, section, figure, **which):
        """None when it was never measured."""
        values = self.values(section, figure, **which)
        return statistics.median(values) if values else None

    def systems(self, section):
        return list(dict.fromkeys(cell["system"] for cell in self.cells if cell["section"] == section))

    def points(self, section, name):
        """The values of what was varied, in the order in which it was measured."""
        return list(dict.fromkeys(cell[name] for cell in self.cells if cell["section"] == section and name in cell))

    def failures(self):
        return [cell for cell in self.cells if "failed" in cell]

    def show(self, section, figure, form="{:,.0f}", scale=1.0, **which):
        """The median (least to most) of one cell of a table; that it failed, or nothing where it was not measured."""
        values = [each * scale for each in self.values(section, figure, **which)]
        if values:
            return spread(values, form)
        return "failed" if any("failed" in cell for cell in self.select(section, **which)) else "–"


def table(head, rows):
    yield "| " + " | ".join(head) + " |"
    yield "| --- |" + " ---: |" * (len(head) - 1)
    for row in rows:
        yield "| " + " | ".join(row) + " |"


def by_point(cells, section, name, title, unit):
    """One row for each system, one column for each value of what was varied."""
    points = cells.points(section, name)
    yield from table([title, *(f"{point:,} {unit.rstrip('s') if point == 1 else unit}" for point in points)],
                     [[system, *(cells.show(section, "per_second", system=system, **{name: point})
                                 for point in points)] for system in cells.systems(section)])


def latency_table(cells):
    figures = ("p50_us", "p99_us", "p999_us")
    rows = []
    for system in cells.systems("calls"):
        rows.append([system,
                     *(cells.show("calls", figure, system=system, in_flight=1) for figure in figures),
                     cells.show("latency", "rate", system=system),
                     *(cells.show("latency", figure, system=system) for figure in figures)])
    yield from table(["latency in µs", "p50 at 1 in flight", "p99", "p99.9", "half the peak, calls per second",
                      "p50", "p99", "p99.9"], rows)


def cpu_table(cells):
    points = cells.points("calls", "in_flight")
    yield from table(["CPU seconds for a million calls", *(f"{point:,} in flight" for point in points)],
                     [[system, *(cells.show("calls", "cpu_us_each", "{:,.1f}", system=system, in_flight=point)
                                 for point in points)] for system in cells.systems("calls")])


def footprint_table(cells):
    def resident(figure, system):
        return cells.show("memory", figure, "{:,.1f}", 1 / MIB, system=system)

    def size(figure, system):
        return cells.show("size", figure, "{:,.2f}", 1 / MIB, system=system).split(" (")[0]
    rows = [[system, resident("idle_bytes", system), resident("loaded_bytes", system),
             resident("broker_idle_bytes", system), resident("broker_loaded_bytes", system),
             cells.show("start", "first_reply_ms", "{:,.1f}", system=system),
             size("stripped_bytes", system), size("with_libraries_bytes", system)]
            for system in cells.systems("size")]
    yield from table(["", "service idle, MiB", "under load", "broker idle, MiB", "under load",
                      "start to first reply, ms", "program stripped, MiB", "with its libraries"], rows)
    for cell in cells.select("workers"):
        if "resident_bytes" in cell:
            yield from ["", f"{cell['workers']:,} workers on fibers that wait for replies at once: "
                            f"{cells.show('workers', 'resident_bytes', '{:,.0f}', 1 / MIB)} MiB resident, "
                            f"{(cell['resident_bytes'] - cell['idle_bytes']) / cell['workers'] / 1024:,.1f} KiB each."]
            break


def failure_lines(cells):
    known = ("section", "system", "round", "failed")
    for cell in cells.failures():
        what = [f"{name} {value}" for name, value in cell.items() if name not in known]
        yield f"- {cell['section']}, round {cell['round'] + 1}: {', '.join([cell['system'], *what])}: {cell['failed']}"


def target_table(cells, recorded=None):
    head = ["target", "wanted", "measured", ""]
    yield from table(head + ["recorded", ""] if recorded else head, target_rows(cells, recorded))


def parts(cells):
    """Titles and the lines under them, for what was measured."""
    if cells.select("calls"):
        yield "Targets", target_table(cells)
        yield "Calls per second", by_point(cells, "calls", "in_flight", "calls per second", "in flight")
        yield "Latency", latency_table(cells)
        yield "CPU", cpu_table(cells)
    elif cells.cells:
        yield "Targets", target_table(cells)
    if cells.select("events"):
        yield "Events per second", by_point(cells, "events", "handlers", "events per second to", "handlers")
    if cells.select("size"):
        yield "Memory, start and size", footprint_table(cells)
    if cells.select("texts"):
        yield "Size of the argument", by_point(cells, "texts", "text_bytes", "calls per second, 16 in flight", "bytes")
    if cells.select("services"):
        yield "Services", by_point(cells, "services", "services", "calls per second, 100 in flight", "services")
    if cells.select("queues"):
        yield "Queues", by_point(cells, "queues", "queues", "calls per second, 1000 in flight", "queues")
    if cells.select("connections"):
        yield "Connections", by_point(cells, "connections", "connections",
                                      "calls per second, 1000 in flight, over all of", "connections")
        yield "Connections that are open", by_point(cells, "open_connections", "connections",
                                                    "calls per second, 1000 in flight, over one of", "connections")
    if cells.failures():
        yield "Failed", failure_lines(cells)


def markdown(run, level="###"):
    """The whole report. `run`: what is kept of a run, as run.json has it."""
    lines = [run["head"]]
    for title, body in parts(Cells(run["cells"])):
        lines += ["", f"{level} {title}", "", *body]
    return lines


def html_of(lines):
    """Of the little Markdown that markdown() writes."""
    is_in_table = False
    for line in lines:
        if line.startswith("| ---"):
            continue
        if not line.startswith("|") and is_in_table:
            yield "</table>"
            is_in_table = False
        if line.startswith("|"):
            tag = "td" if is_in_table else "th"
            cells = "".join(f"<{tag}>{html.escape(cell.strip())}</{tag}>" for cell in line.strip("|").split("|"))
            yield ("" if is_in_table else "<table>") + f"<tr>{cells}</tr>"
            is_in_table = True
        elif line.startswith("#"):
            yield f"<h2>{html.escape(line.lstrip('# '))}</h2>"
        elif line:
            yield f"<p>{html.escape(line)}</p>"
    if is_in_table:
        yield "</table>"


STYLE = """body { font: 15px/1.5 sans-serif; margin: 2em auto; max-width: 75em; padding: 0 1em; color: #222 }
table { border-collapse: collapse; margin: 1em 0 } th, td { border-bottom: 1px solid #ddd; padding: .3em .8em;
text-align: right } th:first-child, td:first-child { text-align: left } img { max-width: 100% }"""


def page(run, images):
    """One page that needs nothing beside it. `images`: PNG files by title."""
    pictures = [f'<h2>{html.escape(title)}</h2><img alt="{html.escape(title)}" '
                f'src="data:image/png;base64,{base64.b64encode(image).decode()}">' for title, image in images.items()]
    return "\n".join(["<!DOCTYPE html>", '<html lang="en"><head><meta charset="utf-8">', "<title>Benchmarks</title>",
                      f"<style>{STYLE}</style></head><body>", "<h1>Benchmarks</h1>", *html_of(markdown(run)),
                      *pictures, "</body></html>", ""])
