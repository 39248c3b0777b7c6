#include "service/configured_serializers.hpp"

#include <string>
#include <utility>
#include <vector>

#include "hiratake/base/error.hpp"
#include "hiratake/service/service_container.hpp"

namespace hiratake {

Serializers configured_serializers(const Config& config, const std::vector<Serializer>& added) {
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
    for (const Serializer& serializer : added) serializers.add(serializer);
    serializers.configure(config.text("serializer").value_or("json"), std::move(accept));
    return serializers;
}

Serializers configured_serializers(const ServiceContainer& container) {
    return configured_serializers(container.environment().config, container.definition().serializers);
}

}  // namespace hiratake
