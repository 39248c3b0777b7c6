#include "hiratake/payload/sensitive_paths.hpp"

#include <algorithm>
#include <charconv>
#include <utility>

#include "hiratake/base/error.hpp"

namespace hiratake::payload {

bool SensitivePaths::Step::fits(const Step& other) const {
    if (name || other.name) return name == other.name;
    return !index || !other.index || index == other.index;
}

// What is no path is taken for a name, as far as it goes: places are written by peers, who name members as they like.
SensitivePaths::Path SensitivePaths::parse(std::string_view text) {
    Path path;
    while (!text.empty()) {
        if (text.front() == '.') text.remove_prefix(1);
        const std::size_t closing = text.find(']');
        if (text.starts_with('[') && closing != std::string_view::npos) {
            const std::string_view inside = text.substr(1, closing - 1);
            std::size_t index = 0;
            const auto [end, error] = std::from_chars(inside.data(), inside.data() + inside.size(), index);
            const bool is_index = error == std::errc{} && end == inside.data() + inside.size();
            if (is_index || inside == "*") {
                path.push_back({std::nullopt, is_index ? std::optional{index} : std::nullopt});
                text.remove_prefix(closing + 1);
                continue;
            }
        }
        const std::size_t end = std::min(text.find_first_of(".[", 1), text.size());
        path.push_back({std::string{text.substr(0, end)}, std::nullopt});
        text.remove_prefix(end);
    }
    return path;
}

std::string SensitivePaths::text_of(const Path& path) {
    std::string text;
    for (const Step& step : path) {
        if (!step.name) {
            text += '[' + (step.index ? std::to_string(*step.index) : "*") + ']';
        } else {
            text += (text.empty() ? "" : ".") + *step.name;
        }
    }
    return text;
}

SensitivePaths::SensitivePaths(const std::vector<std::string>& paths) {
    for (const std::string& text : paths) {
        paths_.push_back(parse(text));
        const Path& path = paths_.back();
        const bool has_names = std::none_of(path.begin(), path.end(), [](const Step& step) {
            return step.name && (step.name->empty() || step.name->find_first_of(".[]") != std::string::npos);
        });
        if (has_names && text_of(path) == text) continue;
        throw ConfigurationError("`" + text +
                                 "` is no path of a sensitive argument; expected one such as `password`, " +
                                 "`card.number`, `keys[0]` or `cards[*].number`");
    }
}

std::vector<std::string> SensitivePaths::texts() const {
    std::vector<std::string> texts;
    texts.reserve(paths_.size());
    for (const Path& path : paths_) texts.push_back(text_of(path));
    return texts;
}

std::vector<std::string> SensitivePaths::first_names() const {
    std::vector<std::string> names;
    names.reserve(paths_.size());
    for (const Path& path : paths_) names.push_back(path.empty() ? "" : path.front().name.value_or(""));
    return names;
}

SensitivePaths SensitivePaths::below(std::string_view name) const {
    SensitivePaths rest;
    for (const Path& path : paths_) {
        if (!path.empty() && path.front().name == name) rest.paths_.emplace_back(path.begin() + 1, path.end());
    }
    return rest;
}

SensitivePaths SensitivePaths::below_elements() const {
    SensitivePaths rest;
    for (const Path& path : paths_) {
        const bool is_whole = path.empty();
        if (is_whole || !path.front().name) rest.paths_.emplace_back(path.begin() + (is_whole ? 0 : 1), path.end());
    }
    return rest;
}

bool SensitivePaths::concern(std::string_view place) const {
    const Path steps = parse(place);
    return std::any_of(paths_.begin(), paths_.end(), [&steps](const Path& path) {
        const auto common = static_cast<std::ptrdiff_t>(std::min(path.size(), steps.size()));
        return std::equal(path.begin(), path.begin() + common, steps.begin(),
                          [](const Step& one, const Step& other) { return one.fits(other); });
    });
}

Value SensitivePaths::redacted(Value value) const {
    for (const Path& path : paths_) hide(value, path, 0);
    return value;
}

void SensitivePaths::hide(Value& value, const Path& path, std::size_t depth) {
    if (depth == path.size()) {
        value = mask;
        return;
    }
    const Step& step = path[depth];
    if (step.name) {
        auto* object = value.get_if<Object>();
        Value* member = object ? object->find(*step.name) : nullptr;
        if (member) hide(*member, path, depth + 1);
    } else if (auto* array = value.get_if<Array>()) {
        for (std::size_t i = 0; i < array->size(); ++i) {
            if (!step.index || step.index == i) hide((*array)[i], path, depth + 1);
        }
    }
}

ValueProblem SensitivePaths::redacted(ValueProblem problem) const {
    const bool tells_nothing = problem.problem == ValueProblem::missing || problem.problem == ValueProblem::unknown;
    if (!tells_nothing && concern(problem.path)) problem.problem = "it does not fit";
    return problem;
}

}  // namespace hiratake::payload
