// Stands in for the mail service of examples/compute-mail: takes the mails from its queue and counts them.
#include <hiratake/hiratake.hpp>

#include <mutex>
#include <string>
#include <unordered_map>

namespace bench {

/// What has come since the program began. Safe from any thread.
class Tally {
  public:
    struct Counts {
        long mails = 0;
        /// Addresses that have got the notification once and the result once.
        long served_addresses = 0;
        /// Mails that came twice, or that nobody has asked for.
        long unexpected = 0;
    };

    void add(const std::string& address, const std::string& subject) {
        const std::lock_guard lock{mutex_};
        ++counts_.mails;
        Mails& mails = by_address_[address];
        if (subject == "API Notification" && !mails.notification) {
            mails.notification = true;
        } else if (subject == "Your operation is complete!" && !mails.result) {
            mails.result = true;
        } else {
            ++counts_.unexpected;
            return;
        }
        if (mails.notification && mails.result) ++counts_.served_addresses;
    }

    Counts counts() const {
        const std::lock_guard lock{mutex_};
        return counts_;
    }

  private:
    struct Mails {
        bool notification = false;
        bool result = false;
    };

    mutable std::mutex mutex_;
    Counts counts_;
    std::unordered_map<std::string, Mails> by_address_;
};

Tally& tally() {
    static Tally all;
    return all;
}

struct Mail {
    static constexpr auto name = "mail";

    void send(std::string to, std::string subject, std::string) { tally().add(to, subject); }
    Tally::Counts counts() { return tally().counts(); }

    static void define(hiratake::Service<Mail>& mail) {
        mail.rpc<&Mail::send>("to", "subject", "contents");
        mail.get<&Mail::counts>("/counts");
    }
};

}  // namespace bench

int main(int argc, char** argv) {
    return hiratake::main<bench::Mail>(argc, argv);
}
