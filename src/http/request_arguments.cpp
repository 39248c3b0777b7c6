#include "http/request_arguments.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <string_view>
#include <system_error>
#include <utility>
#include <vector>

#include "hiratake/payload/json.hpp"
#include "http/ascii.hpp"
#include "http/cookies.hpp"
#include "http/form.hpp"
#include "http/problem.hpp"
#include "http/request_problems.hpp"
#include "payload/utf8.hpp"

namespace hiratake::http {
namespace {

using Texts = std::vector<std::string>;

template <class Number>
std::optional<Number> whole_number(const std::string& text) {
    Number number{};
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
    return number;
}

bool states_length(const Request& request) {
    return request.headers.contains("Content-Length") || request.headers.contains("Transfer-Encoding");
}

bool is_json(const std::string& media_type) {
    return media_type.empty() || media_type == "application/json" || media_type.ends_with("+json");
}

bool is_in_body(ParameterSource source) {
    return word_for(source) == "body" || word_for(source) == "form";
}

Texts texts_of(const TextFields& fields, std::string_view name) {
    Texts texts;
    for (const auto& [each, text] : fields) {
        if (each == name) texts.push_back(text);
    }
    return texts;
}

// The elements of lists with commas; empty ones do not count (RFC 9110 section 5.6.1).
Texts elements_of(const Texts& lists) {
    Texts elements;
    for (std::string_view list : lists) {
        while (!list.empty()) {
            const auto end = std::min(list.find(','), list.size());
            if (const auto element = trimmed(list.substr(0, end)); !element.empty()) elements.emplace_back(element);
            list.remove_prefix(std::min(end + 1, list.size()));
        }
    }
    return elements;
}

/// Reads the arguments of one request.
class ArgumentReader {
  public:
    ArgumentReader(const RouteMethod& method, BodyKind body, const FormLimits& limits, const Request& request)
        : method_(method), body_kind_(body), limits_(limits), request_(request) {}

    RequestArguments read() {
        if (auto problem = read_body()) return {{}, std::move(problem)};
        for (std::size_t i = 0; i < method_.arguments.size(); ++i) {
            const auto source = method_.arguments[i].source;
            if (source == ParameterSource::file) {
                read_files(i);
            } else if (word_for(source) != "body") {
                read_texts(i);
            }
        }
        if (!states_length(request_) && lacks_body_argument()) {
            return {{}, problem(411, "a body is needed, and its length: send Content-Length")};
        }
        add_missing_optionals();
        for (auto& problem : method_.signature.problems(named_)) {
            problems_.push_back(in_request(method_, named_, std::move(problem)));
        }
        if (!problems_.empty()) return {{}, unfit(std::move(problems_))};
        return bind();
    }

  private:
    bool has(std::size_t i) const { return named_.contains(method_.signature.parameters()[i].name); }
    void set(std::size_t i, Value value) { named_.set(method_.signature.parameters()[i].name, std::move(value)); }
    void report(std::size_t i, std::string problem, std::string expected) {
        const auto& argument = method_.arguments[i];
        problems_.push_back({fmt::format("{}.{}", word_for(argument.source), argument.wire_name), std::move(problem),
                             std::move(expected)});
    }

    std::optional<Response> read_body() {
        switch (body_kind_) {
            case BodyKind::json_members:
            case BodyKind::json: return read_json();
            case BodyKind::raw:
                if (request_.stored_body) {
                    take_stored_body();
                } else if (states_length(request_)) {
                    set_whole_body(request_.body);
                }
                break;
            case BodyKind::form:
            case BodyKind::form_with_files:
                form_ = read_form(method_, body_kind_, request_, limits_);
                return std::move(form_.problem);
            case BodyKind::none: break;
        }
        return std::nullopt;
    }

    std::optional<Response> read_json() {
        if (!is_json(request_.media_type())) {
            return unsupported_media_type(request_, accepted_media_types(body_kind_));
        }
        if (request_.body.empty()) return std::nullopt;
        try {
            Value body = parse_json(request_.body);
            if (body_kind_ == BodyKind::json) {
                set_whole_body(std::move(body));
            } else if (auto* members = body.get_if<Object>()) {
                for (Member& member : *members) take_member(std::move(member));
            } else {
                return unfit({{"body", fmt::format("got {}", describe(body.kind())), "an object"}});
            }
        } catch (const JsonError& error) {
            return problem(400, fmt::format("the body is no JSON: {}", error.what()));
        }
        return std::nullopt;
    }

    void set_whole_body(Value value) {
        for (std::size_t i = 0; i < method_.arguments.size(); ++i) {
            if (word_for(method_.arguments[i].source) == "body") return set(i, std::move(value));
        }
    }

    void take_stored_body() {
        const auto* type = request_.headers.find("Content-Type");
        for (std::size_t i = 0; i < method_.arguments.size(); ++i) {
            if (!method_.arguments[i].type.is_file) continue;
            give_files(i, {{"", type ? *type : unknown_file_type, request_.stored_body}});
        }
    }

    // A variable of the path goes before a member of its name, which clients repeat. An argument that is to come from
    // elsewhere must not be slipped in through the body.
    void take_member(Member member) {
        const auto& parameters = method_.signature.parameters();
        const auto parameter = std::find_if(parameters.begin(), parameters.end(),
                                            [&member](const Parameter& each) { return each.name == member.name; });
        if (parameter != parameters.end()) {
            const auto source = method_.arguments[static_cast<std::size_t>(parameter - parameters.begin())].source;
            if (source == ParameterSource::path) return;
            if (source != ParameterSource::body_member) {
                return problems_.push_back({"body." + member.name, ValueProblem::unknown, ""});
            }
        }
        named_.set(member.name, std::move(member.value));
    }

    Texts texts_for(const RouteArgument& argument) const {
        switch (argument.source) {
            case ParameterSource::path: return texts_of(request_.path_variables, argument.wire_name);
            case ParameterSource::query: return texts_of(request_.query, argument.wire_name);
            case ParameterSource::form: return form_texts(argument);
            case ParameterSource::cookie: {
                auto texts = texts_of(cookies_of(request_.headers), argument.wire_name);
                if (texts.size() > 1) texts.resize(1);
                return texts;
            }
            case ParameterSource::header: {
                Texts texts;
                for (const Header& header : request_.headers) {
                    if (equal_ignoring_case(header.name, argument.wire_name)) texts.push_back(header.value);
                }
                return texts;
            }
            default: return {};
        }
    }

    // A page sends an input that its user has left alone as an empty text. Where no text is wanted, it is missing.
    Texts form_texts(const RouteArgument& argument) const {
        Texts texts = texts_of(form_.fields, argument.wire_name);
        if (argument.type.is_optional || argument.type.text_kind != TextKind::text) std::erase(texts, "");
        return texts;
    }

    void read_files(std::size_t i) {
        const RouteArgument& argument = method_.arguments[i];
        std::vector<UploadedFile> files;
        for (const auto& [name, file] : form_.files) {
            if (name == argument.wire_name) files.push_back(file);
        }
        if (files.size() > 1 && !argument.type.is_list) {
            return report(i, fmt::format("it is there {} times", files.size()), "one file");
        }
        give_files(i, std::move(files));
    }

    // The signature judges what describes them.
    void give_files(std::size_t i, std::vector<UploadedFile> files) {
        Array descriptions;
        for (const UploadedFile& file : files) {
            descriptions.emplace_back(
                Object{{"filename", file.filename()}, {"content_type", file.content_type()}, {"size", file.size()}});
        }
        files_.resize(method_.arguments.size());
        files_[i] = std::move(files);
        if (descriptions.empty()) return;
        set(i, method_.arguments[i].type.is_list ? Value(std::move(descriptions)) : std::move(descriptions.front()));
    }

    void read_texts(std::size_t i) {
        const RouteArgument& argument = method_.arguments[i];
        Texts texts = texts_for(argument);
        if (texts.empty()) return;
        if (!std::all_of(texts.begin(), texts.end(), payload::is_utf8))
            return report(i, "got bytes that are no UTF-8", "a text");
        if (argument.type.is_list) {
            const bool has_commas =
                argument.source != ParameterSource::query && argument.source != ParameterSource::form;
            if (has_commas) texts = elements_of(texts);
            Array elements;
            for (auto& text : texts) elements.push_back(value_of_text(argument.type.text_kind, std::move(text)));
            return set(i, std::move(elements));
        }
        if (texts.size() > 1) return report(i, fmt::format("it is there {} times", texts.size()), "one value");
        set(i, value_of_text(argument.type.text_kind, std::move(texts.front())));
    }

    bool lacks_body_argument() const {
        for (std::size_t i = 0; i < method_.arguments.size(); ++i) {
            const auto& argument = method_.arguments[i];
            const bool is_needed = method_.signature.parameters()[i].required() && !argument.type.is_optional;
            if (is_in_body(argument.source) && is_needed && !has(i)) return true;
        }
        return false;
    }

    // A struct reads its missing fields itself.
    void add_missing_optionals() {
        if (method_.signature.form() == payload::Signature::Form::one_struct) return;
        for (std::size_t i = 0; i < method_.arguments.size(); ++i) {
            const bool may_be_missing = method_.arguments[i].type.is_optional;
            if (may_be_missing && method_.signature.parameters()[i].required() && !has(i)) set(i, nullptr);
        }
    }

    RequestArguments bind() {
        try {
            if (method_.signature.form() == payload::Signature::Form::separate) {
                return {{method_.signature.bind({}, std::move(named_)), std::move(files_)}, std::nullopt};
            }
            Array whole;
            whole.emplace_back(std::move(named_));
            return {{method_.signature.bind(std::move(whole), {}), {}}, std::nullopt};
        } catch (const ArgumentError& error) {
            return {{}, unfit(method_, error)};
        }
    }

    const RouteMethod& method_;
    BodyKind body_kind_;
    const FormLimits& limits_;
    const Request& request_;
    Form form_;
    Object named_;
    std::vector<std::vector<UploadedFile>> files_;
    std::vector<ValueProblem> problems_;
};

}  // namespace

Value value_of_text(TextKind kind, std::string text) {
    switch (kind) {
        case TextKind::number:
            if (const auto integer = whole_number<std::int64_t>(text)) return *integer;
            if (const auto large = whole_number<std::uint64_t>(text)) return *large;
            if (const auto real = whole_number<double>(text); real && std::isfinite(*real)) return *real;
            return text;
        case TextKind::boolean:
            // "on" is what a page sends for a box that is ticked.
            if (text == "true" || text == "1" || text == "on") return true;
            if (text == "false" || text == "0" || text == "off") return false;
            return text;
        case TextKind::text: return text;
    }
    return text;
}

RequestArguments read_request_arguments(const RouteMethod& method, BodyKind body, const FormLimits& limits,
                                        const Request& request) {
    if (method.takes_request) return {};
    return ArgumentReader(method, body, limits, request).read();
}

}  // namespace hiratake::http
