#pragma once

#include <cstddef>
#include <string>

#include "hiratake/service/config.hpp"

namespace hiratake::http {

/// What one form may take up.
struct FormLimits {
    /// Fields and files together. Beyond: 413.
    std::size_t max_parts = 1000;
    /// The header of one part. Beyond: 400.
    std::size_t max_part_header_bytes = 8 * 1024;
    /// A field that is no file, which is kept in memory. Beyond: 413.
    std::size_t max_field_bytes = 1024 * 1024;
    /// An uploaded file up to this size is kept in memory, a larger one in a temporary file.
    std::size_t max_upload_memory_bytes = 64 * 1024;
    /// Where temporary files are made.
    std::string upload_folder = "/tmp";
};

/// From `http:` in the configuration. Throws ConfigurationError for what is out of range.
FormLimits read_form_limits(const Config& config);

}  // namespace hiratake::http
