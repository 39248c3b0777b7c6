#!/usr/bin/python3
"""Makes one program of the C++ snippets of README.md and docs/, which runs them: GoogleTest's, written to a file.

    tools/docs_programs.py OUTPUT

Services are started and stopped, each page's tests run, and so do main functions without arguments, unless they need a
broker that is not theirs. Functions that a snippet declares and leaves to the reader are defined: they throw.
"""

import re
import sys
from pathlib import Path

from docs_snippets import HEADERS, ROOT, snippets_of

INCLUDE = re.compile(r"^#include .*\n", re.MULTILINE)
SERVICE = re.compile(r"^    static void define\((?:hiratake::)?Service<(\w+)>&", re.MULTILINE)
NAMESPACE = re.compile(r"^namespace (\w+) {", re.MULTILINE)
MAIN = re.compile(r"^int main\((.*)\) {", re.MULTILINE)
CLASS = re.compile(r"^(?:struct|class) (\w+)")
DECLARATION = re.compile(
    r"^(?P<type>\w[\w:<>&*, ]* )(?P<name>\w+)(?P<parameters>\([^(){};\"]*\)(?: const)?)(?: override)?;")

PROLOGUE = """#include <gtest/gtest.h>
#include <hiratake/gateway/gateway.hpp>
#include <hiratake/http_client.hpp>
#include <hiratake/runner/service_runner.hpp>
#include <hiratake/testing.hpp>
{includes}
namespace {{

/// Starts and stops services as `run` does, on a broker of their own in memory.
template <class... Services>
void start_and_stop() {{
    const hiratake::Log log;
    const hiratake::Config config{{
        hiratake::Object{{{{"AMQP_URI", "memory://"}}, {{"WEB_SERVER_ADDRESS", "127.0.0.1:0"}}}}}};
    hiratake::ServiceRunner runner{{config, log}};
    (runner.add(hiratake::define_service<Services>()), ...);
    runner.start();
    EXPECT_TRUE(runner.stop());
}}

}}  // namespace
"""


def definitions_of_what_is_left_out(code):
    """For each function that is declared and not defined, at the top and in classes there."""
    owner = ""
    for line in code.splitlines():
        if found := CLASS.match(line):
            owner = found.group(1) + "::"
        elif line.startswith("}"):
            owner = ""
        declaration = DECLARATION.match(line.removeprefix("    ") if owner else line)
        if not declaration:
            continue
        name = owner + declaration.group("name")
        if f"{name}(" not in code.replace(line, ""):
            yield (f'{declaration.group("type")}{name}{declaration.group("parameters")} '
                   f'{{ throw std::logic_error("{name} is left to the reader"); }}')


def tests_of(name, code):
    """What runs a snippet; nothing where there is nothing to run."""
    using = "".join(f" using namespace {name}::{inner};" for inner in NAMESPACE.findall(code))
    if services := SERVICE.findall(code):
        yield f"TEST(Docs, {name}) {{ using namespace {name};{using} start_and_stop<{', '.join(services)}>(); }}"
    main = MAIN.search(code)
    if main and not main.group(1) and '"amqp://' not in code:
        yield f"TEST(Docs, {name}_main) {{ {name}::program(); }}"


def program_of(path, line, code):
    name = f"{path.stem}_{line}"
    tests = list(tests_of(name, code))
    if not tests and "TEST(" not in code:
        return None
    code = INCLUDE.sub("\n", code)
    code = MAIN.sub(lambda found: f"void program({found.group(1)}) {{" if not found.group(1) else found.group(0), code)
    left_out = "\n".join(definitions_of_what_is_left_out(code))
    tests = "\n".join(tests)
    return f'namespace {name} {{\n#line {line} "{path.name}"\n{code}\n{left_out}\n}}  // namespace {name}\n{tests}\n'


def main():
    files = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]
    snippets = [(path, line, code) for path in files for line, code in snippets_of(path)]
    includes = {f"#include <{header}>\n" for header in HEADERS}
    includes.update(include for _, _, code in snippets for include in INCLUDE.findall(code))
    programs = [program for snippet in snippets if (program := program_of(*snippet))]
    text = PROLOGUE.format(includes="".join(sorted(includes))) + "\n" + "\n".join(programs)
    Path(sys.argv[1]).write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
