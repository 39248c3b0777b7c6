"""Tests of reading samples. Run by: python3 -m unittest discover --start-directory bench --pattern '*_test.py'"""

import unittest

from stacks import KERNEL, Address, Frame, foreign_frame, layer_of, layer_of_file, profile_of, read, simplified

LIBC = "/usr/lib/x86_64-linux-gnu/libc.so.6"
PRINTED = f"""\
20291 
\tffffffff81775b9a tcp_sendmsg ({KERNEL})
\t           d4ad7 operator new(unsigned long) ({LIBC})
\t           c584f [unknown] (/memfd:sealed (deleted))

    0 
\tffffffff81775b9a default_idle ({KERNEL})

"""


class Stacks(unittest.TestCase):
    def test_samples_are_read_with_their_process_and_addresses(self):
        self.assertEqual(list(read(PRINTED.splitlines())), [
            (20291, [Address(0xffffffff81775b9a, "tcp_sendmsg", KERNEL),
                     Address(0xd4ad7, "operator new(unsigned long)", LIBC),
                     Address(0xc584f, "[unknown]", "/memfd:sealed (deleted)")]),
            (0, [Address(0xffffffff81775b9a, "default_idle", KERNEL)])])

    def test_names_are_without_arguments_results_and_templates(self):
        names = {
            "hiratake::amqp::FrameReader::feed(std::span<std::byte const>)": "amqp::FrameReader::feed",
            "long hiratake::amqp::(anonymous namespace)::size_of<int>(std::vector<int>) const": "amqp::size_of",
            "hiratake::Reply<std::string>::result() const & [clone .cold]": "Reply::result",
            "hiratake::net::run(int)::{lambda(int)#1}::operator()(int) const": "net::run::{lambda}",
            "hiratake::net::run() const::{lambda()#1}::operator()() const::{lambda(auto)#2}":
                "net::run::{lambda}::{lambda}",
            "std::function<void (int)>::operator()(int) const": "std::function::operator()",
            "std::unique_ptr<A<B<C> > >::operator->() const": "std::unique_ptr::operator->",
            "bool std::operator< <char>(A const&, B const&)": "std::operator<",
            "hiratake::Value::operator[](std::string_view)": "Value::operator[]",
            "operator new(unsigned long)": "operator new",
            "pthread_mutex_lock@@GLIBC_2.2.5": "pthread_mutex_lock",
            "std::basic_string<char>::_M_append[abi:cxx11](char const*)": "std::basic_string::_M_append",
            "entry_SYSCALL_64_after_hwframe": "entry_SYSCALL_64_after_hwframe",
        }
        self.assertEqual({name: simplified(name) for name in names}, names)

    def test_a_source_file_tells_the_layer(self):
        paths = {"/a/build/profile/../../src/amqp/frame_reader.cpp:12": "AMQP codec",
                 "/a/include/hiratake/payload/value.hpp:3": "JSON, values",
                 "/a/src/broker/core/session.cpp:?": "broker", "/a/bench/load/load.cpp:1": "load",
                 "/usr/include/c++/12/bits/std_function.h:1": None, "??:?": None}
        self.assertEqual({path: layer_of_file(path) for path in paths}, paths)

    def test_libraries_and_the_kernel_are_layers_by_their_functions(self):
        def layer(symbol, program, of_rabbitmq=False):
            return foreign_frame(Address(1, symbol, program), of_rabbitmq).layer
        self.assertEqual(layer("malloc", LIBC), "allocation")
        self.assertEqual(layer("[unknown]", "/usr/lib/x86_64-linux-gnu/libmimalloc.so.2.0"), "allocation")
        self.assertEqual(layer("__memmove_avx_unaligned_erms", LIBC), "copying")
        self.assertEqual(layer("pthread_mutex_lock@@GLIBC_2.2.5", LIBC), "locks")
        self.assertEqual(layer("[unknown]", "[vdso]"), "clock")
        self.assertEqual(layer("free", "/usr/lib/x86_64-linux-gnu/libcrypto.so.3"), "other")
        self.assertEqual(layer("qsort", LIBC), "C and C++ libraries")
        self.assertEqual(layer("try_to_wake_up", KERNEL), "kernel: waiting, waking")
        self.assertEqual(layer("tcp_sendmsg", KERNEL), "kernel: sockets")
        self.assertEqual(layer("ext4_do_writepages", KERNEL), "kernel: files")
        self.assertEqual(layer("do_syscall_64", KERNEL), "kernel: system calls")
        self.assertEqual(layer("__libc_sendmsg", LIBC), "kernel: system calls")
        self.assertEqual(layer("malloc", LIBC, of_rabbitmq=True), "RabbitMQ")
        self.assertIsNone(foreign_frame(Address(1, "[unknown]", "//anon"), False))

    def test_time_goes_to_the_innermost_frame_that_has_a_layer(self):
        codec, library = Frame("feed", "AMQP codec"), Frame("std::copy", None)
        locking, sending = Frame("_raw_spin_lock", "kernel: other"), Frame("tcp_sendmsg", "kernel: sockets")
        self.assertEqual(layer_of([library, codec, Frame("run", "service")]), "AMQP codec")
        self.assertEqual(layer_of([locking, sending, codec]), "kernel: sockets")
        self.assertEqual(layer_of([locking, codec]), "kernel: other")
        self.assertEqual(layer_of([]), "other")

    def test_processes_outside_the_scenario_and_idle_time_are_counted_apart(self):
        in_libc = [Address(1, "memcpy", LIBC)]
        profile = profile_of([(7, in_libc), (7, in_libc), (0, in_libc), (8, in_libc)], {7: "client"}, "/none", 10)
        self.assertEqual((profile.count(), profile.busy(), profile.idle, profile.others), (10, 2, 7, 1))
        self.assertEqual(profile.of_role("client"), 2)
        self.assertEqual(dict(profile.stacks), {(("client", "other"), ("memcpy", "copying")): 2})


if __name__ == "__main__":
    unittest.main()
