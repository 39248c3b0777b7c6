#include "amqp/dispatch.hpp"
#include "amqp/method_encoder.hpp"
#include "amqp/owned_method.hpp"
#include "amqp/print.hpp"
#include "fuzz/require.hpp"

using namespace hiratake;

// Every method, in both directions: what decodes can be kept, printed, and encoded to a method that decodes alike.

namespace {

struct Sink {
    template <class Method>
    void on(const Method& method) {
        const amqp::OwnedMethod<Method> kept{method};
        const std::string text = amqp::to_text(*kept);
        fuzz::require(text.find('\n') == std::string::npos, "a method is printed in one line");
        amqp::ByteBuffer encoded;
        amqp::encode_method(encoded, *kept);
        Method again;
        fuzz::require(amqp::decode_arguments(std::string_view(encoded).substr(amqp::method_id_size), again) ==
                          amqp::DecodeError::none,
                      "what was written can be read");
        fuzz::require(amqp::to_text(again) == text, "the round trip changes nothing");
    }
};

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view input{reinterpret_cast<const char*>(data), size};
    Sink sink;
    const amqp::DecodeError to_server = amqp::dispatch_to_server(input, sink);
    const amqp::DecodeError to_client = amqp::dispatch_to_client(input, sink);
    fuzz::require((to_server == amqp::DecodeError::unknown_method) == (to_client == amqp::DecodeError::unknown_method),
                  "both directions agree on which methods there are");
    return 0;
}
