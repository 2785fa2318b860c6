"""A scanner on a pseudo-terminal, whose other end a program under test opens as its serial port.

Prints "path PATH". Each line on stdin is what is to be read, in hexadecimal; it answers with "t" and the nanoseconds of the monotonic clock
just before the write. Ends with its input.

With --till it is the cashier program too: "open PATH" opens that tty, "round COUNT" sends COUNT goods one after another and prints, on one
line, the nanoseconds that each took until its last byte was read at the till.
"""
import os
import select
import sys
import termios
import time
import tty

GAP_SECONDS = 0.003

master, slave = os.openpty()
tty.setraw(slave, termios.TCSANOW)
print("path", os.ttyname(slave), flush=True)


def round_trips(till, count, first):
    times = []
    for number in range(first, first + count):
        data = b"460%010d\r" % number
        got = b""
        before = time.monotonic_ns()
        os.write(master, data)
        while not got.endswith(data):
            if not select.select([till], [], [], 5)[0]:
                sys.exit("no read within 5 s: %r" % got)
            got += os.read(till, 4096)
        times.append(time.monotonic_ns() - before)
        time.sleep(GAP_SECONDS)
    return times


till = -1
sent = 0
for line in sys.stdin:
    words = line.split()
    if words[0] == "open":
        till = os.open(words[1], os.O_RDWR | os.O_NOCTTY)
        tty.setraw(till, termios.TCSANOW)
        print("opened", flush=True)
    elif words[0] == "round":
        print(*round_trips(till, int(words[1]), sent), flush=True)
        sent += int(words[1])
    else:
        data = bytes.fromhex(words[0])
        before = time.monotonic_ns()
        os.write(master, data)
        print("t", before, flush=True)
