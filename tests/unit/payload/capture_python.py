#!/usr/bin/env python3
"""Writes python_json_cases.inc and python_call_cases.inc: what Python itself does, for the tests to compare with.

Run it here, with any Python 3.9 or later, after adding a case; the outputs are kept under version control.
"""
import inspect
import json
import random
import struct

HEADER = "// Written by capture_python.py; do not edit.\n\n"


def literal(text):
    """A C++ string literal of the text's UTF-8 (or WTF-8) bytes."""
    if text is None:
        return "nullptr"
    out = []
    for byte in text.encode("utf-8", "surrogatepass"):
        char = chr(byte)
        if char in '"\\':
            out.append("\\" + char)
        elif 0x20 <= byte < 0x7F and char != "?":
            out.append(char)
        else:
            out.append("\\%03o" % byte)
    return '"' + "".join(out) + '"'


def json_inputs():
    yield from ["null", "true", "false", "0", "-0", "1", "-1", "9223372036854775807", "9223372036854775808",
                "-9223372036854775808", "-9223372036854775809", "18446744073709551615", "1" * 100, "-" + "9" * 60]
    yield from ["NaN", "Infinity", "-Infinity", "[NaN, -Infinity]", "-NaN", "nan", "+1", "Infinit", "-Inf", "+Infinity"]
    yield from ["0.0", "-0.0", "1.0", "1.5", "1e0", "1E5", "1e+5", "1e15", "1e16", "1e17", "123456789012345680.0",
                "1e22", "1e23",
                "9999999999999998.0", "9007199254740993.0", "0.1", "0.0001", "0.00001", "1e-5", "1.5e-7", "0.00012345",
                "1e308", "1e309", "-1e309", "1e-323", "5e-324", "1e-324", "-1e-400", "1.7976931348623157e308",
                "1e99999999999999999999",
                "1e-99999999999999999999", "0e99999999999999999999", "0.000" + "0" * 400 + "1e405",
                "1" + "0" * 400 + "e-400",
                "1" + "0" * 400 + ".5", "3.14159265358979323846264338327950288", "2.2250738585072011e-308", "100.0",
                "1e2"]
    yield from ["01", "1.", ".5", "1.e5", "1e", "1e+", "--1", "-", "0x10", "1_000", "1.5.5", "- 1", "-01"]
    yield from ['""', '"a"', '"\\u00e9"', '"é"', '"\\ud83d\\ude00"', '"😀"', '"\\ud800"', '"\\udc00"',
                '"\\ud800\\ud800\\udc00"',
                '"\\ud83dx"', '"\\ud83d\\u0041"', '"\\ud83d\\n"', '"\\uDE00\\uD83D"', '"\\b\\f\\n\\r\\t\\/\\\\\\""',
                '"/"', '"\\u0000"', '"\\u001f"',
                '"\x7f"', '"\\u007f\\u0080\\u07ff\\u0800\\uffff"', '"\U0010ffff"', '"abcdefgh"', '"abcdefg\\n"',
                '"abcdefgh\\n12345678"',
                '"éabcdefghijklmnopé"', '"aaaaaaa\x7f"', '"\u2028\u2029"']
    yield from ['"', '"a', '"\\', '"\\x"', '"\\u12"', '"\\u12g4"', '"\\u+123"', '"\\u 123"', '"\\ud800\\u12"',
                '"a\nb"', '"a\tb"', '"aaaaaaaaaaaa\x01"', "'a'"]
    yield from ["[]", "[ ]", "[1]", "[1,2 ,3]", "[[],[[]],{}]", "[1,]", "[,1]", "[1 2]", "[", "]", "[1", "[1,", "[}",
                "[nul]"]
    yield from ["{}", "{ }", '{"a":1}', '{"a":1,"b":2,"a":3}', '{"b":1,"a":2}', '{"a":{"a":{"a":[]}}}', '{"":0}',
                '{"a":1,}', "{,}",
                '{"a"}', '{"a":}', '{"a" 1}', "{a:1}", "{1:1}", '{"a":1', '{"a":1 "b":2}', "{", '{"a"', '{"a":',
                '{"é\\u00e9":"é"}']
    yield from [" 1 ", "\t\n\r1\n", "\x0b1", "\u00a01", "", " ", "1 2", "null null", "nulll", "True", "None",
                "\ufeff1", "// 1", "1 // x", "\0", "1\0"]
    yield '{"args": [5], "kwargs": {"y": "é"}}'
    yield '{"result":null,"error":{"exc_type":"ValueError","exc_args":["bad",{"k":"1"},"3"],"value":"bad"}}'
    yield "[" * 100 + "]" * 100
    yield json.dumps("".join(map(chr, range(0x250))), ensure_ascii=False)
    chance = random.Random(20260)
    for _ in range(300):
        number = struct.unpack("<d", struct.pack("<Q", chance.getrandbits(64)))[0]
        yield json.dumps(number)
    for _ in range(200):
        yield json.dumps(chance.choice([1, -1]) * chance.random() * 10 ** chance.randint(-8, 20))
    for _ in range(60):
        yield "%.*e" % (chance.randint(0, 25), chance.random() * 10 ** chance.randint(-320, 300))


def json_case(text):
    try:
        return json.dumps(json.loads(text))
    except ValueError:
        return None


def write_json_cases():
    with open("python_json_cases.inc", "w", encoding="ascii") as out:
        out.write(HEADER + "struct PythonJsonCase {\n    const char* input;\n"
                  "    const char* output;  // json.dumps(json.loads(input)); null where that raises\n};\n\n"
                  "// clang-format off\ninline constexpr PythonJsonCase python_json_cases[] = {\n")
        for text in json_inputs():
            if "\0" not in text:
                out.write("    {%s, %s},\n" % (literal(text), literal(json_case(text))))
        out.write("};\n// clang-format on\n")


CALLS = [
    ("x", [[], {}], [[1], {}], [[], {"x": 1}], [[1], {"x": 2}], [[1, 2], {}], [[], {"z": 1}], [[1], {"z": 1}], [[1, 2,
        3], {"z": 1}]),
    ("", [[], {}], [[1], {}], [[1, 2], {}], [[], {"a": 1}]),
    ("x, y", [[], {}], [[1], {}], [[], {"y": 1}], [[1], {"y": 2}], [[], {"y": 1, "x": 2}], [[1, 2, 3], {}], [[1, 2],
        {"x": 1, "y": 2}]),
    ("x, y, z", [[], {}], [[1], {}], [[], {"y": 1}], [[1, 2, 3], {}], [[1], {"y": 2, "z": 3}]),
    ("a, b, c, d", [[], {}], [[], {"b": 1}]),
    ("x, y=7", [[], {}], [[1], {}], [[1, 2], {}], [[1, 2, 3], {}], [[], {"y": 2}], [[], {"x": 2}], [[1], {"y": None}],
        [[1, 2], {"y": 2}]),
    ("x, y=7, z='t'", [[1], {"z": [1]}], [[1, 2, 3, 4], {}], [[], {"z": 1, "q": 2}]),
    ("x=1", [[], {}], [[2], {}], [[2, 3], {}]),
]


def write_call_cases():
    with open("python_call_cases.inc", "w", encoding="ascii") as out:
        out.write(HEADER + "struct PythonCallCase {\n"
                  "    const char* parameters;  // name, or name=JSON of the default; separated by blanks\n"
                  "    const char* args;\n    const char* kwargs;\n"
                  "    const char* values;  // in the order of the parameters; null on an error\n"
                  "    const char* error;\n};\n\n"
                  "// clang-format off\ninline constexpr PythonCallCase python_call_cases[] = {\n")
        for parameters, *calls in CALLS:
            scope = {}
            exec("class Service:\n    def go(self%s): pass" % (", " + parameters if parameters else ""), scope)
            method = scope["Service"].go
            spec = inspect.getfullargspec(method)
            names = spec.args[1:]
            defaults = dict(zip(reversed(names), reversed(spec.defaults or ())))
            described = " ".join(n + ("=" + json.dumps(defaults[n]) if n in defaults else "") for n in names)
            for args, kwargs in calls:
                values = error = None
                try:
                    bound = inspect.getcallargs(method, None, *args, **kwargs)
                    values = json.dumps([bound[name] for name in names])
                except TypeError as problem:
                    error = str(problem)
                row = [described, json.dumps(args), json.dumps(kwargs), values, error]
                out.write("    {%s},\n" % ", ".join(map(literal, row)))
        out.write("};\n// clang-format on\n")


if __name__ == "__main__":
    write_json_cases()
    write_call_cases()
