#include "http/form.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <memory>

#include "http/multipart_parser.hpp"
#include "http/problem.hpp"
#include "http/request_problems.hpp"
#include "http/target.hpp"
#include "http/upload_content.hpp"

namespace hiratake::http {
namespace {

constexpr std::size_t read_at_once = 64 * 1024;

bool asks_for(const RouteMethod& method, ParameterSource source, const std::string& name) {
    return std::any_of(method.arguments.begin(), method.arguments.end(),
                       [&](const RouteArgument& each) { return each.source == source && each.wire_name == name; });
}

/// Keeps the parts that the route asks for.
class FormCollector final : public MultipartParser::Sink {
  public:
    FormCollector(const RouteMethod& method, const FormLimits& limits, Form& form)
        : method_(method), limits_(limits), form_(form) {}

    void begin_part(FormPart part) override {
        part_ = std::move(part);
        text_.clear();
        content_.reset();
        if (part_.filename) {
            is_wanted_ = asks_for(method_, ParameterSource::file, part_.name);
            if (is_wanted_) content_ = std::make_shared<UploadContent>(limits_);
        } else {
            is_wanted_ = asks_for(method_, ParameterSource::form, part_.name);
        }
    }
    void part_data(std::string_view bytes) override {
        if (!is_wanted_ || form_.problem) return;
        if (content_) return content_->append(bytes);
        if (text_.size() + bytes.size() <= limits_.max_field_bytes) {
            text_ += bytes;
        } else {
            form_.problem = problem(413, fmt::format("the field '{}' of the form is larger than {} bytes", part_.name,
                                                     limits_.max_field_bytes));
        }
    }
    void end_part() override {
        if (!is_wanted_) return;
        if (!content_) {
            form_.fields.emplace_back(part_.name, std::move(text_));
        } else if (!part_.filename->empty() || content_->size() > 0) {
            auto type = part_.content_type.empty() ? unknown_file_type : std::move(part_.content_type);
            form_.files.emplace_back(part_.name, UploadedFile(*std::move(part_.filename), std::move(type), content_));
        }
    }

  private:
    const RouteMethod& method_;
    const FormLimits& limits_;
    Form& form_;
    FormPart part_;
    bool is_wanted_ = false;
    std::string text_;
    std::shared_ptr<UploadContent> content_;  // of a file, until it is complete
};

void read_multipart(const RouteMethod& method, const Request& request, const FormLimits& limits, Form& form) {
    const auto boundary = boundary_of(*request.headers.find("Content-Type"));
    if (!boundary) {
        form.problem = problem(400, "the Content-Type multipart/form-data needs a boundary");
        return;
    }
    FormCollector collector(method, limits, form);
    MultipartParser parser(*boundary, limits);
    if (const auto* stored = request.stored_body.get()) {
        for (std::uint64_t offset = 0; offset < stored->size(); offset += read_at_once) {
            parser.feed(stored->read(offset, read_at_once), collector);
        }
    } else {
        parser.feed(request.body, collector);
    }
    const auto& failure = parser.finish();
    if (failure && !form.problem) form.problem = problem(failure->status, failure->detail);
}

void read_urlencoded(const RouteMethod& method, const Request& request, Form& form) {
    auto fields = parse_form(request.body);
    if (!fields) {
        form.problem = problem(400, "the body is no form: its percent-encoding is malformed");
        return;
    }
    for (auto& field : *fields) {
        if (asks_for(method, ParameterSource::form, field.first)) form.fields.push_back(std::move(field));
    }
}

}  // namespace

Form read_form(const RouteMethod& method, BodyKind body, const Request& request, const FormLimits& limits) {
    Form form;
    const auto media_type = request.media_type();
    const auto accepted = accepted_media_types(body);
    if (media_type.empty() && request.body.empty() && !request.stored_body) return form;
    if (std::find(accepted.begin(), accepted.end(), media_type) == accepted.end()) {
        form.problem = unsupported_media_type(request, accepted);
    } else if (media_type == "multipart/form-data") {
        read_multipart(method, request, limits, form);
    } else {
        read_urlencoded(method, request, form);
    }
    return form;
}

}  // namespace hiratake::http
