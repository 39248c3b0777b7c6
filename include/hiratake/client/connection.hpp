#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "hiratake/base/deadline.hpp"
#include "hiratake/base/health_report.hpp"
#include "hiratake/client/connection_options.hpp"
#include "hiratake/client/connection_statistics.hpp"
#include "hiratake/client/consumer.hpp"
#include "hiratake/client/core/publish_result.hpp"
#include "hiratake/client/core/topology.hpp"
#include "hiratake/client/publication.hpp"
#include "hiratake/client/returned_message.hpp"

namespace hiratake {
class Clock;
class Log;
class Random;
}  // namespace hiratake

namespace hiratake::net {
class ByteStream;
class EventLoop;
}  // namespace hiratake::net

namespace hiratake::client {

/// Gives the client's end of a stream to the embedded broker of that name, for `memory://NAME`; null when there is
/// none. Called on the I/O thread, at each attempt to connect.
using MemoryConnector = std::function<std::unique_ptr<net::ByteStream>(const std::string& name)>;

/// A connection to an AMQP 0-9-1 broker that is restored when it is lost: topology and consumers anew, publishes
/// without an answer once more. See docs/client.md.
///
/// All functions are safe from any thread. Handlers run on the I/O thread of the event loop.
class Connection {
  public:
    /// Does not connect yet. `loop`, `log`, `clock` and `random` must outlive the connection.
    /// Throws ConfigurationError when the options name no broker, or a memory broker without a `memory` connector.
    Connection(ConnectionOptions options, net::EventLoop& loop, const Log& log, const Clock& clock, Random& random,
               MemoryConnector memory = nullptr);
    /// close() without patience: what is outstanding is reported as `connection_lost`. Not on the I/O thread, unless
    /// the loop is run by hand.
    ~Connection();
    Connection(const Connection&) = delete;
    Connection& operator=(const Connection&) = delete;

    /// Adds to what is declared on this connection and on every one that replaces it. Before start() or later. What has
    /// been declared before is declared once more, now, which starts the `x-expires` of a queue anew.
    /// Throws ConfigurationError for a name that AMQP has no room for.
    void declare(Topology topology);
    /// Subscribes to a queue, now or as soon as there is a connection, after all that was declared.
    /// Throws ConfigurationError for a name that AMQP has no room for and when there is no channel left,
    /// ConnectionClosed after close().
    [[nodiscard]] Consumer consume(ConsumerOptions options, DeliveryHandler handler);

    /// How many messages were ready in a queue when it was declared last on this connection; nothing when it was not.
    std::optional<std::uint32_t> message_count(const std::string& queue) const;

    /// Connects, and keeps connected until close(). Returns at once; a second call does nothing.
    void start();
    /// Returns when connected, with the topology declared and the consumers subscribed. Not on the I/O thread.
    /// Throws AuthenticationError, VhostError, AccessRefused, TopologyError or TlsError for what will not mend by
    /// itself (only before the connection was ready for the first time), TimeoutError when the deadline passes first,
    /// naming what went wrong last, ConnectionClosed when it is closed meanwhile.
    void wait_until_ready(Deadline deadline);
    /// Whether wait_until_ready() would return at once.
    bool is_ready() const;
    /// What went wrong last; nothing while the connection is ready.
    std::optional<std::string> last_failure() const;
    /// Ready, being made (again), or given up.
    HealthReport health() const;
    ConnectionStatistics statistics() const;

    /// Publishes; the handler is told the outcome, once. What several threads publish in the same moment leaves in one
    /// write. When too much is outstanding it waits, up to the deadline; on the I/O thread it reports `overloaded`
    /// instead. An empty handler: failures are logged. The handler may run before publish() has returned. Throws
    /// ConfigurationError for a name or property that AMQP has no room for, ConnectionClosed after close().
    void publish(Publication publication, Deadline deadline, PublishHandler handler);
    /// Has `handler` asked about each returned message that no publish waits for, because it was published without a
    /// confirm. What nobody knows is logged. The connection asks it for as long as the caller keeps it; it may still be
    /// running when the caller has let go of it.
    void on_return(const std::shared_ptr<ReturnHandler>& handler);
    /// Publishes and waits for the outcome. Not on the I/O thread.
    PublishResult publish_and_wait(Publication publication, Deadline deadline);

    /// Cancels the consumers, waits until all deliveries are settled and all publishes answered, and says goodbye.
    /// Whatever is left at the deadline, or when there is no connection (any more), is given up: publishes are reported
    /// as `connection_lost`, deliveries go back to their queues. Not on the I/O thread. A second call does nothing.
    void close(Deadline deadline);

    /// The broker that is connected or tried, with the password masked.
    std::string broker() const;

  private:
    class Driver;
    // Shared with handlers on the event loop that may still be under way when the connection goes.
    std::shared_ptr<Driver> driver_;
};

}  // namespace hiratake::client
