#include <gmock/gmock.h>

#include "hiratake/base/manual_clock.hpp"
#include "hiratake/mail/email.hpp"
#include "mail/mime_composer.hpp"
#include "support/child_process.hpp"

namespace hiratake::mail {
namespace {

using testing::Contains;
using testing::Each;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

/// What an independent parser reads out of what we composed.
class Composition : public testing::Test {
  protected:
    std::vector<std::string> facts(const Email& email) {
        test::ChildProcess parser{{"/usr/bin/python3", HIRATAKE_MAIL_TEST_FOLDER "/parse_mail.py"}};
        parser.write(MimeComposer{clock, random, 1'000'000}.compose(email).bytes);
        parser.close_input();
        return parser.read_lines();
    }

    ManualClock clock;
    Random random{1};
};

TEST_F(Composition, of_a_plain_mail_is_read_back) {
    EXPECT_THAT(
        facts({.from = "me@example.com", .to = {"name@email.com"}, .subject = "testing", .text = "Just testing"}),
        ElementsAre("header | Date | Fri, 20 Dec 2019 00:00:00 +0000", "header | From | me@example.com",
                    "header | To | name@email.com", "header | Subject | testing", "header | MIME-Version | 1.0",
                    "address | From |  | me@example.com", "address | To |  | name@email.com",
                    "part | text/plain | None | None | None", "content | 'Just testing\\n'"));
}

TEST_F(Composition, of_names_and_subjects_in_any_script_is_read_back) {
    const std::string subject =
        "Grüße aus Zürich, 世界, 😀: a subject that is far too long for one line and for one encoded word, so that it "
        "is "
        "split in the midst of naïve façades éééééééééééééééééééééééééééééééééééééé";
    const auto read = facts({.from = "Zoë Müller <zoe@example.com>",
                             .to = {"\"Last, First\" <a@example.com>", "世界 <b@example.com>", "c@example.com"},
                             .cc = {"Plain Name <d@example.com>"},
                             .reply_to = {"Ответ <e@example.com>"},
                             .subject = subject,
                             .text = "x",
                             .headers = {{"X-Note", "ünï"}, {"References", "<1@example.com> <2@example.com>"}}});
    EXPECT_THAT(read, Contains("header | Subject | " + subject));
    EXPECT_THAT(read, Contains("address | From | Zoë Müller | zoe@example.com"));
    EXPECT_THAT(read, Contains("address | To | Last, First | a@example.com"));
    EXPECT_THAT(read, Contains("address | To | 世界 | b@example.com"));
    EXPECT_THAT(read, Contains("address | To |  | c@example.com"));
    EXPECT_THAT(read, Contains("address | Cc | Plain Name | d@example.com"));
    EXPECT_THAT(read, Contains("address | Reply-To | Ответ | e@example.com"));
    EXPECT_THAT(read, Contains("header | X-Note | ünï"));
    EXPECT_THAT(read, Contains("header | References | <1@example.com> <2@example.com>"));
    EXPECT_THAT(read, Each(Not(StartsWith("defect"))));
}

TEST_F(Composition, of_text_in_each_encoding_is_read_back) {
    const auto content = [&](const std::string& text) {
        const auto read = facts({.from = "a@b.c", .to = {"d@e.f"}, .text = text});
        EXPECT_THAT(read, Each(Not(StartsWith("defect"))));
        return read.back();
    };
    EXPECT_EQ(content(".\n..dots\n"), "content | '.\\n..dots\\n'");
    EXPECT_EQ(content("é = 1 \nlast\t\n"), "content | 'é = 1 \\nlast\\t\\n'");
    EXPECT_EQ(content("привет\nмир\n"), "content | 'привет\\nмир\\n'");
    EXPECT_EQ(content(std::string(300, 'x') + "\n"), "content | '" + std::string(300, 'x') + "\\n'");
}

TEST_F(Composition, of_every_kind_of_part_is_read_back) {
    const auto read =
        facts({.from = "a@b.c",
               .to = {"d@e.f"},
               .text = "as text",
               .html = "<p>as <b>html</b>, é <img src='cid:logo@x'></p>",
               .attachments = {{.file_name = "Übersicht der Ergebnisse 世界.csv", .content = "1;2"},
                               {.file_name = "bytes.bin", .content = std::string{"\0\xff\r\n.\r\n", 7}},
                               {.file_name = "naïve.txt", .content_type = "text/x-log", .content = ""}},
               .inline_images = {{.content_id = "logo@x", .content_type = "image/png", .content = "PNG"}}});
    EXPECT_THAT(read,
                testing::IsSupersetOf(
                    {"part | multipart/mixed | None | None | None", "part | multipart/alternative | None | None | None",
                     "part | multipart/related | None | None | None", "content | 'as text'",
                     "content | \"<p>as <b>html</b>, é <img src='cid:logo@x'></p>\"",
                     "part | image/png | inline | logo@x | <logo@x>", "content | b'PNG'",
                     "part | text/csv | attachment | Übersicht der Ergebnisse 世界.csv | None", "content | '1;2'",
                     "part | application/octet-stream | attachment | bytes.bin | None",
                     "content | b'\\x00\\xff\\r\\n.\\r\\n'", "part | text/x-log | attachment | naïve.txt | None"}));
    EXPECT_THAT(read, Each(Not(StartsWith("defect"))));
}

}  // namespace
}  // namespace hiratake::mail
