"""The reading end of a serial line as an unmodified cashier program has it: opens a tty in raw mode and notes what arrives.

Usage: reader.py TTY [--closed]
One JSON object a line on stdout, with t in nanoseconds of the monotonic clock:
  {"t":..,"event":"opened"} {"t":..,"event":"closed"} {"t":..,"event":"error","error":"EIO"} {"t":..,"hex":"3132330d"}
Commands on stdin, one a line: pause, resume, close, open, flush, queued, write HEX, quit. End of input quits.
"""

import errno
import fcntl
import json
import os
import select
import struct
import sys
import termios
import time
import tty


class Reader:
    def __init__(self, path):
        self.path = path
        self.fd = None
        self.paused = False

    @staticmethod
    def say(**fields):
        sys.stdout.write(json.dumps({"t": time.monotonic_ns(), **fields}, separators=(",", ":")) + "\n")
        sys.stdout.flush()

    def open(self):
        if self.fd is not None:
            return
        try:
            self.fd = os.open(self.path, os.O_RDWR | os.O_NOCTTY | os.O_NONBLOCK)
            tty.setraw(self.fd, termios.TCSANOW)
            self.say(event="opened")
        except (OSError, termios.error) as error:
            self.failed(error)

    def close(self):
        if self.fd is not None:
            os.close(self.fd)
            self.fd = None
            self.say(event="closed")

    def failed(self, error):
        code = error.args[0] if error.args else None
        self.say(event="error", error=errno.errorcode.get(code, str(error)))
        if self.fd is not None:
            os.close(self.fd)
            self.fd = None

    def receive(self):
        at = time.monotonic_ns()
        try:
            data = os.read(self.fd, 65536)
        except BlockingIOError:
            return
        except OSError as error:
            self.failed(error)
            return
        if data:
            self.say(hex=data.hex(), t=at)
        else:
            self.failed(OSError(errno.EPIPE, "hung up"))

    def command(self, line):
        word, _, rest = line.strip().partition(" ")
        if word == "pause":
            self.paused = True
        elif word == "resume":
            self.paused = False
        elif word == "close":
            self.close()
        elif word == "open":
            self.open()
        elif word == "flush" and self.fd is not None:
            termios.tcflush(self.fd, termios.TCIFLUSH)
        elif word == "queued" and self.fd is not None:
            count = fcntl.ioctl(self.fd, termios.FIONREAD, struct.pack("i", 0))
            self.say(event="queued", count=struct.unpack("i", count)[0])
        elif word == "write" and self.fd is not None:
            os.write(self.fd, bytes.fromhex(rest))
        elif word == "quit":
            return False
        self.say(event="did", command=word)
        return True

    def run(self):
        pending = b""
        while True:
            watched = [0] + ([self.fd] if self.fd is not None and not self.paused else [])
            ready, _, _ = select.select(watched, [], [])
            if self.fd in ready:
                self.receive()
            if 0 in ready:
                chunk = os.read(0, 4096)
                if not chunk:
                    return
                *lines, pending = (pending + chunk).split(b"\n")
                for line in lines:
                    if not self.command(line.decode()):
                        return


if __name__ == "__main__":
    reader = Reader(sys.argv[1])
    if "--closed" not in sys.argv[2:]:
        reader.open()
    reader.run()
