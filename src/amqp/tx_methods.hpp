#pragma once

#include <string_view>

#include "amqp/method_id.hpp"

// The methods of class tx: transactions on a channel.
// Each is one field list, describe(): encoding, decoding, printing and copying follow from it. Strings are views.

namespace hiratake::amqp {

struct TxSelect {
    static constexpr MethodId id{90, 10};
    static constexpr std::string_view name = "tx.select";

    bool operator==(const TxSelect&) const = default;
    template <class Self, class Fields>
    static void describe(Self&, Fields&) {}
};

struct TxSelectOk {
    static constexpr MethodId id{90, 11};
    static constexpr std::string_view name = "tx.select-ok";

    bool operator==(const TxSelectOk&) const = default;
    template <class Self, class Fields>
    static void describe(Self&, Fields&) {}
};

struct TxCommit {
    static constexpr MethodId id{90, 20};
    static constexpr std::string_view name = "tx.commit";

    bool operator==(const TxCommit&) const = default;
    template <class Self, class Fields>
    static void describe(Self&, Fields&) {}
};

struct TxCommitOk {
    static constexpr MethodId id{90, 21};
    static constexpr std::string_view name = "tx.commit-ok";

    bool operator==(const TxCommitOk&) const = default;
    template <class Self, class Fields>
    static void describe(Self&, Fields&) {}
};

struct TxRollback {
    static constexpr MethodId id{90, 30};
    static constexpr std::string_view name = "tx.rollback";

    bool operator==(const TxRollback&) const = default;
    template <class Self, class Fields>
    static void describe(Self&, Fields&) {}
};

struct TxRollbackOk {
    static constexpr MethodId id{90, 31};
    static constexpr std::string_view name = "tx.rollback-ok";

    bool operator==(const TxRollbackOk&) const = default;
    template <class Self, class Fields>
    static void describe(Self&, Fields&) {}
};

}  // namespace hiratake::amqp
