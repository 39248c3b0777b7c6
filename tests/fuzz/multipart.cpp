#include "http/multipart_parser.hpp"

#include <cstdint>
#include <string>
#include <string_view>

#include "fuzz/require.hpp"

using namespace hiratake::http;

namespace {

class Record final : public MultipartParser::Sink {
  public:
    void begin_part(FormPart part) override {
        fuzz("a part begins when none is open", !is_open_);
        is_open_ = true;
        text += part.name + '\0' + part.filename.value_or("") + '\0' + part.content_type + '\0';
    }
    void part_data(std::string_view bytes) override {
        fuzz("data belong to a part", is_open_);
        text += bytes;
    }
    void end_part() override {
        fuzz("a part ends once", is_open_);
        is_open_ = false;
        text += '\0';
    }

    std::string text;

  private:
    static void fuzz(const char* what, bool holds) { hiratake::fuzz::require(holds, what); }

    bool is_open_ = false;
};

// What is found and whether it failed, with the body in pieces of this size.
std::string parse(std::string_view body, std::size_t piece) {
    const FormLimits limits{8, 128, 1024, 1024, ""};
    MultipartParser parser("XX", limits);
    Record record;
    for (; !body.empty(); body.remove_prefix(std::min(piece, body.size()))) parser.feed(body.substr(0, piece), record);
    const auto& failure = parser.finish();
    return failure ? std::to_string(failure->status) : record.text;
}

}  // namespace

// A form is read the same however it arrives.

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view body{reinterpret_cast<const char*>(data), size};
    const std::string whole = parse(body, size + 1);
    for (const std::size_t piece : {1u, 3u, 50u}) {
        hiratake::fuzz::require(parse(body, piece) == whole, "pieces change nothing");
    }
    static_cast<void>(boundary_of(body));
    return 0;
}
