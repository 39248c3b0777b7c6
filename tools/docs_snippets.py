#!/usr/bin/python3
"""Compiles every C++ snippet of README.md and docs/: what a reader copies must be true.

    tools/docs_snippets.py [--compiler g++] [FILE...]

A snippet with an #include is compiled as it stands; any other gets the framework's headers before it, one that shows
tests those of GoogleTest too, and may leave functions undefined. Prints file:line and the compiler's first error, and
exits 1, where one does not compile.
"""

import argparse
import re
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
BLOCK = re.compile(r"^```cpp\n(.*?)^```$", re.MULTILINE | re.DOTALL)
HEADERS = ("hiratake/hiratake.hpp", "hiratake/mail.hpp", "hiratake/broker/broker.hpp", "hiratake/client/connection.hpp",
           "hiratake/rpc/cluster_client.hpp", "chrono", "optional", "stdexcept", "string", "vector")
PRELUDE = "".join(f"#include <{header}>\n" for header in HEADERS)
TEST_PRELUDE = "#include <gtest/gtest.h>\n#include <hiratake/testing.hpp>\n"


def snippets_of(path):
    text = path.read_text(encoding="utf-8")
    for block in BLOCK.finditer(text):
        yield text.count("\n", 0, block.start()) + 2, block.group(1)


def compile_snippet(compiler, path, line, code):
    prelude = PRELUDE + (TEST_PRELUDE if "hiratake::testing" in code else "")
    source = code if "#include" in code else prelude + f'#line {line} "{path.name}"\n' + code
    command = [compiler, "-std=c++20", "-fsyntax-only", "-w", f"-I{ROOT}/include", "-x", "c++", "-"]
    result = subprocess.run(command, input=source, capture_output=True, text=True, check=False)
    if result.returncode == 0:
        return None
    errors = [error for error in result.stderr.splitlines() if "error" in error]
    return f"{path.relative_to(ROOT)}:{line}: this snippet does not compile: {errors[0] if errors else result.stderr}"


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--compiler", default="g++")
    parser.add_argument("files", nargs="*", type=Path)
    arguments = parser.parse_args()
    files = arguments.files or [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]
    snippets = [(path, line, code) for path in files for line, code in snippets_of(path)]
    with ThreadPoolExecutor(max_workers=2) as pool:
        problems = list(pool.map(lambda each: compile_snippet(arguments.compiler, *each), snippets))
    for problem in filter(None, problems):
        print(problem)
    if not snippets:
        sys.exit("no snippet was found: is the folder right?")
    print(f"{len(snippets)} snippets, {sum(map(bool, problems))} do not compile")
    sys.exit(1 if any(problems) else 0)


if __name__ == "__main__":
    main()
