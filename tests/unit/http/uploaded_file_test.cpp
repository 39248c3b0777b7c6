#include "hiratake/http/uploaded_file.hpp"

#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <initializer_list>
#include <iterator>
#include <memory>
#include <string>
#include <string_view>

#include "hiratake/base/error.hpp"
#include "http/storage_error.hpp"
#include "http/upload_content.hpp"

namespace hiratake::http {
namespace {

class UploadedFileTest : public testing::Test {
  protected:
    UploadedFileTest() {
        std::string pattern = testing::TempDir() + "hiratake-uploads-XXXXXX";
        folder_ = ::mkdtemp(pattern.data());
        limits_.upload_folder = folder_.string();
        limits_.max_upload_memory_bytes = 8;
    }
    ~UploadedFileTest() override { std::filesystem::remove_all(folder_); }

    UploadedFile file_of(std::initializer_list<std::string_view> pieces) {
        content_ = std::make_shared<UploadContent>(limits_);
        for (const auto piece : pieces) content_->append(piece);
        return {"a.txt", "text/plain", content_};
    }
    static std::string text_at(const std::filesystem::path& path) {
        std::ifstream file(path, std::ios::binary);
        return {std::istreambuf_iterator<char>(file), {}};
    }

    std::filesystem::path folder_;
    FormLimits limits_;
    std::shared_ptr<UploadContent> content_;
};

TEST_F(UploadedFileTest, goes_to_a_temporary_file_when_it_grows) {
    const auto small = file_of({"1234", "5678"});
    EXPECT_TRUE(content_->is_in_memory());
    EXPECT_EQ(small.read(), "12345678");
    const auto large = file_of({"1234", "56789", "ab"});
    EXPECT_FALSE(content_->is_in_memory());
    EXPECT_EQ(large.size(), 11u);
    EXPECT_EQ(large.read(), "123456789ab");
    EXPECT_EQ(large.read(9, 100), "ab");
    EXPECT_EQ(large.read(11, 100), "");
    EXPECT_TRUE(std::filesystem::is_empty(folder_)) << "the file has no name, so nothing is left behind";
}

TEST_F(UploadedFileTest, moves_to_a_path_that_is_free) {
    for (const auto& file : {file_of({"small"}), file_of({"larger than that"})}) {
        const auto path = folder_ / ("moved-" + std::to_string(file.size()));
        file.move_to(path.string());
        EXPECT_EQ(text_at(path), file.read());
        EXPECT_THROW(file.move_to(path.string()), Error) << "nothing is overwritten";
    }
    EXPECT_THROW(file_of({"x"}).move_to((folder_ / "missing" / "x").string()), Error);
}

TEST_F(UploadedFileTest, says_when_there_is_no_room_for_temporary_files) {
    limits_.upload_folder = (folder_ / "missing").string();
    EXPECT_THROW(file_of({"larger than that"}), Error);
}

TEST_F(UploadedFileTest, says_when_its_temporary_file_has_been_cut) {
    const auto file = file_of({"larger than that"});
    std::size_t cut = 0;
    for (const auto& open_file : std::filesystem::directory_iterator("/proc/self/fd")) {
        std::error_code gone;
        const auto target = std::filesystem::read_symlink(open_file, gone).string();
        if (!target.starts_with(folder_.string())) continue;
        std::filesystem::resize_file(open_file, 3);
        ++cut;
    }
    ASSERT_EQ(cut, 1u);
    EXPECT_THROW(file.read(), StorageError);
    EXPECT_THROW(file.move_to((folder_ / "missing" / "x").string()), StorageError);
}

}  // namespace
}  // namespace hiratake::http
