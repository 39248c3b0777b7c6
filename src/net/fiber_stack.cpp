#include "net/fiber_stack.hpp"

#include <fmt/core.h>
#include <sys/mman.h>
#include <unistd.h>

#include <cerrno>
#include <system_error>

#include "hiratake/base/error.hpp"

namespace hiratake::net {
namespace {

std::size_t page_bytes() {
    static const auto bytes = static_cast<std::size_t>(sysconf(_SC_PAGESIZE));
    return bytes;
}

}  // namespace

FiberStack::FiberStack(std::size_t bytes) : bytes_((bytes + page_bytes() - 1) / page_bytes() * page_bytes()) {
    mapping_ = mmap(nullptr, page_bytes() + bytes_, PROT_READ | PROT_WRITE,
                    MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE | MAP_STACK, -1, 0);
    const bool is_mapped = mapping_ != MAP_FAILED;
    if (is_mapped && mprotect(mapping_, page_bytes(), PROT_NONE) == 0) return;
    const std::error_code reason(errno, std::system_category());
    if (is_mapped) munmap(mapping_, page_bytes() + bytes_);
    throw Error(
        fmt::format("no stack of {} bytes for another fiber: {} (see fiber_stack_bytes, max_workers and the "
                    "kernel's vm.max_map_count)",
                    bytes_, reason.message()));
}

FiberStack::~FiberStack() {
    munmap(mapping_, page_bytes() + bytes_);
}

void* FiberStack::lowest() const {
    return static_cast<char*>(mapping_) + page_bytes();
}

void* FiberStack::top() const {
    return static_cast<char*>(lowest()) + bytes_;
}

}  // namespace hiratake::net
