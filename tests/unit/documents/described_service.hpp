#pragma once

#include <gtest/gtest.h>

#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "hiratake/payload/arguments.hpp"
#include "hiratake/payload/json.hpp"
#include "hiratake/service/config.hpp"
#include "hiratake/service/service_definition.hpp"

namespace hiratake::documents {

/// An entrypoint that says of itself what a test tells it to.
class DescribedEntrypoint final : public Entrypoint {
  public:
    DescribedEntrypoint(std::string kind, payload::Signature signature, Object details)
        : Entrypoint(signature.method_name()),
          kind_(std::move(kind)),
          signature_(std::move(signature)),
          details_(std::move(details)) {}

    EntrypointDescription describe(const std::string& service_name, const Config& config) const override {
        auto description = Entrypoint::describe(service_name, config);
        description.kind = kind_;
        description.signature = &signature_;
        description.details = details_;
        return description;
    }

  private:
    std::string kind_;
    payload::Signature signature_;
    Object details_;
};

inline EntrypointOptions& add(ServiceDefinition& service, std::string kind, payload::Signature signature,
                              Object details) {
    service.entrypoints.push_back(
        std::make_unique<DescribedEntrypoint>(std::move(kind), std::move(signature), std::move(details)));
    return service.entrypoints.back()->options();
}

/// A dependency that says of itself what a test tells it to.
class DescribedDependency final : public DependencyProvider {
  public:
    explicit DescribedDependency(DependencyDescription description) : description_(std::move(description)) {}

    void inject(void*, WorkerContext&) override {}
    DependencyDescription describe(const std::string&, const Config&) const override { return description_; }

  private:
    DependencyDescription description_;
};

inline void add_dependency(ServiceDefinition& service, DependencyDescription description) {
    service.dependencies.push_back({"", std::make_unique<DescribedDependency>(std::move(description))});
}

/// What is at a place of a document, as JSON: at(document, {"info", "title"}).
inline std::string at(const Object& document, const std::vector<std::string>& path) {
    Value here = document;
    for (const std::string& name : path) {
        const Value* next = here.find(name);
        if (!next) {
            ADD_FAILURE() << "there is no `" << name << "` in " << write_json(here);
            return "";
        }
        here = Value(*next);
    }
    return write_json(here, JsonStyle::compact);
}

}  // namespace hiratake::documents
