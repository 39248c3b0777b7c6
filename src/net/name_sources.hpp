#pragma once

namespace hiratake::net {

/// To be called before names are looked up; from any thread.
/// A static program (HIRATAKE_STATIC) asks /etc/hosts and DNS, whatever nsswitch.conf says: it has both inside. Each
/// other source is a shared library of the machine's glibc, and to load one of a glibc that is not the program's own
/// can end the process. Other programs go by nsswitch.conf.
void choose_name_sources();

}  // namespace hiratake::net
