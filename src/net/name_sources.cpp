#include "net/name_sources.hpp"

#include <nss.h>

namespace hiratake::net {

void choose_name_sources() {
#ifdef HIRATAKE_STATIC
    // Once: what was chosen before is never freed. It fails for a database that glibc does not know alone.
    static const int chosen = __nss_configure_lookup("hosts", "files dns");
    static_cast<void>(chosen);
#endif
}

}  // namespace hiratake::net
