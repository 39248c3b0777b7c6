#include "http/form_limits.hpp"

#include <cstdlib>

#include "http/read_limit.hpp"

namespace hiratake::http {

FormLimits read_form_limits(const Config& config) {
    FormLimits limits;
    read_limit(config, "http.max_form_parts", limits.max_parts);
    read_limit(config, "http.max_form_field_bytes", limits.max_field_bytes);
    read_limit(config, "http.max_upload_memory_bytes", limits.max_upload_memory_bytes);
    if (const char* folder = std::getenv("TMPDIR")) limits.upload_folder = folder;
    if (auto folder = config.text("http.upload_folder")) limits.upload_folder = *std::move(folder);
    return limits;
}

}  // namespace hiratake::http
