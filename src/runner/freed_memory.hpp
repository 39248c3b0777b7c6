#pragma once

namespace hiratake::runner {

/// Has the allocator keep freed memory for some seconds before the system has it back. For the start of a program; does
/// nothing where the allocator is not mimalloc, and leaves MIMALLOC_DECOMMIT_DELAY, if it is set, alone.
void keep_freed_memory();

}  // namespace hiratake::runner
