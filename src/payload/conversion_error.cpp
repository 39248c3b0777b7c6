#include "hiratake/payload/conversion_error.hpp"

#include <utility>

namespace hiratake {
namespace {

std::string text_of(const std::string& path, const std::string& expected, const std::string& problem) {
    return (path.empty() ? "" : path + ": ") + "expected " + expected + ", " + problem;
}

}  // namespace

ConversionError::ConversionError(std::string path, std::string expected, std::string problem)
    : Error(text_of(path, expected, problem)),
      path_(std::move(path)),
      expected_(std::move(expected)),
      problem_(std::move(problem)) {}

ConversionError::ConversionError(const ValuePath& path, std::string expected, const Value& got)
    : ConversionError(path.to_string(), std::move(expected), "got " + std::string(describe(got.kind()))) {}

ConversionError::~ConversionError() = default;

ConversionError ConversionError::below(const std::string& outer) const {
    const bool needs_dot = !path_.empty() && path_.front() != '[' && !outer.empty();
    return {outer + (needs_dot ? "." : "") + path_, expected_, problem_};
}

}  // namespace hiratake
