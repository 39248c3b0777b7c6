#include "runner/run_until_signal.hpp"

#include <cstdlib>
#include <utility>

#include "hiratake/base/error.hpp"
#include "hiratake/base/log.hpp"
#include "hiratake/base/masked_uri.hpp"
#include "hiratake/runner/service_runner.hpp"
#include "runner/log_settings.hpp"
#include "runner/process_signals.hpp"

namespace hiratake::runner {

namespace {

void read_log_levels(Log& log, const Logger& logger, const std::function<Config()>& read_config) {
    try {
        log.set_levels(read_log_settings(read_config()).levels);
        logger.info("the levels of the log are read anew; other settings wait for the next start");
    } catch (const ConfigurationError& error) {
        logger.error("the levels of the log stay as they are: {}", masked_uri(error.what()));
    }
}

}  // namespace

int run_until_signal(std::vector<ServiceDefinition> services, const Config& config,
                     const std::function<Config()>& read_config) {
    const auto log = make_log(read_log_settings(config));
    const Logger logger{*log, "runner"};
    ServiceRunner runner{config, *log};
    for (ServiceDefinition& service : services) runner.add(std::move(service));

    // From here on a signal ends the program in order, also while it waits for a broker that is away.
    ProcessSignals signals{*log};
    signals.on_hangup([&] { read_log_levels(*log, logger, read_config); });
    signals.on_first([&runner] { runner.interrupt(); });
    logger.info("starting services: {}", runner.service_names());
    try {
        runner.start();
    } catch (...) {
        if (signals.count() == 0) throw;
        logger.info("stopped before the services had started");
        return EXIT_SUCCESS;
    }
    signals.wait();
    logger.info("stopping services: {}", runner.service_names());
    // The process ends here and now; the broker puts unfinished messages back into their queues.
    signals.on_second([&logger] {
        logger.warning("killed by a second signal: work in progress is left to the broker to deliver again");
        std::_Exit(EXIT_FAILURE);
    });
    return runner.stop() ? EXIT_SUCCESS : EXIT_FAILURE;
}

}  // namespace hiratake::runner
