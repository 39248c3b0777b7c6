"""What the source checks share: the list of the project's files, and C++ text with comments and literals blanked."""

import os
import subprocess
from pathlib import Path

CPP_SUFFIXES = {".cpp", ".hpp"}
SKIPPED_FOLDERS = {".git", "build", "node_modules", "__pycache__", "outbox"}


def project_files(root):
    """The files under version control and those that are about to be, as sorted paths relative to root."""
    command = ["git", "-C", str(root), "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    if (root / ".git").exists():
        listed = subprocess.run(command, capture_output=True, check=True, text=True).stdout
        names = [Path(name) for name in listed.split("\0") if name]
        return sorted(name for name in names if (root / name).is_file())
    found = []
    for folder, subfolders, names in os.walk(root):  # an unpacked archive has no .git
        subfolders[:] = [name for name in subfolders if name not in SKIPPED_FOLDERS]
        found += [(Path(folder) / name).relative_to(root) for name in names]
    return sorted(found)


def blank(text):
    return "".join(character if character == "\n" else " " for character in text)


def end_of_literal(text, start, quote):
    """The index after the string or character literal whose opening quote is at start."""
    at = start + 1
    while at < len(text) and text[at] not in (quote, "\n"):
        at += 2 if text[at] == "\\" else 1
    return min(at + 1, len(text))


def end_of_raw_string(text, start):
    """The index after the raw string literal whose opening quote is at start."""
    opening = text.find("(", start)
    if opening < 0:
        return len(text)
    closing = ")" + text[start + 1:opening] + '"'
    end = text.find(closing, opening)
    return len(text) if end < 0 else end + len(closing)


def is_digit_separator(text, at):
    return at > 0 and text[at - 1].isalnum() and at + 1 < len(text) and text[at + 1].isalnum()


def code_only(text, keep_literals=False):
    """The text with its comments (and what stands inside literals) replaced by spaces; lines and columns stay put."""
    pieces = []
    at = 0
    while at < len(text):
        if text.startswith("//", at):
            end = text.find("\n", at)
            end = len(text) if end < 0 else end
            pieces.append(blank(text[at:end]))
        elif text.startswith("/*", at):
            end = text.find("*/", at + 2)
            end = len(text) if end < 0 else end + 2
            pieces.append(blank(text[at:end]))
        elif text[at] == '"' or (text[at] == "'" and not is_digit_separator(text, at)):
            raw = text[at] == '"' and at > 0 and text[at - 1] == "R"
            end = end_of_raw_string(text, at) if raw else end_of_literal(text, at, text[at])
            literal = text[at:end]
            pieces.append(literal if keep_literals else literal[0] + blank(literal[1:-1]) + literal[-1:])
        else:
            end = at + 1
            pieces.append(text[at])
        at = end
    return "".join(pieces)


def without_directives(code):
    """The code with its preprocessor lines blanked."""
    lines = code.split("\n")
    continued = False
    for number, line in enumerate(lines):
        if continued or line.lstrip().startswith("#"):
            continued = line.endswith("\\")
            lines[number] = blank(line)
    return "\n".join(lines)


def closing_brace(code, opening):
    depth = 0
    for at in range(opening, len(code)):
        if code[at] == "{":
            depth += 1
        elif code[at] == "}":
            depth -= 1
            if depth == 0:
                return at
    return len(code) - 1
