#!/usr/bin/python3
"""Checks the style that a compiler does not see: sizes, forbidden words, header guards, titles, local
names that two files share which the sanitizer builds compile together.

    tools/tidy.py [--root FOLDER]

Prints one line for each finding, `file:line: what is wrong`, and exits 1 if there is one.
"""

import argparse
import re
import sys
from pathlib import Path

from file_local_names import file_local_names
from source_text import CPP_SUFFIXES, closing_brace, code_only, project_files, without_directives

MOST_LINES_OF_A_FILE = 500
MOST_LINES_OF_A_FUNCTION = 70
LONGEST_LINE = 120
TEXT_SUFFIXES = CPP_SUFFIXES | {".py", ".sh", ".cmake", ".md", ".txt", ".yaml", ".yml", ".json", ".lua", ""}
CODE_SUFFIXES = CPP_SUFFIXES | {".py", ".sh", ".cmake", ".lua"}
# Whose files the sanitizer builds compile together, a folder at a time.
COMPILED_TOGETHER = "src/"
GENERATED_FROM_ELSEWHERE = ("third_party/", "tests/fuzz/corpus/")

# Each word is broken by brackets, so that this file does not find itself.
OPEN_ENDS = re.compile(r"\b(?:TO[D]O|FIX[M]E|XX[X]|HAC[K])\b")
PATHS_OF_ONE_MACHINE = re.compile(r"(?<![\w.])/(?:wor[k]|roo[t]|hom[e]/\w+)/")
COROUTINES = re.compile(r"\bco_(?:await|return|yield)\b")
USING_NAMESPACE = re.compile(r"\busing\s+namespace\b")
SCOPE_HEAD = re.compile(r'\b(?:namespace|class|struct|union|extern\s*"\s*")\b|\bextern\s*"')
FUNCTION_END = re.compile(r"\)\s*(?:const|noexcept|override|final|&|->[\w:&*\s]+|\s)*$")
ENUM_HEAD = re.compile(r"\benum\b")
INITIALIZER_HEAD = re.compile(r"(?<![=!<>])=(?![=])[^()]*$|\breturn\b")


class Block:
    """A brace pair at namespace or class scope: the text before it since the last statement, and where it stands."""

    def __init__(self, head, head_at, opening, closing):
        self.head, self.head_at, self.opening, self.closing = head, head_at, opening, closing

    def is_scope(self):
        head = without_angles(self.head)
        # `struct Foo* make() {` is a function although it says struct.
        return bool(SCOPE_HEAD.search(head)) and not ENUM_HEAD.search(head) and not FUNCTION_END.search(head)

    def is_function(self):
        head = without_angles(self.head)
        return ")" in head and not ENUM_HEAD.search(head) and not INITIALIZER_HEAD.search(head)


def without_angles(head):
    """The head without `<...>`, in which template parameters say `class` too."""
    shorter = re.sub(r"<[^<>]*>", "", head)
    return shorter if shorter == head else without_angles(shorter)


def functions(code):
    """The function bodies of C++ text without comments, literals and directives: a heuristic that reads braces only."""
    start = at = 0
    while at < len(code):
        character = code[at]
        if character == "{":
            head = code[start:at]
            block = Block(head, start + len(head) - len(head.lstrip()), at, closing_brace(code, at))
            if block.is_scope():
                start = at = at + 1
                continue
            after = code[block.closing + 1:].lstrip()[:1]
            at = block.closing + 1
            if after in (",", "{") and ")" in head:  # a member initialiser, `: name_{name} {`
                continue
            if block.is_function():
                yield block
            start = at
            continue
        if character in ";}":
            start = at + 1
        at += 1


class Tidy:
    def __init__(self, root):
        self.root = Path(root)
        self.findings = []
        self.local_names = {}

    def check(self):
        for path in project_files(self.root):
            if path.suffix in TEXT_SUFFIXES and not str(path).startswith(GENERATED_FROM_ELSEWHERE):
                self.check_file(path)
        return self.findings

    def check_file(self, path):
        try:
            text = (self.root / path).read_text(encoding="utf-8")
        except UnicodeDecodeError:
            return  # not text
        self.check_words(path, text)
        if path.suffix in CODE_SUFFIXES or text.startswith("#!"):
            self.check_lines(path, text)
        if path.suffix in CPP_SUFFIXES:
            self.check_cpp(path, text)
        if path.suffix == ".md":
            self.check_title(path, text)

    def check_words(self, path, text):
        self.find_all(path, text, OPEN_ENDS, "work left open: do it, or write an issue")
        self.find_all(path, text, PATHS_OF_ONE_MACHINE, "a path that exists on one machine only")

    def check_lines(self, path, text):
        lines = text.splitlines()
        if len(lines) > MOST_LINES_OF_A_FILE:
            self.report(path, 1, f"{len(lines)} lines, more than {MOST_LINES_OF_A_FILE}: is it really one thing?")
        for number, line in enumerate(lines, start=1):
            if len(line) > LONGEST_LINE:
                self.report(path, number, f"{len(line)} columns, more than {LONGEST_LINE}")

    def check_cpp(self, path, text):
        code = code_only(text)
        self.find_all(path, code, COROUTINES, "a coroutine, which g++ 12 miscompiles (docs/architecture.md)")
        if path.suffix == ".hpp":
            self.find_all(path, code, USING_NAMESPACE, "using namespace in a header reaches everyone who includes it")
            first = next((line.strip() for line in code.splitlines() if line.strip()), "")
            if first != "#pragma once":
                self.report(path, 1, "a header begins with #pragma once")
        plain = without_directives(code)
        for function in functions(plain):
            first_line = plain.count("\n", 0, function.head_at) + 1
            length = plain.count("\n", function.head_at, function.closing) + 1
            if length > MOST_LINES_OF_A_FUNCTION:
                self.report(path, first_line, f"a function of {length} lines, more than {MOST_LINES_OF_A_FUNCTION}")
        if path.suffix == ".cpp" and path.as_posix().startswith(COMPILED_TOGETHER):
            self.check_local_names(path, plain)

    def check_local_names(self, path, code):
        for identity, name, at in file_local_names(code):
            first = self.local_names.setdefault((path.parent, *identity), path)
            if first != path:
                self.report(path, code.count("\n", 0, at) + 1,
                            f"'{name}' is a name of {first.name} too, and the two are compiled together: rename one")

    def check_title(self, path, text):
        fenced = False
        titles = []
        for number, line in enumerate(text.splitlines(), start=1):
            if line.startswith("```"):
                fenced = not fenced
            elif line.startswith("# ") and not fenced:
                titles.append(number)
        if len(titles) != 1:
            self.report(path, titles[1] if titles else 1, f"{len(titles)} '# ' titles; a page has one")

    def find_all(self, path, text, pattern, problem):
        for match in pattern.finditer(text):
            self.report(path, text.count("\n", 0, match.start()) + 1, f"'{match.group(0)}': {problem}")

    def report(self, path, line, problem):
        self.findings.append(f"{path}:{line}: {problem}")


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--root", default=Path(__file__).resolve().parent.parent, help="the tree to check")
    findings = Tidy(parser.parse_args().root).check()
    print("\n".join([*findings, f"tidy: {len(findings)} finding(s)"]))
    return 1 if findings else 0


if __name__ == "__main__":
    sys.exit(main())
