#!/usr/bin/python3
"""Compares the configuration keys that the code reads with those that it knows (src/runner/known_keys.cpp).

    tools/config_keys.py [--root FOLDER]

A key that is read and not known would be refused as a slip; one that is known and read nowhere would be accepted in
vain. Keys are texts in the source: dotted ones that begin with a section of the framework, those that a function is
given right after a configuration, and a section with a dot behind it, for whoever puts the names in it together. Prints
a line for each difference, and exits 1 if there is one.
"""

import argparse
import re
import sys
from pathlib import Path

from source_text import CPP_SUFFIXES, code_only, project_files

KNOWN = Path("src/runner/known_keys.cpp")
LITERAL = re.compile(r'"([A-Za-z_.]+)"')
TOP_LEVEL = re.compile(r"top_level_keys\(\) \{.*?\{(.*?)\};", re.DOTALL)
SECTION = re.compile(r'\{"([a-z.]+)",\s*\{(.*?)\}\}', re.DOTALL)
READ = re.compile(r'\bconfig_?(?:\(\))?(?:\.(?:text|integer|number|boolean|seconds|find|contains)\(|,\s*)'
                  r'"([A-Za-z_]+)"')
# Whoever reads these two checks what is in them.
CHECKED_ELSEWHERE = ("gateway.", "http.tls.")


def known_keys(text):
    """The keys of known_keys.cpp, those of sections with the section's name before them."""
    keys = set(LITERAL.findall(TOP_LEVEL.search(text).group(1)))
    for section, names in SECTION.findall(text):
        keys |= {f"{section}.{name}" for name in LITERAL.findall(names)}
    return keys


def read_keys(text, known, sections):
    """The keys that one source file reads."""
    literals = set(LITERAL.findall(text))
    dotted = {key for key in literals if key.startswith(sections) and not key.endswith(".")}
    return dotted | {key[:-1] for key in literals if key.endswith(".") and key[:-1] in known} | set(READ.findall(text))


def with_sections(keys):
    """Whoever reads a key reads the sections that it is in, too."""
    return keys | {key[:at] for key in keys for at in range(len(key)) if key[at] == "."}


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("--root", type=Path, default=Path(__file__).resolve().parents[1])
    root = parser.parse_args().root
    known = known_keys((root / KNOWN).read_text(encoding="utf-8"))
    sections = tuple(sorted({key.split(".")[0] + "." for key in known if "." in key} | {"gateway."}))
    read = {}
    for path in project_files(root):
        if path.suffix not in CPP_SUFFIXES or path.parts[0] not in ("src", "include") or path == KNOWN:
            continue
        text = code_only((root / path).read_text(encoding="utf-8"), keep_literals=True)
        for key in read_keys(text, known, sections):
            read.setdefault(key, path)
    findings = [f"{path}: it reads `{key}`, which {KNOWN} does not know" for key, path in sorted(read.items())
                if key not in known and not key.startswith(CHECKED_ELSEWHERE)]
    findings += [f"{KNOWN}: `{key}` is known, and read nowhere" for key in sorted(known - with_sections(set(read)))]
    for finding in findings:
        print(finding)
    return 1 if findings else 0


if __name__ == "__main__":
    sys.exit(main())
