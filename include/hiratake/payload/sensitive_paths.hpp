#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "hiratake/payload/value.hpp"
#include "hiratake/payload/value_problem.hpp"

namespace hiratake::payload {

/// The arguments, and the parts of arguments, whose values nobody is to see: "password", "card.number", "keys[0]", and
/// "cards[*].number" for all elements. The one place that takes them out of texts and values. (Nameko:
/// sensitive_arguments, utils.get_redacted_args.)
class SensitivePaths {
  public:
    /// What stands in the place of a value that is hidden, as in Nameko.
    static constexpr std::string_view mask = "********";

    SensitivePaths() = default;
    /// An empty path is the whole value. Throws ConfigurationError for a text that is no path.
    explicit SensitivePaths(const std::vector<std::string>& paths);

    bool empty() const { return paths_.empty(); }
    std::vector<std::string> texts() const;
    /// What the paths begin with: the names of arguments.
    std::vector<std::string> first_names() const;

    /// The paths that go on below a member of this name, from there.
    SensitivePaths below(std::string_view name) const;
    /// The paths that go on below all elements of an array, from there.
    SensitivePaths below_elements() const;

    /// Whether a place, as ValuePath::to_string() writes it, is hidden, is in something hidden, or has something hidden
    /// in it.
    bool concern(std::string_view place) const;
    /// The value with the mask where something is hidden.
    Value redacted(Value value) const;
    /// The problem without what was got instead, where that concerns something hidden.
    ValueProblem redacted(ValueProblem problem) const;

  private:
    /// Into a member, or into an element: one, or any.
    struct Step {
        std::optional<std::string> name;
        std::optional<std::size_t> index;

        bool fits(const Step& other) const;
    };
    using Path = std::vector<Step>;

    static Path parse(std::string_view text);
    static std::string text_of(const Path& path);
    static void hide(Value& value, const Path& path, std::size_t depth);

    std::vector<Path> paths_;
};

}  // namespace hiratake::payload
