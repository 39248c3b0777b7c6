"""What is compared: each system's client, service and broker, and how they are configured."""

from dataclasses import dataclass, field

from harness import ROOT, NotStarted, free_port, rabbitmq_process_id, run_rabbitmq_script

PREFETCH = 1000
FIBERS = 1000
BEST_EFFORT = "delivery.rpc=best_effort"
# A client of NATS either writes each message at once, or some in a row after a pause of a millisecond: the better of
# the two in each case.
NATS_WRITES_AT_ONCE_UP_TO = 16
# 1 MiB and a little more, where the default is 1 MiB.
NATS_CONFIGURATION = "max_payload: 2MB\n"
KOMBU_ECHO = ROOT / "bench" / "kombu" / "echo.py"

RELAY = "TCP alone, through a relay"
RAW_RABBITMQ = "rabbitmq-c over RabbitMQ"
RAW_RABBITMQ_NAMEKO = "rabbitmq-c over RabbitMQ, on Nameko's wire"
RAW_RABBITMQ_BARE = "rabbitmq-c over RabbitMQ, no guarantees"
RAW_RABBITMQ_NAMEKO_BARE = "rabbitmq-c over RabbitMQ, on Nameko's wire, no guarantees"
RAW_EMBEDDED = "rabbitmq-c over the embedded broker"
RAW_EMBEDDED_BARE = "rabbitmq-c over the embedded broker, no guarantees"
KOMBU = "kombu over RabbitMQ"
GRPC = "gRPC"
NATS = "NATS"
RABBITMQ = "Hiratake over RabbitMQ"
RABBITMQ_FIBERS = "Hiratake on fibers over RabbitMQ"
RABBITMQ_BEST_EFFORT = "Hiratake on fibers over RabbitMQ, best effort"
EMBEDDED = "Hiratake over the embedded broker"
EMBEDDED_FIBERS = "Hiratake on fibers over the embedded broker"
EMBEDDED_BEST_EFFORT = "Hiratake on fibers over the embedded broker, best effort"
MEMORY = "Hiratake over memory://"
MEMORY_FIBERS = "Hiratake on fibers over memory://"
MEMORY_TWO_IO_THREADS = "Hiratake on fibers over memory://, two I/O threads"

COMPUTE = "examples/compute-mail: compute"
COMPUTE_STATIC = "examples/compute-mail: compute, static"


class RabbitMq:
    """The RabbitMQ that runs for the time of the benchmark."""

    def __init__(self, uri):
        self.uri = uri

    @staticmethod
    def ensure_running():
        rabbitmq_process_id()

    @staticmethod
    def ids():
        return [rabbitmq_process_id()]


class Relay:
    """The relay and the service behind it, which answers nobody else."""

    def __init__(self, processes):
        self.address, service = f"127.0.0.1:{free_port()}", f"127.0.0.1:{free_port()}"
        program = processes.binaries / "relay_echo"
        self.servers = [Server(processes, [program, "serve", service], "serving"),
                        Server(processes, [program, "relay", self.address, "--", service], "serving")]

    def ensure_running(self):
        for server in self.servers:
            server.ensure_running()

    def ids(self):
        return [process_id for server in self.servers for process_id in server.ids()]


class Server:
    """A program that is started when it is needed first, and again when it has ended."""

    def __init__(self, processes, command, ready, program=None):
        self.processes = processes
        self.command = command
        self.ready = ready
        # The file whose size is told.
        self.program = program or command[0]
        self.process = None

    def ensure_running(self):
        if self.process and self.process.is_running():
            return
        self.process = self.processes.start(self.command, self.ready)

    def ids(self):
        return self.process.ids()

    def end(self):
        if self.process:
            self.processes.end(self.process)
            self.process = None


@dataclass
class System:
    name: str
    target: str
    call: list
    services: list = field(default_factory=list)
    broker: object = None
    options: dict = field(default_factory=dict)
    events: list = None
    # Options that depend on the others.
    adapt: object = None

    def command(self, mode, **options):
        program = self.events if mode == "events" else self.call
        options = {**self.options, **options}
        if self.adapt:
            options.update(self.adapt(options))
        return [*program, mode, self.target, *(f"{name}={value}" for name, value in options.items())]

    def ensure_running(self):
        for server in self.servers():
            server.ensure_running()

    def servers(self):
        return [*([self.broker] if self.broker else []), *self.services]

    def ids(self):
        return [process_id for server in self.servers() for process_id in server.ids()]


def embedded_broker(processes):
    address = f"127.0.0.1:{free_port()}"
    broker = Server(processes, [processes.binaries / "hiratake", "broker", "--listen", address], "listening")
    broker.uri = f"amqp://guest:guest@{address}/"
    return broker


def relay(processes):
    broker = Relay(processes)
    return System(RELAY, broker.address, [processes.binaries / "relay_echo"], broker=broker)


def raw(processes, name, broker, **options):
    # rabbitmq-c takes a bare "/" for a vhost without a name.
    uri = broker.uri.rstrip("/")
    program = processes.binaries / "raw_echo"
    settings = [f"{option}={value}" for option, value in options.items()]
    service = Server(processes, [program, "serve", uri, *settings, f"prefetch={PREFETCH}"], "serving")
    return System(name, uri, [program], [service], broker, options, events=[program])


def hiratake(processes, name, broker, *settings):
    binaries = processes.binaries
    command = [binaries / "echo_service", "run", "--broker", broker.uri]
    for setting in (f"prefetch={PREFETCH}", *settings):
        command += ["--set", setting]
    is_on_fibers = {"fibers": 1} if "workers=fibers" in settings else {}
    options = {"guarantees": 0} if BEST_EFFORT in settings else {}
    return System(name, broker.uri, [binaries / "echo_client"], [Server(processes, command, "Connected")], broker,
                  options, events=[binaries / "event_load"],
                  adapt=lambda options: is_on_fibers if "handlers" in options else {})


def memory(processes, name, **options):
    binaries = processes.binaries
    return System(name, "memory://", [binaries / "echo_client"], options=options, events=[binaries / "event_load"])


def kombu(processes, broker):
    service = Server(processes, ["/usr/bin/python3", KOMBU_ECHO, "serve", broker.uri, f"prefetch={PREFETCH}"],
                     "serving", KOMBU_ECHO)
    return System(KOMBU, broker.uri, ["/usr/bin/python3", KOMBU_ECHO], [service], broker)


def grpc(processes):
    target = f"127.0.0.1:{free_port()}"
    service = Server(processes, [processes.binaries / "grpc_echo", "serve", target], "serving")
    return System(GRPC, target, [processes.binaries / "grpc_echo"], [service])


def nats(processes):
    port = free_port()
    program, target = processes.binaries / "nats_echo", f"nats://127.0.0.1:{port}"
    configuration = processes.build / "nats-server.conf"
    configuration.write_text(NATS_CONFIGURATION, encoding="utf-8")
    broker = Server(processes, ["/usr/sbin/nats-server", "--addr", "127.0.0.1", "--port", port,
                                "--config", configuration], "Server is ready")
    services = [Server(processes, [program, "serve", target, f"send_at_once={at_once}"], "serving")
                for at_once in (1, 0)]

    def adapt(options):
        writes_at_once = "rate" not in options and options.get("in_flight", 1) <= NATS_WRITES_AT_ONCE_UP_TO
        return {"send_at_once": int(writes_at_once)}
    return System(NATS, target, [program], services, broker, events=[program], adapt=adapt)


def factories(processes, rabbitmq_uri):
    """For each name a function that makes the system."""
    rabbitmq, embedded = RabbitMq(rabbitmq_uri), embedded_broker(processes)
    # The framework's services have one name, so each kind has a broker, or a vhost, of its own.
    on_fibers = ("workers=fibers", f"max_workers={FIBERS}")

    def raw_over(broker, **options):
        return lambda name: raw(processes, name, broker, **options)

    def hiratake_over(broker, *settings):
        return lambda name: hiratake(processes, name, broker(), *settings)

    def own_vhost():
        return RabbitMq(run_rabbitmq_script("add-vhost"))

    def own_broker():
        return embedded_broker(processes)

    return {
        RELAY: lambda _: relay(processes),
        RAW_RABBITMQ: raw_over(rabbitmq, guarantees=1),
        RAW_RABBITMQ_NAMEKO: raw_over(rabbitmq, guarantees=1, nameko_wire=1),
        RAW_RABBITMQ_BARE: raw_over(rabbitmq, guarantees=0),
        RAW_RABBITMQ_NAMEKO_BARE: raw_over(rabbitmq, guarantees=0, nameko_wire=1),
        RAW_EMBEDDED: raw_over(embedded, guarantees=1),
        RAW_EMBEDDED_BARE: raw_over(embedded, guarantees=0),
        KOMBU: lambda _: kombu(processes, rabbitmq),
        GRPC: lambda _: grpc(processes),
        NATS: lambda _: nats(processes),
        RABBITMQ: hiratake_over(lambda: rabbitmq),
        RABBITMQ_FIBERS: hiratake_over(own_vhost, *on_fibers),
        RABBITMQ_BEST_EFFORT: hiratake_over(own_vhost, *on_fibers, BEST_EFFORT),
        EMBEDDED: hiratake_over(lambda: embedded),
        EMBEDDED_FIBERS: hiratake_over(own_broker, *on_fibers),
        EMBEDDED_BEST_EFFORT: hiratake_over(own_broker, *on_fibers, BEST_EFFORT),
        MEMORY: lambda name: memory(processes, name),
        MEMORY_FIBERS: lambda name: memory(processes, name, fibers=1),
        MEMORY_TWO_IO_THREADS: lambda name: memory(processes, name, fibers=1, io_threads=2),
    }


def all_systems(processes, rabbitmq_uri):
    return {name: make(name) for name, make in factories(processes, rabbitmq_uri).items()}


def start_all(systems):
    """Those that cannot be started are tried again when they are measured, and say why there."""
    for system in systems.values():
        try:
            system.ensure_running()
        except NotStarted as error:
            print(f"{system.name}: {error}")
