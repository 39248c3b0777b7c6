#include "service/configured_serializers.hpp"

#include <string>
#include <utility>
#include <vector>

#include "hiratake/base/error.hpp"

namespace hiratake {

Serializers configured_serializers(const Config& config) {
    std::vector<std::string> accept;
    if (const Value* names = config.find("ACCEPT"); names && !names->is_null()) {
        const Array* list = names->get_if<Array>();
        if (!list) throw ConfigurationError("ACCEPT: expected a list of serializers, such as [json, raw]");
        for (const Value& name : *list) {
            const auto* text = name.get_if<std::string>();
            if (!text) throw ConfigurationError("ACCEPT: expected the names of serializers, such as [json, raw]");
            accept.push_back(*text);
        }
    }
    Serializers serializers;
    serializers.configure(config.text("serializer").value_or("json"), std::move(accept));
    return serializers;
}

}  // namespace hiratake
