#pragma once

#include <cstddef>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "hiratake/payload/argument_error.hpp"
#include "hiratake/payload/parameter.hpp"
#include "hiratake/payload/sensitive_paths.hpp"
#include "hiratake/payload/value.hpp"
#include "hiratake/payload/value_problem.hpp"

namespace hiratake {
class SchemaBuilder;
}

namespace hiratake::payload {

/// The schemas of the types that no Parameter of a signature tells; empty where there is none.
struct SignatureTypes {
    std::function<Value(SchemaBuilder& schemas)> result;
    /// The struct of Form::one_struct.
    std::function<Value(SchemaBuilder& schemas)> whole;
};

/// What a method is called and which parameters it has: matches the positional and named arguments of a call to them.
class Signature {
  public:
    enum class Form {
        /// One C++ parameter for each Parameter.
        separate,
        /// One C++ parameter, a struct, whose fields are the Parameters.
        one_struct,
    };

    /// Throws ConfigurationError for an empty or repeated name, and for a pattern that is no regular expression.
    Signature(std::string method_name, std::vector<Parameter> parameters, Form form = Form::separate,
              SignatureTypes types = {});
    Signature(Signature&& other) noexcept;
    Signature& operator=(Signature&& other) noexcept;
    ~Signature();

    /// For methods that may be called by position. Throws ConfigurationError for a required parameter after one that
    /// has a default, as Python does: a call could not leave that one out.
    void require_defaults_last() const;

    /// Keeps the values of these arguments out of all errors: EntrypointOptions::sensitive(). Throws ConfigurationError
    /// for one that is no argument of the method.
    void hide(SensitivePaths sensitive);
    const SensitivePaths& sensitive() const { return sensitive_; }
    /// Those in the value of the method's first C++ parameter.
    SensitivePaths sensitive_in_first() const;

    const std::string& method_name() const { return method_name_; }
    const std::vector<Parameter>& parameters() const { return parameters_; }
    Form form() const { return form_; }

    /// One value for each C++ parameter, in order, defaults filled in. Where the form is one_struct, that is one
    /// object, which may also come as the only, positional argument; its absent fields stay absent, for the conversion
    /// to judge. Throws ArgumentError in the words of Python's inspect.getcallargs(), which Nameko uses; they count
    /// `self`. Throws it too for the first value that breaks a rule of its parameter.
    Array bind(Array positional, Object named) const;

    /// Whether bind() refuses values that the conversion to their types would take.
    bool has_rules_beyond_types() const;
    /// Whether the elements of a JSON array, if they are as many, are the C++ parameters. Not where the form is
    /// one_struct and the only element is no object: bind() takes that for its first field.
    bool may_be_parameters(std::string_view json_array) const;

    /// Everything that is wrong with arguments given by name, as far as schemas tell: missing and unknown ones, wrong
    /// types, broken rules. What is right here may still be refused by the conversion of a type of its own.
    std::vector<ValueProblem> problems(const Object& named) const;

    /// The error of a conversion that begins at the arguments, for whoever has called the method.
    ArgumentError argument_error(const ConversionError& error) const;

    /// The schema of a parameter with its rules, notes and default.
    Value parameter_schema(const Parameter& parameter, SchemaBuilder& schemas) const;
    /// The schema of an object with all arguments by name.
    Value arguments_schema(SchemaBuilder& schemas) const;
    /// The schema of the result; of null for a method that returns nothing.
    Value result_schema(SchemaBuilder& schemas) const;

    /// The name of the argument at a position of what bind() returned; empty for one_struct, whose errors name the
    /// field.
    std::string_view argument_name(std::size_t position) const;

  private:
    static constexpr std::size_t absent = static_cast<std::size_t>(-1);

    class Rules;

    std::vector<std::size_t> match(const Array& positional, const Object& named) const;
    Array bind_unchecked(Array positional, Object named) const;
    void refuse_missing(const std::vector<std::size_t>& sources) const;

    std::string method_name_;
    std::vector<Parameter> parameters_;
    Form form_;
    SignatureTypes types_;
    SensitivePaths sensitive_;
    std::unique_ptr<const Rules> rules_;
};

}  // namespace hiratake::payload
