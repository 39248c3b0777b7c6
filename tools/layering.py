#!/usr/bin/python3
"""Checks that every folder includes only what docs/architecture.md allows it to.

    tools/layering.py [--root FOLDER]

Prints one line for each violation, `file:line: what is wrong; the remedy`, and exits 1 if there is one.
Programs (apps/, examples/, bench/) and tests may include everything.
"""

import argparse
import re
import sys
from pathlib import Path

from source_text import CPP_SUFFIXES, code_only, project_files

EXTENSIONS = ["rpc", "events", "messaging", "timer", "http", "mail"]

# A folder of src/ (and of include/hiratake/) may include itself, what stands here, and what those include.
MAY_INCLUDE = {
    "base": [],
    "payload": ["base"],
    "amqp": ["base"],
    "client/core": ["amqp"],
    "broker/core": ["amqp"],
    "net": ["base"],
    "client": ["client/core", "net"],
    "broker": ["broker/core", "net"],
    "wire": ["payload", "amqp"],
    "service": ["payload", "net"],
    "documents": ["service"],
    **{extension: ["service", "wire", "client", "documents"] for extension in EXTENSIONS},
    "events": ["messaging"],
    "stub": ["rpc"],
    "websocket": ["http", "rpc"],
    "gateway": ["http", "rpc"],
    "http_client": ["http"],
    "runner": ["service", *EXTENSIONS, "http_client", "websocket", "broker"],
    "shell": ["runner", "broker"],
    "cli": ["runner", "broker", "shell", "stub", "gateway"],
    "testing": ["runner", "broker"],
}

# Heavy packages and the folders that each was taken in for. Asio is not here: it follows `net`.
PACKAGES = {
    "boost/beast": {"http"},
    "curl/": {"http_client", "mail"},
    "date/": {"timer"},
    "nlohmann/": {"payload"},
    "lua": {"shell"},
    "lauxlib": {"shell"},
    "spdlog/": {"base", "runner"},
    "yaml-cpp/": {"runner"},
    "CLI/": {"runner", "cli"},
    "sqlite3": {"broker"},
}
NOT_IN_PUBLIC_HEADERS = ("boost/", "openssl/", *PACKAGES)
MACHINES = {"amqp", "client/core", "broker/core"}
THREAD_HEADERS = {"thread", "mutex", "shared_mutex", "condition_variable", "future", "semaphore", "latch", "barrier"}
KEEPERS_OF_TIME_AND_CHANCE = {"base", "net"}
SYSTEM_CALLS = re.compile(
    r"\b(?:(?:steady|system|high_resolution)_clock\s*::\s*now|random_device|sleep_for|sleep_until|usleep|nanosleep"
    r"|clock_gettime|gettimeofday)\b")
INCLUDE = re.compile(r'^[ \t]*#[ \t]*include[ \t]*(?:"([^"]+)"|<([^>]+)>)', re.MULTILINE)


def reachable(folder, table):
    """The folders that this one may include, itself among them."""
    found = {folder}
    waiting = [folder]
    while waiting:
        for below in table[waiting.pop()]:
            if below not in found:
                found.add(below)
                waiting.append(below)
    return found


def folder_of(path):
    """The row of the table that a path below src/ or include/hiratake/ belongs to, or None: longest name first."""
    for folder in sorted(MAY_INCLUDE, key=len, reverse=True):
        if path.startswith(folder + "/"):
            return folder
    return None


class Violation:
    def __init__(self, path, line, problem, remedy):
        self.path, self.line, self.problem, self.remedy = path, line, problem, remedy

    def __str__(self):
        return f"{self.path}:{self.line}: {self.problem}; {self.remedy}"


class Layering:
    def __init__(self, root):
        self.root = Path(root)
        self.violations = []

    def check(self):
        for path in project_files(self.root):
            if path.suffix in CPP_SUFFIXES and path.parts[0] in ("src", "include"):
                self.check_file(path)
        return self.violations

    def check_file(self, path):
        is_public = path.parts[0] == "include"
        inside = "/".join(path.parts[2:] if is_public else path.parts[1:])
        folder = folder_of(inside)
        if folder is None and "/" in inside:
            self.report(path, 1, f"the folder of '{path}' has no row in the layering table",
                        "add it to docs/architecture.md and to tools/layering.py, or move the file")
            return
        text = (self.root / path).read_text(encoding="utf-8")
        for match in INCLUDE.finditer(code_only(text, keep_literals=True)):
            line = text.count("\n", 0, match.start()) + 1
            name = match.group(1) or match.group(2)
            if match.group(1) or name.startswith("hiratake/"):
                self.check_own_header(path, line, name, folder, is_public)
            else:
                self.check_foreign_header(path, line, name, folder, is_public)
        if folder is not None and folder not in KEEPERS_OF_TIME_AND_CHANCE:
            self.check_system_calls(path, code_only(text), folder)

    def check_own_header(self, path, line, name, folder, is_public):
        public = (self.root / "include" / name).is_file()
        private = (self.root / "src" / name).is_file()
        if not public and not private:
            self.report(path, line, f"\"{name}\" is neither below src/ nor below include/",
                        "write includes from the root, such as \"amqp/frame.hpp\" or \"hiratake/base/error.hpp\"")
            return
        if is_public and not public:
            self.report(path, line, f"a public header includes the private header \"{name}\"",
                        "move the include to the .cpp file, or the type to include/")
        target = folder_of(name.removeprefix("hiratake/"))
        if folder is None:  # the umbrella headers, include/hiratake/*.hpp, gather what they like
            return
        if target is None:
            self.report(path, line, f"'{folder}' includes the umbrella header \"{name}\"",
                        "include the header of the type that is used")
        elif target not in reachable(folder, MAY_INCLUDE):
            allowed = ", ".join(sorted(reachable(folder, MAY_INCLUDE) - {folder})) or "none"
            self.report(path, line, f"'{folder}' may not include '{target}' (\"{name}\")",
                        f"folders it may include: {allowed}")

    def check_foreign_header(self, path, line, name, folder, is_public):
        if is_public and name.startswith(NOT_IN_PUBLIC_HEADERS):
            self.report(path, line, f"a public header includes <{name}>",
                        "public headers are light: keep it in src/, behind a forward declaration or a std type")
            return
        if folder in MACHINES and name in THREAD_HEADERS:
            self.report(path, line, f"'{folder}' holds machines without threads but includes <{name}>",
                        "let the driver own threads and locks")
        if folder is not None and name.startswith("boost/asio") and "net" not in reachable(folder, MAY_INCLUDE):
            self.report(path, line, f"'{folder}' does no I/O but includes <{name}>",
                        "return what to do to the driver, which may use Asio")
        for package, users in PACKAGES.items():
            if folder is not None and name.startswith(package) and folder not in users:
                self.report(path, line, f"'{folder}' includes <{name}>, which only {', '.join(sorted(users))} may",
                            "use what that folder offers instead")

    def check_system_calls(self, path, code, folder):
        for match in SYSTEM_CALLS.finditer(code):
            line = code.count("\n", 0, match.start()) + 1
            self.report(path, line, f"'{folder}' asks the system for time, chance or a sleep ({match.group(0)})",
                        "take a TimePoint, Clock& or Random&; only base and net ask the system")

    def report(self, path, line, problem, remedy):
        self.violations.append(Violation(path, line, problem, remedy))


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--root", default=Path(__file__).resolve().parent.parent, help="the tree to check")
    violations = Layering(parser.parse_args().root).check()
    for violation in violations:
        print(violation)
    print(f"layering: {len(violations)} violation(s)")
    return 1 if violations else 0


if __name__ == "__main__":
    sys.exit(main())
