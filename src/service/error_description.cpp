#include "hiratake/service/error_description.hpp"

#include <cxxabi.h>

#include <cstdlib>
#include <memory>
#include <typeindex>

namespace hiratake {
namespace {

std::string demangled(std::type_index type) {
    int status = 0;
    const std::unique_ptr<char, void (*)(void*)> name{abi::__cxa_demangle(type.name(), nullptr, nullptr, &status),
                                                      std::free};
    return status == 0 ? name.get() : type.name();
}

/// "a::b::C" as "a.b.C"; an unnamed namespace, and what libstdc++ puts between, leaves no trace.
std::string dotted(std::string name) {
    for (const std::string_view hidden : {"(anonymous namespace)::", "__cxx11::"}) {
        for (std::size_t at = name.find(hidden); at != std::string::npos; at = name.find(hidden)) {
            name.erase(at, hidden.size());
        }
    }
    for (std::size_t at = name.find("::"); at != std::string::npos; at = name.find("::")) name.replace(at, 2, ".");
    return name;
}

}  // namespace

std::string type_path(std::type_index type) {
    return dotted(demangled(type));
}

std::string type_in_path(const std::string& path) {
    // A template's arguments may hold dots of their own.
    const std::size_t dot = path.substr(0, path.find('<')).rfind('.');
    return dot == std::string::npos ? path : path.substr(dot + 1);
}

ErrorDescription ErrorDescription::of(const std::exception_ptr& error) {
    ErrorDescription description;
    try {
        std::rethrow_exception(error);
    } catch (const std::exception& exception) {
        description.path = type_path(typeid(exception));
        description.message = exception.what();
    } catch (...) {
        const std::type_info* type = abi::__cxa_current_exception_type();
        description.path = type ? type_path(*type) : "unknown";
    }
    description.type = type_in_path(description.path);
    return description;
}

}  // namespace hiratake
