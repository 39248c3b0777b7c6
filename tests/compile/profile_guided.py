#!/usr/bin/python3
"""That both steps of tools/build_profile_guided.sh agree on where each object is counted, without building.

    profile_guided.py SOURCE_FOLDER

What is counted has to be found again: each object that is optimised must have its like among those that count.
bench/run builds all of it.
"""

import re
import subprocess
import sys
import tempfile
from pathlib import Path

OBJECT = re.compile(r"^(\S+\.o): CXX_COMPILER", re.MULTILINE)
PROGRAM = "bin/hiratake"


def output_of(*command):
    return subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout


def step(source, folder, preset, *options):
    """The objects that a step makes, and the commands by which it makes a program."""
    output_of("cmake", "--preset", preset, "-S", source, "-B", folder, *options)
    return (set(OBJECT.findall(output_of("ninja", "-C", folder, "-t", "targets", "all"))),
            [command for command in output_of("ninja", "-C", folder, "-t", "commands", PROGRAM).splitlines()
             if " -c " in command])


def faults(source):
    with tempfile.TemporaryDirectory() as folder:
        profile = Path(folder) / "profile"
        training, guided = Path(folder) / "training", Path(folder) / "guided"
        counted, counting = step(source, training, "profile-guided-training", f"-DHIRATAKE_RECORD_PROFILE={profile}")
        optimised, optimising = step(source, guided, "profile-guided", f"-DHIRATAKE_USE_PROFILE={profile}")
        yield from (f"{each} is optimised, and nothing counts for it" for each in optimised - counted)
        for commands, where, how in ((counting, training, "generate"), (optimising, guided, "use")):
            flags = f"-fprofile-{how}={profile}", f"-fprofile-prefix-path={where}"
            yield from (f"{flag} is missing in: {command}"
                        for command in commands for flag in flags if flag not in command)


def main():
    found = list(faults(Path(sys.argv[1])))
    print("\n".join([*found, f"profile-guided builds: {len(found)} fault(s)"]))
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
