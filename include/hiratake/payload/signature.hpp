#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "hiratake/payload/argument_error.hpp"
#include "hiratake/payload/parameter.hpp"
#include "hiratake/payload/value.hpp"

namespace hiratake::payload {

/// What a method is called and which parameters it has: matches the positional and named arguments of a call to them.
class Signature {
  public:
    enum class Form {
        /// One C++ parameter for each Parameter.
        separate,
        /// One C++ parameter, a struct, whose fields are the Parameters.
        one_struct,
    };

    /// Throws ConfigurationError for an empty or repeated name, and for a required parameter after one that has a
    /// default.
    Signature(std::string method_name, std::vector<Parameter> parameters, Form form = Form::separate);

    const std::string& method_name() const { return method_name_; }
    const std::vector<Parameter>& parameters() const { return parameters_; }
    Form form() const { return form_; }

    /// One value for each C++ parameter, in order, defaults filled in. Where the form is one_struct, that is one
    /// object, which may also come as the only, positional argument; its absent fields stay absent, for the conversion
    /// to judge. Throws ArgumentError in the words of Python's inspect.getcallargs(), which Nameko uses; they count
    /// `self`.
    Array bind(Array positional, Object named) const;

    /// The name of the argument at a position of what bind() returned; empty for one_struct, whose errors name the
    /// field.
    std::string_view argument_name(std::size_t position) const;

  private:
    static constexpr std::size_t absent = static_cast<std::size_t>(-1);

    std::vector<std::size_t> match(const Array& positional, const Object& named) const;
    void refuse_missing(const std::vector<std::size_t>& sources) const;

    std::string method_name_;
    std::vector<Parameter> parameters_;
    Form form_;
};

}  // namespace hiratake::payload
