"""Flame graphs: sampled stacks drawn as one SVG file that needs nothing beside it.

Each frame is a rectangle upon its caller, as wide as its share of the samples.
"""

import html
from dataclasses import dataclass, field

WIDTH = 1200
MARGIN = 8
ROW_HEIGHT = 16
CHARACTER_WIDTH = 6.1
LEGEND_COLUMN_WIDTH = 232
LEGEND_COLUMNS = 5
# Of all samples: what is narrower is left out.
NARROWEST = 0.002


@dataclass
class Node:
    """A function in one place of the tree. `callees` are by function and layer."""
    count: int = 0
    callees: dict = field(default_factory=dict)


def tree_of(stacks):
    """The root of all. `stacks`: pairs of frames, outermost first, and a count; a frame is a function and its layer."""
    root = Node()
    for frames, count in stacks:
        node = root
        node.count += count
        for frame in frames:
            node = node.callees.setdefault(frame, Node())
            node.count += count
    return root


def boxes(node, least, left=0, depth=0):
    """Those of at least `least` samples, as (frame, node, samples left of it, depth)."""
    for frame, callee in sorted(node.callees.items()):
        if callee.count >= least:
            yield frame, callee, left, depth
            yield from boxes(callee, least, left, depth + 1)
        left += callee.count


def shortened(text, width):
    """As much of it as there is room for."""
    room = int((width - 4) / CHARACTER_WIDTH)
    if len(text) <= room:
        return text
    return text[:room - 1] + "…" if room > 3 else ""


def box_lines(box, root, class_of, bottom):
    (function, layer), node, left, depth = box
    scale = (WIDTH - 2 * MARGIN) / root.count
    x, y, width = MARGIN + left * scale, bottom - (depth + 1) * ROW_HEIGHT, node.count * scale
    told = html.escape(f"{function} ({layer}): {node.count / root.count:.1%}", quote=False)
    yield (f'<g><title>{told}</title><rect class="{class_of[layer]}" x="{x:.1f}" y="{y}" width="{width:.1f}" '
           f'height="{ROW_HEIGHT - 1}"/>')
    if label := shortened(function, width):
        yield f'<text x="{x + 2:.1f}" y="{y + ROW_HEIGHT - 5}">{html.escape(label, quote=False)}</text>'
    yield "</g>"


def legend_lines(layers, class_of, top):
    for index, layer in enumerate(layers):
        x = MARGIN + index % LEGEND_COLUMNS * LEGEND_COLUMN_WIDTH
        y = top + index // LEGEND_COLUMNS * ROW_HEIGHT
        yield f'<rect class="{class_of[layer]}" x="{x}" y="{y}" width="12" height="12"/>'
        yield f'<text x="{x + 16}" y="{y + 10}">{html.escape(layer, quote=False)}</text>'


def flame_graph(title, stacks, colours):
    """The SVG. `colours` of the layers, in the order of the legend; every layer of `stacks` must be there."""
    root = tree_of(stacks)
    drawn = list(boxes(root, max(1, root.count * NARROWEST)))
    present = {layer for (_, layer), *_ in drawn}
    layers = [layer for layer in colours if layer in present]
    class_of = {layer: f"l{index}" for index, layer in enumerate(layers)}
    legend_top = 2 * MARGIN + ROW_HEIGHT
    legend_rows = -(-len(layers) // LEGEND_COLUMNS)
    rows = 1 + max((depth for *_, depth in drawn), default=0)
    bottom = legend_top + (legend_rows + rows) * ROW_HEIGHT + MARGIN
    height = bottom + MARGIN
    styles = "".join(f".{class_of[layer]}{{fill:{colours[layer]}}}" for layer in layers)
    lines = [f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{height}" '
             f'viewBox="0 0 {WIDTH} {height}">',
             f"<style>text{{font:10px monospace}}.title{{font:14px sans-serif}}{styles}</style>",
             f'<rect width="{WIDTH}" height="{height}" fill="#fff"/>',
             f'<text class="title" x="{MARGIN}" y="{MARGIN + 14}">{html.escape(title, quote=False)}</text>',
             *legend_lines(layers, class_of, legend_top)]
    for box in drawn:
        lines.append("".join(box_lines(box, root, class_of, bottom)))
    return "\n".join([*lines, "</svg>", ""])
