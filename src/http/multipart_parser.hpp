#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "http/form_limits.hpp"

namespace hiratake::http {

/// The header of one part of a form.
struct FormPart {
    std::string name;
    /// Without folders; nothing for a part that is no file.
    std::optional<std::string> filename;
    /// Empty where it is not stated.
    std::string content_type;
};

/// Reads multipart/form-data (RFC 7578, RFC 2046 section 5.1), without I/O: it is fed the body in pieces of any size
/// and hands what it finds to a Sink. Keeps no more of the body than a boundary and one part's header need.
class MultipartParser {
  public:
    class Sink {
      public:
        virtual ~Sink() = default;
        virtual void begin_part(FormPart part) = 0;
        virtual void part_data(std::string_view bytes) = 0;
        virtual void end_part() = 0;
    };

    /// What cannot be read, with the status that says so.
    struct Failure {
        int status = 400;
        std::string detail;
    };

    /// @param boundary as Content-Type names it
    /// @param limits outlives the parser
    MultipartParser(const std::string& boundary, const FormLimits& limits);

    /// The next bytes of the body. After a failure, which is then returned again, nothing more is read.
    const std::optional<Failure>& feed(std::string_view bytes, Sink& sink);
    /// The body has ended.
    const std::optional<Failure>& finish();

  private:
    enum class State { preamble, boundary_line, header, data, epilogue };

    bool advance(Sink& sink);
    bool skip_preamble();
    bool read_boundary_line();
    bool read_header(Sink& sink);
    bool read_data(Sink& sink);
    bool fail(std::string detail, int status = 400);

    const FormLimits& limits_;
    std::string delimiter_;
    State state_ = State::preamble;
    std::string buffer_;
    std::size_t position_ = 0;  // of what is not read yet, in buffer_
    std::size_t parts_ = 0;
    std::optional<Failure> failure_;
};

/// The boundary that a Content-Type names: "multipart/form-data; boundary=x". Nothing when it names none, or one that
/// RFC 2046 does not allow.
std::optional<std::string> boundary_of(std::string_view content_type);

}  // namespace hiratake::http
