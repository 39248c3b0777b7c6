#include "rpc/raise_known.hpp"

#include <exception>
#include <string>
#include <utility>

#include "hiratake/payload/conversion_error.hpp"
#include "hiratake/payload/schema_builder.hpp"
#include "hiratake/rpc/reply.hpp"
#include "wire/read_made_safe.hpp"

namespace hiratake {
namespace rpc {
namespace {

/// The text of an exception and its details, as far as they can be told apart.
struct Content {
    std::string message;
    Value details;
};

class DetailsReader {
  public:
    explicit DetailsReader(SchemaFunction details_schema) : schema_(details_schema(schemas_)) {}

    Content read(const RemoteError& error) const {
        const Array& arguments = error.arguments();
        if (!arguments.empty() && arguments.back().get_if<Object>()) {
            const std::string* text = arguments.size() == 2 ? arguments.front().get_if<std::string>() : nullptr;
            return {text ? *text : error.message(), arguments.back()};
        }
        const bool begins_with_text = arguments.size() == 2 && arguments.front() == Value{error.message()};
        if (begins_with_text && !fields()) return {error.message(), arguments.back()};
        return {error.message(), from_positions(arguments)};
    }
    Value made_typed(Value details) const {
        return wire::read_made_safe(std::move(details), schema_, schemas_.definitions());
    }

  private:
    Value from_positions(const Array& arguments) const {
        const Object* named = fields();
        // What is no struct may still be the one argument.
        if (!named) return arguments.size() == 1 ? arguments.front() : Value{arguments};
        Object details;
        if (arguments.size() != named->size()) return details;
        for (const Member& field : *named) details.append(field.name, arguments[details.size()]);
        return details;
    }
    /// Of a struct; null for other details.
    const Object* fields() const {
        const Value* properties = definition().find("properties");
        return properties ? properties->get_if<Object>() : nullptr;
    }
    const Value& definition() const {
        const Value* reference = schema_.find("$ref");
        if (!reference) return schema_;
        const std::string& target = reference->as_string();
        return *schemas_.definitions().find(target.substr(target.rfind('/') + 1));
    }

    SchemaBuilder schemas_;
    Value schema_;
};

std::exception_ptr known_error(const ApplicationErrorType& type, const RemoteError& error) {
    const ErrorOrigin origin = error.origin().value_or(ErrorOrigin{});
    if (!type.details_schema) return type.make(error.message(), {}, origin);
    const DetailsReader reader{type.details_schema};
    const Content content = reader.read(error);
    try {
        return type.make(content.message, content.details, origin);
    } catch (const ConversionError&) {
        return type.make(content.message, reader.made_typed(content.details), origin);
    }
}

}  // namespace

void raise_known(const RemoteError& error, ApplicationErrorTypes known) {
    const ApplicationErrorType* type = error.path().empty() ? nullptr : known.find(error.path());
    if (!type) return;
    std::exception_ptr exception;
    try {
        exception = known_error(*type, error);
    } catch (const std::exception&) {
        return;  // The details do not fit: the caller throws the error as it came, which has what the peer has sent.
    }
    std::rethrow_exception(exception);
}

Value result_of(PendingResult& pending, ApplicationErrorTypes exceptions) {
    try {
        return pending.result();
    } catch (const RemoteError& error) {
        raise_known(error, exceptions);
        throw;
    }
}

}  // namespace rpc
}  // namespace hiratake
