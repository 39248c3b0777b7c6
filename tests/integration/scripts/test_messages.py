"""Runs ./quickstart and ./check on machines that lack something: with a PATH of chosen programs, as a user who is not
root. Argument: the repository."""

import os
import pathlib
import shutil
import subprocess
import sys
import tempfile
import unittest

REPOSITORY = pathlib.Path(sys.argv.pop(1))
# What the scripts need wherever they run: Debian's essential packages.
ESSENTIAL = ["bash", "cat", "comm", "cut", "dirname", "env", "grep", "mkdir", "mktemp", "nproc", "realpath", "rm",
             "sed", "sort", "tail", "tee", "tr"]
NOBODY = 65534


class Messages(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.project = pathlib.Path(folder.name) / "project"
        self.path = pathlib.Path(folder.name) / "bin"
        self.path.mkdir()
        self.project.mkdir()
        for name in ("quickstart", "check", "CMakeLists.txt", "CMakePresets.json"):
            shutil.copy(REPOSITORY / name, self.project)
        for name in ("tools", "packaging", "cmake"):
            shutil.copytree(REPOSITORY / name, self.project / name)
        self.have(*ESSENTIAL)
        if os.geteuid() == 0:
            subprocess.run(["chown", "-R", str(NOBODY), folder.name], check=True)

    def have(self, *programs):
        for program in programs:
            (self.path / program).symlink_to(shutil.which(program, path="/usr/local/bin:/usr/bin:/bin"))

    def stub(self, program, script):
        file = self.path / program
        file.write_text(f"#!/bin/bash\n{script}\n")
        file.chmod(0o755)

    def lack_packages(self):
        self.stub("dpkg-query", "true")

    def fails(self, *command):
        """Returns what it says last, which is one line."""
        outcome = subprocess.run(["bash", *command], cwd=self.project, env={"PATH": str(self.path), "HOME": "/nowhere"},
                                 user=NOBODY if os.geteuid() == 0 else None, stdin=subprocess.DEVNULL,
                                 capture_output=True, text=True, timeout=60)
        self.assertEqual(outcome.returncode, 1, outcome.stdout + outcome.stderr)
        self.said = outcome.stdout + outcome.stderr
        return outcome.stderr.rstrip("\n").rpartition("\n")[2]

    def test_no_root_and_no_sudo(self):
        self.lack_packages()
        self.stub("apt-get", "exit 100")
        for script in ("quickstart", "check"):
            line = self.fails(script)
            self.assertIn("Installing needs root, and there is no sudo: run as root: apt-get install ", line)
            self.assertIn(" g++", line)

    def test_a_sudo_that_refuses(self):
        self.lack_packages()
        self.stub("apt-get", "exit 100")
        self.stub("sudo", "echo 'nobody is not in the sudoers file.' >&2; exit 1")
        line = self.fails("quickstart")
        self.assertIn("nobody is not in the sudoers file.", self.said)
        self.assertIn("Installing needs root, and sudo refused: run as root: apt-get install ", line)

    # Only apt-get is run: the file that the script makes as root is not to be made here.
    CAREFUL_SUDO = '[[ $1 != apt-get ]] || exec "$@"; [[ $1 != tee ]] || cat >/dev/null'

    def test_a_failed_download_of_the_lists(self):
        self.lack_packages()
        self.stub("sudo", self.CAREFUL_SUDO)
        self.stub("apt-get", "echo \"E: Could not resolve 'deb.debian.org'\" >&2; exit 100")
        line = self.fails("quickstart")
        self.assertIn("E: Could not resolve 'deb.debian.org'", self.said)
        self.assertIn("The package lists could not be downloaded: check the network and /etc/apt/sources.list.", line)

    def test_a_failed_download_of_a_package(self):
        self.lack_packages()
        self.stub("sudo", self.CAREFUL_SUDO)
        self.stub("apt-get", '[[ $1 == update ]] || { echo "E: Unable to fetch some archives" >&2; exit 100; }')
        line = self.fails("check")
        self.assertIn("E: Unable to fetch some archives", self.said)
        self.assertIn("The packages could not be installed: see the lines above", line)

    def test_no_cmake_ninja_or_compiler(self):
        self.assertIn("cmake is missing: run ./check without --no-install", self.fails("check", "--no-install"))
        self.assertIn("CMake is missing: apt-get install cmake", self.fails("quickstart", "--no-install"))
        self.have("cmake")
        self.assertIn("ninja is missing: run ./check without --no-install", self.fails("check", "--no-install"))
        self.assertIn("Ninja is missing: apt-get install ninja-build", self.fails("quickstart", "--no-install"))
        self.have("ninja")
        line = self.fails("check", "--no-install", "--only", "dev")
        self.assertIn("CMake could not configure the preset 'dev': the lines above name what is missing.", line)
        self.assertIn("CMAKE_CXX_COMPILER", self.said)
        line = self.fails("quickstart", "--no-install")
        self.assertEqual(line, "There is no C++ compiler ('c++'): apt-get install g++, then try again.")

    def test_a_compiler_that_is_too_old(self):
        self.have("cmake", "ninja")
        self.stub("c++", '[[ $1 != -dumpversion ]] && echo "Free Software Foundation" || echo 10')
        self.assertIn("The compiler is g++ 10, which is too old: apt-get install g++-12",
                      self.fails("quickstart", "--no-install"))


if __name__ == "__main__":
    unittest.main(verbosity=2)
