#!/usr/bin/python3
"""That programs can be linked without any shared library (HIRATAKE_STATIC), without building them so.

    static_programs.py SOURCE_FOLDER PROGRAM...

Configures a static release and looks at what each program would be linked with. The PROGRAMs themselves are built as
usual: what they call must not be of a library that has no archive.
What only the linker finds stays unseen: that the archives have all that they use of each other. bench/run links one.
"""

import re
import subprocess
import sys
import tempfile
from pathlib import Path

SHARED_LIBRARY = re.compile(r"\S+\.so(?:\.\d+)*(?=\s|$)")
# Of libcurl, libpq and date-tz: cmake/static.cmake.
WITHOUT_ARCHIVE = re.compile(r" U (curl_\w+|PQ\w+|_ZNK?4date\w+)")


def output_of(*command):
    return subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout


def faults_of_links(source, names):
    with tempfile.TemporaryDirectory() as folder:
        output_of("cmake", "--preset", "release-static", "-S", source, "-B", folder)
        for name in names:
            link = output_of("ninja", "-C", folder, "-t", "commands", "-s", f"bin/{name}")
            if "-static-pie" not in link:
                yield f"{name} would be linked with the shared libraries of the compiler: {link}"
            yield from (f"{name} would be linked with {library}" for library in SHARED_LIBRARY.findall(link))


def faults_of_calls(program):
    called = output_of("nm", "--dynamic", "--undefined-only", program)
    yield from (f"{program.name} calls {symbol}, of a library without an archive"
                for symbol in WITHOUT_ARCHIVE.findall(called))


def main():
    source, *programs = map(Path, sys.argv[1:])
    faults = [*faults_of_links(source, [program.name for program in programs]),
              *(fault for program in programs for fault in faults_of_calls(program))]
    print("\n".join([*faults, f"static programs: {len(faults)} fault(s)"]))
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
