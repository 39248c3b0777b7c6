"""Samples of `perf record`, read from what `perf script` prints: whose they are, and which layers they fall on."""

import re
import subprocess
from collections import Counter, defaultdict
from dataclasses import dataclass
from pathlib import Path

# What perf script is asked for, and read() understands.
SCRIPT = ["perf", "script", "--no-inline", "--fields", "pid,ip,sym,dso", "--input"]
KERNEL = "[kernel.kallsyms]"
UNKNOWN = "[unknown]"

# The layers, in the order of tables and legends, and their colours.
COLOURS = {
    "kernel: waiting, waking": "#c9605b",
    "kernel: sockets": "#e58a6b",
    "kernel: files": "#8f5f6d",
    "kernel: memory": "#c98a9b",
    "kernel: system calls": "#f0b9a0",
    "kernel: other": "#f0d6cc",
    "allocation": "#d8b13f",
    "locks": "#b58a2e",
    "clock": "#c7c06a",
    "copying": "#efc987",
    "C and C++ libraries": "#e6d89a",
    "event loop, fibers": "#9a86c9",
    "AMQP codec": "#5f9ed1",
    "broker": "#4fae9d",
    "AMQP client": "#86bfe6",
    "RPC": "#74b567",
    "service": "#a9cf85",
    "JSON, values": "#d68fb8",
    "load": "#a8a8a8",
    "rabbitmq-c": "#b9a58c",
    "RabbitMQ": "#f0a04b",
    "other": "#d0d0d0",
}

LAYERS_OF_FOLDERS = {
    "net": "event loop, fibers", "base": "event loop, fibers", "timer": "event loop, fibers",
    "amqp": "AMQP codec", "broker": "broker", "client": "AMQP client",
    "rpc": "RPC", "wire": "RPC", "events": "RPC", "messaging": "RPC",
    "payload": "JSON, values", "service": "service", "runner": "service", "cli": "service", "bench": "load",
}
FOLDER = re.compile(r"/(?:src|include/hiratake)/(\w+)/|/(bench)/")

# The first that fits a function of the kernel, or else its caller, and so on.
LAYERS_OF_THE_KERNEL = {
    # sock_def_readable wakes who waits for a socket, in vain or not.
    "kernel: waiting, waking": re.compile(r"schedule|wake|futex|epoll|^ep_|eventfd|sys_poll|do_poll|nanosleep|"
                                          r"task_switch|switch_to|sock_def_readable|sock_def_write_space"),
    "kernel: sockets": re.compile(r"tcp|sock|inet|skb|^ip_|^__ip|net_|loopback|sendto|sendmsg|recv|_xmit"),
    "kernel: files": re.compile(r"ext4|fsync|sync_file|writepages|filemap|blk_|bio_|iowrite|virtqueue"),
    "kernel: memory": re.compile(r"page|madvise|mmap|munmap|brk|folio|vma"),
    # Entering and leaving, and what little fits none of those.
    "kernel: system calls": re.compile(r"syscall|SYSCALL|_sys_"),
}
# The same of the C and C++ libraries.
LAYERS_OF_LIBRARIES = {
    # Nothing but the instruction that calls the kernel.
    "kernel: system calls": re.compile(r"^_*(?:GI_|libc_)*(?:send|recv|sendmsg|recvmsg|read|write|readv|writev|poll|"
                                       r"epoll_\w+|madvise|munmap|syscall)$|futex"),
    "allocation": re.compile(r"malloc|calloc|realloc|free|_int_|^operator (?:new|delete)|tcache|arena|memalign"),
    "locks": re.compile(r"mutex|pthread_cond|lll_|rwlock"),
    "clock": re.compile(r"clock|vdso|gettimeofday"),
    "copying": re.compile(r"mem(?:cpy|move|set|cmp|chr)|strlen|str(?:n?cmp|n?cpy)"),
    "C and C++ libraries": re.compile(""),
}
LIBRARIES = re.compile(r"/(?:libc|libm|libstdc\+\+|libgcc_s|ld-linux[-\w]*)\.so[.\d]*$|^\[vdso\]$")


@dataclass(frozen=True)
class Address:
    """Where a processor was, or will return to. `at` counts from the start of the file `program`."""
    at: int
    symbol: str
    program: str


@dataclass(frozen=True)
class Frame:
    """A function. `layer` is None for what belongs to whoever calls it, such as the code of a template of a library."""
    function: str
    layer: str | None


def read(lines):
    """The samples, each a process and its addresses, innermost first."""
    line_of_address = re.compile(r"\s+([0-9a-f]+) (.+) \(([/\[].*)\)$")
    process_id, addresses = None, []
    for line in lines:
        if found := line_of_address.match(line):
            addresses.append(Address(int(found[1], 16), found[2], found[3]))
        elif line.strip():
            process_id, addresses = int(line.split()[0]), []
        elif process_id is not None:
            yield process_id, addresses
            process_id = None
    if process_id is not None:
        yield process_id, addresses


def without_brackets(name):
    """A name without what stands in (), <> and []; nested, too."""
    kept, depth = [], 0
    for character in name:
        depth += character in "(<["
        if depth == 0:
            kept.append(character)
        depth -= character in ")>]"
    return "".join(kept)


OPERATOR = re.compile(r"operator(\(\)|\[\]|<=>|->\*?|<<=?|>>=?|<=?|>=?)")
# Characters that stand for operators while brackets are taken away.
SET_ASIDE = 0xE000


def simplified(name):
    """A C++ function by its qualified name alone: no namespace of the project's, arguments, results and templates."""
    operators = []

    def set_aside(found):
        operators.append(found[1])
        return "operator" + chr(SET_ASIDE + len(operators) - 1)
    name = name.replace("(anonymous namespace)::", "").replace("[abi:cxx11]", "").partition("@@")[0]
    name = without_brackets(OPERATOR.sub(set_aside, name)).replace(" const::", "::").replace("hiratake::", "")
    name = re.sub(r"\{lambda#?\d*\}(?:::operator[\ue000-\uf8ff])?", "{lambda}", name)
    # What follows the arguments, and what stands before the name.
    name = re.sub(r"(?: const| noexcept| ?&)+$", "", name.strip())
    if not re.search(r"operator (?:new|delete)$", name):
        name = name.rpartition(" ")[2]
    return re.sub(r"[\ue000-\uf8ff]", lambda found: operators[ord(found[0]) - SET_ASIDE], name)


def layer_of_file(path):
    """Of a source file; None for one that is not the project's."""
    found = FOLDER.search(path)
    return LAYERS_OF_FOLDERS.get(found[1] or found[2], "service") if found else None


def file_name(path):
    """Without the line that addr2line tells."""
    return Path(path).name.partition(":")[0]


def own_functions(program, places):
    """The functions at places of a program of the project, inlined ones first, each with its source file; by place."""
    command = ["addr2line", "--exe", program, "--functions", "--inlines", "--demangle", "--addresses"]
    told = subprocess.run(command, input="\n".join(map(hex, places)), check=True, capture_output=True, text=True).stdout
    functions = defaultdict(list)
    lines = iter(told.splitlines())
    for line in lines:
        if line.startswith("0x"):
            place = int(line, 16)
        else:
            functions[place].append((line, next(lines)))
    return functions


class Symbols:
    """What is at the addresses of samples. Programs in the folder `own` are the project's, with debug information."""

    def __init__(self, samples, own):
        self.own = str(own)
        places = defaultdict(set)
        for _, addresses in samples:
            for index, address in enumerate(addresses):
                if self.is_own(address):
                    places[address.program].add(self.place(address, index))
        self.functions = {program: own_functions(program, sorted(each)) for program, each in places.items()}

    def is_own(self, address):
        return address.program.startswith(self.own)

    @staticmethod
    def place(address, index):
        # A caller's address is that of the instruction after the call.
        return address.at - (index > 0)

    def frames(self, addresses, of_rabbitmq):
        """The frames of a sample, innermost first."""
        for index, address in enumerate(addresses):
            if self.is_own(address):
                yield from self.own_frames(address, index)
            elif frame := foreign_frame(address, of_rabbitmq):
                yield frame

    def own_frames(self, address, index):
        *inlined, whole = self.functions[address.program][self.place(address, index)]
        for name, path in inlined:
            # What a library has inlined says little, and there is much of it.
            if (layer := layer_of_file(path)) and name != "_FUN":
                yield Frame(f"{{lambda}} of {file_name(path)}" if name == "operator()" else simplified(name), layer)
        yield Frame(simplified(whole[0]), layer_of_file(whole[1]))


def first_that_fits(layers, name):
    return next((layer for layer, fits in layers.items() if fits.search(name)), None)


def foreign_frame(address, of_rabbitmq):
    """A frame of the kernel or of a library; None where nothing is known of it."""
    library = Path(address.program).name
    is_unknown = address.symbol == UNKNOWN
    name = f"[{library.strip('[]')}]" if is_unknown else simplified(address.symbol)
    if address.program == KERNEL:
        return Frame(name, first_that_fits(LAYERS_OF_THE_KERNEL, name) or "kernel: other")
    if of_rabbitmq:
        return Frame("compiled Erlang" if is_unknown else name, "RabbitMQ")
    if library.startswith("libmimalloc"):
        return Frame(name, "allocation")
    if LIBRARIES.search(address.program):
        return Frame(name, first_that_fits(LAYERS_OF_LIBRARIES, name))
    if library.startswith("librabbitmq"):
        return Frame(name, "rabbitmq-c")
    return None if is_unknown else Frame(name, "other")


def layer_of(frames):
    """The layer that the time of a sample goes to. `frames`: innermost first."""
    if not frames:
        return "other"
    if (frames[0].layer or "").startswith("kernel"):
        kernel = [frame.layer for frame in frames if (frame.layer or "").startswith("kernel")]
        return next((layer for layer in kernel if layer != "kernel: other"), "kernel: other")
    return next((frame.layer for frame in frames if frame.layer), "other")


@dataclass
class Profile:
    """Samples by whose they are and what they did. `roles` are of the processes of a scenario alone."""
    roles: list
    stacks: Counter
    layers: Counter
    heaviest: Counter
    idle: int = 0
    others: int = 0

    def count(self):
        return self.idle + self.others + self.busy()

    def busy(self):
        return self.layers.total()

    def of_role(self, role):
        return sum(count for (_, whose), count in self.layers.items() if whose == role)

    def of_layer(self, layer):
        return sum(count for (which, _), count in self.layers.items() if which == layer)


def profile_of(samples, roles, own, taken_when_busy):
    """`roles`: what the processes of the scenario are, by their ids.

    Of an idle processor, which is process 0, samples are missing: idle is what is left of `taken_when_busy`.
    """
    samples = list(samples)
    symbols = Symbols([sample for sample in samples if sample[0] in roles], own)
    profile = Profile(list(dict.fromkeys(roles.values())), Counter(), Counter(), Counter())
    for process_id, addresses in samples:
        if process_id not in roles:
            profile.others += process_id != 0
        else:
            role = roles[process_id]
            frames = list(symbols.frames(addresses, role == "RabbitMQ"))
            layer = layer_of(frames)
            profile.layers[layer, role] += 1
            profile.heaviest[frames[0].function if frames else UNKNOWN] += 1
            drawn = [(frame.function, frame.layer or "C and C++ libraries") for frame in reversed(frames)]
            profile.stacks[(role, "other"), *drawn] += 1
    profile.idle = max(0, taken_when_busy - profile.busy() - profile.others)
    return profile
