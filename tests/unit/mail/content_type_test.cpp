#include "mail/content_type.hpp"

#include <gmock/gmock.h>

#include "hiratake/mail/mail_error.hpp"

namespace hiratake::mail {
namespace {

TEST(ContentType, follows_from_the_file_name_when_none_is_given) {
    EXPECT_EQ(checked_content_type("", "Report.PDF", "x"), "application/pdf");
    EXPECT_EQ(checked_content_type("", "archive.tar.gz", "x"), "application/gzip");
    EXPECT_EQ(checked_content_type("", "no-ending", "x"), "application/octet-stream");
    EXPECT_EQ(checked_content_type("text/x-log; charset=utf-8", "a.pdf", "x"), "text/x-log; charset=utf-8");
}

TEST(ContentType, refuses_what_is_no_media_type) {
    for (const char* text : {"pdf", "text/", "/plain", "te xt/plain", "text/plain/x", "text/pl\"ain"}) {
        EXPECT_THROW(checked_content_type(text, "a", "attachments[0].content_type"), MailError) << text;
    }
    EXPECT_THROW(checked_content_type("text/plain\r\nX-Evil: 1", "a", "x"), MailError);
}

TEST(ContentType, refuses_composite_types_which_cannot_be_encoded) {
    EXPECT_THROW(checked_content_type("multipart/mixed", "a", "x"), MailError);
    EXPECT_THROW(checked_content_type("Message/rfc822", "a", "x"), MailError);
}

}  // namespace
}  // namespace hiratake::mail
