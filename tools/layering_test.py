"""A tree with each kind of violation must be refused, and a sound one accepted."""

import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

from layering import MAY_INCLUDE, Layering, reachable

SOUND = {
    "include/hiratake/base/error.hpp": "#pragma once\n#include <string>\n",
    "include/hiratake/hiratake.hpp": "#pragma once\n#include \"hiratake/base/error.hpp\"\n",
    "src/amqp/frame.hpp": "#pragma once\n#include \"hiratake/base/error.hpp\"\n",
    "src/net/timer.hpp": "#pragma once\n#include <boost/asio/steady_timer.hpp>\n#include <thread>\n",
    "src/net/clock.cpp": "auto now = std::chrono::steady_clock::now();\n",
    "src/client/core/session.cpp": "#include \"amqp/frame.hpp\"\n// no steady_clock::now() here\n",
    "src/client/driver.cpp": "#include <boost/asio.hpp>\n#include \"net/timer.hpp\"\n#include \"amqp/frame.hpp\"\n",
}

VIOLATIONS = {
    "an upward include": ("src/base/error.cpp", '#include "amqp/frame.hpp"\n', "may not include 'amqp'"),
    "a sibling extension": ("src/wire/names.cpp", '#include "net/timer.hpp"\n', "may not include 'net'"),
    "a driver in a machine": ("src/client/core/x.cpp", '#include "net/timer.hpp"\n', "may not include 'net'"),
    "a header that is not rooted": ("src/amqp/frame.cpp", '#include "frame.hpp"\n', "neither below src/"),
    "a private header in a public one": ("include/hiratake/amqp/a.hpp", '#include "amqp/frame.hpp"\n', "private"),
    "asio in a machine": ("src/amqp/a.cpp", "#include <boost/asio/buffer.hpp>\n", "does no I/O"),
    "a thread in a machine": ("src/broker/core/a.cpp", "#include <thread>\n", "without threads"),
    "beast outside http": ("src/net/a.cpp", "#include <boost/beast/http.hpp>\n", "only http may"),
    "curl outside mail": ("src/http/a.cpp", "#include <curl/curl.h>\n", "only http_client, mail may"),
    "boost in a public header": ("include/hiratake/net/a.hpp", "#include <boost/asio.hpp>\n", "headers are light"),
    "lua in a public header": ("include/hiratake/shell/a.hpp", "#include <lua.hpp>\n", "public headers are light"),
    "the system's time": ("src/client/a.cpp", "auto t = std::chrono::steady_clock::now();\n", "asks the system"),
    "the system's chance": ("include/hiratake/wire/a.hpp", "std::random_device device;\n", "asks the system"),
    "a sleep": ("src/service/a.cpp", "std::this_thread::sleep_for(delay);\n", "asks the system"),
    "an umbrella header in src": ("src/rpc/a.cpp", "#include <hiratake/hiratake.hpp>\n", "umbrella"),
    "a folder without a row": ("src/helpers/a.cpp", "\n", "no row"),
}


class LayeringTest(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.root = Path(folder.name)
        for name, text in SOUND.items():
            self.write(name, text)

    def write(self, name, text):
        path = self.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")

    def test_accepts_a_sound_tree(self):
        self.assertEqual([str(violation) for violation in Layering(self.root).check()], [])

    def test_reports_each_kind_of_violation_once_with_its_line(self):
        for what, (name, text, expected) in VIOLATIONS.items():
            with self.subTest(what):
                self.write(name, "\n" + text)
                violations = Layering(self.root).check()
                (self.root / name).unlink()
                self.assertEqual(len(violations), 1, [str(violation) for violation in violations])
                self.assertIn(expected, str(violations[0]))
                self.assertEqual(str(violations[0].path), name)
                if expected != "no row":
                    self.assertEqual(violations[0].line, 2)

    def test_the_program_exits_with_1_on_a_violation(self):
        self.write("src/base/a.cpp", '#include "net/timer.hpp"\n')
        program = [sys.executable, Path(__file__).with_name("layering.py"), "--root", self.root]
        refused = subprocess.run(program, capture_output=True, text=True, check=False)
        self.assertEqual(refused.returncode, 1)
        self.assertIn("src/base/a.cpp:1:", refused.stdout)

    def test_the_table_has_no_cycle(self):
        for folder, direct in MAY_INCLUDE.items():
            for below in direct:
                self.assertNotIn(folder, reachable(below, MAY_INCLUDE))


if __name__ == "__main__":
    unittest.main()
