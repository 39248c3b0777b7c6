"""The names that a C++ file keeps to itself in its unnamed namespaces: a heuristic that reads text without comments.

The sanitizer builds compile several files of a folder as one (CMAKE_UNITY_BUILD in CMakePresets.json), which is why two
files of a folder may not define the same one.
"""

import re

from source_text import closing_brace

NAMESPACE = re.compile(r"^(?:inline )?namespace\b([\w: ]*)\{", re.MULTILINE)
TYPE = re.compile(r"^(?:class|struct|union|enum(?: class)?) (\w+)\b[^;{]*\{|^using (\w+) =", re.MULTILINE)
VARIABLE = re.compile(r"^(?:static |thread_local )*(?:const|constexpr) [\w:<>, *&]+?[ *&](\w+)(?:\[\w*\])?\s*[={]",
                      re.MULTILINE)
FUNCTION = re.compile(r"^(?!using|class|struct|enum)\w[\w:<>,&* ]*[ *&](\w+)\(([^{};]*?)\)[^{};()=]*\{", re.MULTILINE)


def unnamed_namespaces(code):
    """For each unnamed namespace: the named one around it, and where its text begins and ends."""
    enclosing = ""
    for opening in NAMESPACE.finditer(code):
        name = opening.group(1).strip()
        if name:
            enclosing = name
        else:
            yield enclosing, opening.end(), closing_brace(code, opening.end() - 1)


def parameter_types(parameters):
    """`const Table& table, bool exact = false` as `const Table&,bool`."""
    without_defaults = re.sub(r"\s*=[^,]*", "", parameters)
    return ",".join(re.sub(r"\s*\b\w+$", "", " ".join(one.split())) for one in without_defaults.split(","))


def file_local_names(code):
    """Triples of what must be unique within a folder, the name, and the index where it stands."""
    for enclosing, start, end in unnamed_namespaces(code):
        text = code[start:end]
        for pattern in (TYPE, VARIABLE):
            for match in pattern.finditer(text):
                name = match.group(1) or match.group(2)
                yield (enclosing, name), name, start + match.start()
        for match in FUNCTION.finditer(text):
            name = match.group(1)
            yield (enclosing, name, parameter_types(match.group(2))), name, start + match.start()
