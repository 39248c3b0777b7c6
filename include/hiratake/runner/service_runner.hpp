#pragma once

#include <memory>
#include <string>

namespace hiratake {

class Config;
class Log;
struct ServiceDefinition;
namespace client {
class Connection;
}

/// Runs the containers of several services in one process, with what they share: the I/O threads, and a broker
/// connection on each. (Nameko: runners.ServiceRunner.)
///
/// `io_threads` of the configuration says how many there are (1 unless set). Each service has its place on one of them,
/// in turn.
///
/// The configuration key `AMQP_URI` names the broker. Without it, and when nothing listens on localhost:5672, the
/// embedded broker is started there; `memory://` starts one that only this process can reach.
///
/// All functions are called from one thread, but interrupt(), which is safe from any.
class ServiceRunner {
  public:
    /// @param log must outlive the runner
    ServiceRunner(Config config, const Log& log);
    /// Kills what still runs.
    ~ServiceRunner();
    ServiceRunner(const ServiceRunner&) = delete;
    ServiceRunner& operator=(const ServiceRunner&) = delete;

    /// Throws ConfigurationError for a second service of the same name.
    void add(ServiceDefinition definition);

    /// Returns when every service is at work: connected, consuming and listening. While the broker cannot be reached it
    /// goes on trying. Throws client::AuthenticationError, client::VhostError, ConfigurationError and the like for what
    /// will not mend by itself.
    void start();
    /// Is not ready any more, for `http.drain_delay` seconds (0 unless set); then takes no new work, lets the running
    /// workers finish, and closes the connection when what they sent is confirmed: all within `stop_timeout` seconds of
    /// the configuration (30 unless set).
    /// @return false when something was left unfinished
    bool stop();
    /// Ends at once.
    void kill() noexcept;
    /// Makes a start() that waits for the broker give up, with client::ConnectionClosed.
    void interrupt();

    /// A connection that services use; for a client in the same process. After start().
    client::Connection& connection();
    /// "mail, compute"
    std::string service_names() const;

  private:
    class Implementation;
    std::unique_ptr<Implementation> implementation_;
};

}  // namespace hiratake
