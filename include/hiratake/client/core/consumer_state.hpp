#pragma once

namespace hiratake::client {

/// What one consumer does, for health reports.
enum class ConsumerState {
    waiting,    ///< Not consuming at the moment; it will as soon as the connection and the queue allow.
    consuming,  ///< The broker has accepted it: deliveries come.
    ended,      ///< Cancelled by its owner, or closed with the connection.
};

}  // namespace hiratake::client
