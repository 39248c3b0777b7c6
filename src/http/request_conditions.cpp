#include "http/request_conditions.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cstdint>
#include <string_view>
#include <system_error>
#include <utility>

#include "http/ascii.hpp"
#include "http/body_source.hpp"
#include "http/http_date.hpp"
#include "http/problem.hpp"

namespace hiratake::http {
namespace {

// Sections 13.1.1 and 13.1.2: a strong comparison takes no weak tag for equal, a weak one does not look at weakness.
enum class Comparison { strong, weak };

bool is_same_tag(std::string_view left, std::string_view right, Comparison comparison) {
    if (comparison == Comparison::strong) return left == right && !left.starts_with("W/");
    const auto opaque = [](std::string_view tag) { return tag.substr(tag.starts_with("W/") ? 2 : 0); };
    return opaque(left) == opaque(right);
}

// A list of tags, or "*" for any. A tag may hold a comma; it holds no quote.
bool lists_tag(std::string_view list, std::string_view tag, Comparison comparison) {
    if (trimmed(list) == "*") return true;
    while (true) {
        const auto start = list.find_first_not_of(" \t,");
        if (start == std::string_view::npos) return false;
        list.remove_prefix(start);
        const auto open = list.find('"');
        const auto close = open == std::string_view::npos ? open : list.find('"', open + 1);
        if (close == std::string_view::npos) return false;
        if (is_same_tag(list.substr(0, close + 1), tag, comparison)) return true;
        list.remove_prefix(close + 1);
    }
}

// Whether the response was modified after that date; nothing where one of the two is missing or is no date.
std::optional<bool> is_modified_since(const Response& response, const std::optional<std::string>& date) {
    const auto* modified = response.headers.find("Last-Modified");
    if (!modified || !date) return std::nullopt;
    const auto modified_at = parse_http_date(*modified);
    const auto since = parse_http_date(*date);
    if (!modified_at || !since) return std::nullopt;
    return *modified_at > *since;
}

void drop_body(Response& response) {
    response.body.clear();
    response.streamed_body.reset();
    for (const auto* name : {"Content-Type", "Content-Encoding", "Content-Disposition", "Accept-Ranges"}) {
        response.headers.erase(name);
    }
}

void refuse(Response& response, int status, const std::string& detail) {
    drop_body(response);
    auto refusal = problem(status, detail);
    response.status = status;
    response.body = std::move(refusal.body);
    response.is_own_problem = true;
    response.headers.set("Content-Type", *refusal.headers.find("Content-Type"));
}

struct Range {
    std::uint64_t first = 0;
    std::uint64_t length = 0;
};

std::optional<std::uint64_t> number(std::string_view text) {
    std::uint64_t value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    const bool is_whole = !text.empty() && end == text.data() + text.size();
    if (is_whole && error == std::errc::result_out_of_range) return UINT64_MAX;
    return is_whole && error == std::errc{} ? std::optional(value) : std::nullopt;
}

enum class RangeKind { none, satisfiable, unsatisfiable };

// "bytes=0-99", "bytes=100-" and "bytes=-100". Several ranges, other units and malformed ones are ignored, as section
// 14.2 allows: the whole is sent.
RangeKind read_range(std::string_view text, std::uint64_t size, Range& range) {
    constexpr std::string_view unit = "bytes=";
    if (!equal_ignoring_case(text.substr(0, unit.size()), unit)) return RangeKind::none;
    const auto spec = trimmed(text.substr(unit.size()));
    const auto dash = spec.find('-');
    if (dash == std::string_view::npos) return RangeKind::none;
    const auto first = number(spec.substr(0, dash));
    const auto last = number(spec.substr(dash + 1));
    if (dash == 0) {
        if (!last) return RangeKind::none;
        range.length = std::min(*last, size);
        range.first = size - range.length;
        return range.length == 0 ? RangeKind::unsatisfiable : RangeKind::satisfiable;
    }
    const bool is_open = dash + 1 == spec.size();
    if (!first || (!last && !is_open) || (last && *last < *first)) return RangeKind::none;
    if (*first >= size) return RangeKind::unsatisfiable;
    range.first = *first;
    range.length = std::min(last.value_or(size - 1), size - 1) - *first + 1;
    return RangeKind::satisfiable;
}

}  // namespace

std::unique_ptr<RequestConditions> RequestConditions::of(const Request& request) {
    if (request.method != "GET" && request.method != "HEAD") return nullptr;
    std::unique_ptr<RequestConditions> conditions;
    const auto take = [&](std::string_view name, std::optional<std::string> RequestConditions::*member) {
        const auto* value = request.headers.find(name);
        if (!value) return;
        if (!conditions) conditions = std::make_unique<RequestConditions>();
        (*conditions).*member = *value;
    };
    take("If-Match", &RequestConditions::if_match_);
    take("If-None-Match", &RequestConditions::if_none_match_);
    take("If-Modified-Since", &RequestConditions::if_modified_since_);
    take("If-Unmodified-Since", &RequestConditions::if_unmodified_since_);
    if (request.method == "GET") {
        take("Range", &RequestConditions::range_);
        take("If-Range", &RequestConditions::if_range_);
    }
    return conditions;
}

void RequestConditions::apply(Response& response) const {
    if (response.status != 200 || !is_met_by(response)) return;
    if (range_) apply_range(response);
}

// In the order of section 13.2.2. A response without a validator has nothing to be held against.
bool RequestConditions::is_met_by(Response& response) const {
    const auto* tag = response.headers.find("ETag");
    const bool has_changed = tag && if_match_ ? !lists_tag(*if_match_, *tag, Comparison::strong)
                                              : is_modified_since(response, if_unmodified_since_).value_or(false);
    if (has_changed) {
        refuse(response, 412, "what is here now is not what the request asks for");
        return false;
    }
    const bool is_known = tag && if_none_match_ ? lists_tag(*if_none_match_, *tag, Comparison::weak)
                                                : !is_modified_since(response, if_modified_since_).value_or(true);
    if (!is_known) return true;
    response.status = 304;
    drop_body(response);
    return false;
}

bool RequestConditions::range_is_current(const Response& response) const {
    if (!if_range_) return true;
    if (if_range_->find('"') != std::string::npos) {
        const auto* tag = response.headers.find("ETag");
        return tag && is_same_tag(*if_range_, *tag, Comparison::strong);
    }
    const auto* modified = response.headers.find("Last-Modified");
    return modified && *modified == *if_range_;
}

void RequestConditions::apply_range(Response& response) const {
    const auto* unit = response.headers.find("Accept-Ranges");
    if (!unit || *unit != "bytes" || !range_is_current(response)) return;
    const auto size = response.streamed_body ? response.streamed_body->length() : response.body.size();
    if (!size) return;
    Range range;
    switch (read_range(*range_, *size, range)) {
        case RangeKind::none: return;
        case RangeKind::unsatisfiable:
            refuse(response, 416, fmt::format("there are {} bytes here, and none in this range", *size));
            response.headers.set("Content-Range", fmt::format("bytes */{}", *size));
            return;
        case RangeKind::satisfiable: break;
    }
    if (!response.streamed_body) {
        response.body = response.body.substr(range.first, range.length);
    } else if (!response.streamed_body->cut(range.first, range.length)) {
        return;
    }
    response.status = 206;
    response.headers.set("Content-Range",
                         fmt::format("bytes {}-{}/{}", range.first, range.first + range.length - 1, *size));
}

}  // namespace hiratake::http
