#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "hiratake/base/clock.hpp"
#include "hiratake/base/log.hpp"
#include "hiratake/service/config.hpp"
#include "http/exchange.hpp"

namespace hiratake::http {

/// One line for each answered request (`http.access_log`): in the Common Log Format with seconds, request id and user
/// agent behind it, as a JSON object, or not at all. The query of a request that no route has taken is not shown.
class AccessLog {
  public:
    /// Throws ConfigurationError.
    AccessLog(const Config& config, Logger logger);

    void write(const Exchange& exchange, WallTime now) const;

  private:
    enum class Form { common, json, off };

    Form form_ = Form::common;
    Logger logger_;
};

/// The target with "**" in place of the value of each query parameter of these names.
std::string masked_target(std::string_view target, const std::vector<std::string>& sensitive);

}  // namespace hiratake::http
