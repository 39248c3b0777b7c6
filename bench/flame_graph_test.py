"""Tests of the flame graphs. Run by: python3 -m unittest discover --start-directory bench --pattern '*_test.py'"""

import re
import unittest
import xml.etree.ElementTree as xml

from flame_graph import MARGIN, ROW_HEIGHT, WIDTH, flame_graph

COLOURS = {"kernel": "#c00", "codec": "#00c", "never": "#0c0"}
SVG = "{http://www.w3.org/2000/svg}"


def drawn(stacks, title="A title"):
    return xml.fromstring(flame_graph(title, stacks, COLOURS))


def frames(graph):
    """Of each frame: what it tells, and its rectangle as left, top and width."""
    told = {}
    for group in graph.iter(f"{SVG}g"):
        rectangle = group.find(f"{SVG}rect")
        told[group.find(f"{SVG}title").text] = tuple(float(rectangle.get(name)) for name in ("x", "y", "width"))
    return told


class FlameGraph(unittest.TestCase):
    def test_a_frame_is_as_wide_as_its_share_and_stands_on_its_caller(self):
        told = frames(drawn([((("main", "codec"), ("read", "kernel")), 3), ((("main", "codec"),), 1)]))
        left, top, width = told["main (codec): 100.0%"]
        self.assertEqual((left, width), (MARGIN, WIDTH - 2 * MARGIN))
        self.assertEqual(told["read (kernel): 75.0%"], (left, top - ROW_HEIGHT, width * 3 / 4))

    def test_stacks_with_the_same_callers_are_merged(self):
        told = frames(drawn([((("main", "codec"), ("a", "codec")), 1), ((("main", "codec"), ("b", "codec")), 1)]))
        self.assertEqual(len(told), 3)
        self.assertEqual(told["b (codec): 50.0%"][0], WIDTH / 2)

    def test_what_is_narrower_than_a_fifth_of_a_percent_is_left_out(self):
        stacks = [((("often", "codec"),), 9980), ((("just", "codec"),), 20), ((("never", "kernel"),), 19)]
        self.assertEqual(len(frames(drawn([*stacks[:2]]))), 2)
        self.assertNotIn("never (kernel): 0.2%", frames(drawn(stacks)))

    def test_names_are_escaped_and_shortened_to_their_room(self):
        stacks = [((("a<b>&c" + "d" * 300, "codec"),), 1)]
        graph = drawn(stacks, "1 < 2")
        texts = [each.text for each in graph.iter(f"{SVG}text")]
        self.assertEqual(texts[0], "1 < 2")
        self.assertTrue(texts[-1].startswith("a<b>&cddd") and texts[-1].endswith("…"))
        self.assertIn("a<b>&c" + "d" * 300 + " (codec): 100.0%", frames(graph))

    def test_the_legend_names_the_layers_that_are_drawn(self):
        graph = flame_graph("A title", [((("main", "codec"),), 1)], COLOURS)
        self.assertRegex(graph, re.escape("{fill:#00c}"))
        self.assertIn(">codec</text>", graph)
        self.assertNotIn("kernel", graph)

    def test_without_samples_there_is_a_title_alone(self):
        self.assertEqual(frames(drawn([])), {})


if __name__ == "__main__":
    unittest.main()
