#include "mail/outbox_transport.hpp"

#include <gmock/gmock.h>

#include <fstream>
#include <sstream>
#include <vector>

#include "hiratake/base/manual_clock.hpp"
#include "hiratake/mail/mail_error.hpp"

namespace hiratake::mail {
namespace {

namespace fs = std::filesystem;

class Outbox : public testing::Test {
  protected:
    Outbox() : folder(fs::path{testing::TempDir()} / ("outbox-" + Random{}.uuid4().text())) {}
    ~Outbox() override { fs::remove_all(folder); }

    ManualClock clock;
    Random random{1};
    fs::path folder;
    const ComposedMail mail{.sender = "a@example.com",
                            .recipients = {"b@example.com", "c@example.com"},
                            .subject = "s",
                            .bytes = "Subject: s\r\n\r\nbody\r\n"};
};

TEST_F(Outbox, writes_the_message_behind_its_envelope) {
    OutboxTransport outbox{folder / "deep", clock, random};
    const std::string path = outbox.deliver(mail);
    EXPECT_TRUE(path.ends_with(".eml"));
    std::ostringstream content;
    content << std::ifstream{path, std::ios::binary}.rdbuf();
    EXPECT_EQ(content.str(),
              "X-Envelope-From: a@example.com\r\nX-Envelope-To: b@example.com,\r\n c@example.com\r\n" + mail.bytes);
}

TEST_F(Outbox, gives_names_that_sort_by_time_and_leaves_nothing_else) {
    OutboxTransport outbox{folder, clock, random};
    std::vector<std::string> paths;
    for (int i = 0; i < 5; ++i) {
        paths.push_back(outbox.deliver(mail));
        if (i % 2 == 0) clock.advance(std::chrono::microseconds{1});
    }
    EXPECT_TRUE(std::is_sorted(paths.begin(), paths.end()));
    EXPECT_EQ(std::distance(fs::directory_iterator{folder}, fs::directory_iterator{}), 5);
}

TEST_F(Outbox, tells_when_the_folder_cannot_be_made) {
    std::ofstream{folder} << "a file where the folder should be";
    OutboxTransport outbox{folder, clock, random};
    try {
        outbox.deliver(mail);
        FAIL() << "written into a file";
    } catch (const MailError& error) {
        EXPECT_THAT(error.what(), testing::HasSubstr("cannot write the mail to " + folder.string()));
        EXPECT_TRUE(error.is_temporary());
    }
}

TEST_F(Outbox, tells_when_the_file_cannot_be_written) {
    OutboxTransport outbox{"/proc/self", clock, random};
    EXPECT_THROW(outbox.deliver(mail), MailError);
}

}  // namespace
}  // namespace hiratake::mail
