#include "hiratake/payload/serializers.hpp"

#include <algorithm>
#include <cctype>

namespace hiratake {
namespace {

std::string lower_case(std::string_view text) {
    std::string lower(text);
    std::transform(lower.begin(), lower.end(), lower.begin(),
                   [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    return lower;
}

bool is_undecoded(std::string_view content_type) {
    return content_type == "application/data" || content_type == "application/text";
}

// All that this library decodes is UTF-8 or knows about its own bytes.
bool is_known_encoding(std::string_view content_encoding) {
    if (content_encoding == "utf-8") return true;
    const std::string name = lower_case(content_encoding);
    return name == "utf-8" || name == "utf8" || name == "us-ascii" || name == "ascii" || name == "binary";
}

}  // namespace

ContentError::~ContentError() = default;

Serializers::Serializers() {
    known_.push_back(json_serializer());
    known_.push_back(msgpack_serializer());
    known_.push_back(raw_serializer());
}

void Serializers::add(Serializer serializer) {
    const auto present = std::find_if(known_.begin(), known_.end(),
                                      [&serializer](const Serializer& known) { return known.name == serializer.name; });
    if (present == known_.end()) {
        known_.push_back(std::move(serializer));
    } else {
        *present = std::move(serializer);
    }
}

std::size_t Serializers::index_of(std::string_view name) const {
    for (std::size_t i = 0; i < known_.size(); ++i) {
        if (known_[i].name == name) return i;
    }
    std::string names;
    for (const Serializer& serializer : known_) names += (names.empty() ? "" : ", ") + serializer.name;
    throw ConfigurationError("no serializer is called '" + std::string(name) + "'; known are: " + names);
}

void Serializers::configure(std::string_view serializer, std::vector<std::string> accept) {
    if (accept.empty()) accept.emplace_back(serializer);
    std::vector<std::size_t> accepted;
    accepted.reserve(accept.size());
    for (const std::string& name : accept) accepted.push_back(index_of(name));
    outgoing_ = index_of(serializer);
    accepted_ = std::move(accepted);
}

const Serializer* Serializers::for_content_type(std::string_view content_type) const {
    for (const Serializer& serializer : known_) {
        if (serializer.content_type == content_type) return &serializer;
    }
    return nullptr;
}

const Serializer& Serializers::for_calls() const {
    return is_undecoded(outgoing().content_type) ? known_.front() : outgoing();
}

const Serializer& Serializers::for_answer_to(std::optional<std::string_view> content_type) const {
    if (!content_type || is_undecoded(*content_type)) return for_calls();
    const Serializer* same = for_content_type(*content_type);
    return same ? *same : for_calls();
}

const Serializer* Serializers::accepted_for(std::string_view content_type) const {
    for (const std::size_t index : accepted_) {
        if (known_[index].content_type == content_type) return &known_[index];
    }
    return nullptr;
}

bool Serializers::would_read_json(std::optional<std::string_view> content_type,
                                  std::optional<std::string_view> content_encoding) const {
    const Serializer* accepted = content_type ? accepted_for(*content_type) : nullptr;
    return accepted && accepted->is_json() && (!content_encoding || is_known_encoding(*content_encoding));
}

Value Serializers::decode(std::optional<std::string_view> content_type,
                          std::optional<std::string_view> content_encoding, std::string_view body) const {
    if (!content_type || is_undecoded(*content_type)) return body;
    const Serializer* accepted = accepted_for(*content_type);
    if (!accepted) {
        throw ContentError("the content type '" + std::string(*content_type) +
                           "' is not accepted; list its serializer under ACCEPT in the configuration");
    }
    if (content_encoding && !is_known_encoding(*content_encoding)) {
        throw ContentError("the content encoding '" + std::string(*content_encoding) + "' is unknown; send utf-8");
    }
    if (body.empty()) return body;
    try {
        return accepted->decode(body);
    } catch (const ContentError&) {
        throw;
    } catch (const std::exception& error) {
        throw ContentError("cannot decode a body of type '" + std::string(*content_type) + "': " + error.what());
    }
}

}  // namespace hiratake
