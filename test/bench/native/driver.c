/*
 * Measures how long bytes take from one tty to another through whatever stands between: the clock, both ends and the waiting are the same
 * for every program that is measured.
 *
 * Usage: driver [pair]. It makes a PTY, holds its master (the scanner) and prints "in PATH"; with `pair` also a second one as the far end,
 * "out PATH". Commands on stdin, each answered by lines that end with "done":
 *   open PATH                 be the cashier program: open this tty and read it
 *   batch FILE GAP_US WAIT_MS each line of FILE is "HEX HEX", what to write and what must come out; prints nanoseconds from just before the
 *                             write to the return of the read with the last byte, or -1 when something else came, or nothing in time
 * Build: gcc -O2 -Wall -Wextra -Werror -o driver driver.c
 */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <termios.h>
#include <time.h>
#include <unistd.h>

#define MOST 512

static int scanner = -1, till = -1;

static long long now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return t.tv_sec * 1000000000LL + t.tv_nsec;
}

static void fail(const char *what)
{
    perror(what);
    exit(1);
}

static void make_raw(int fd)
{
    struct termios settings;
    if (tcgetattr(fd, &settings) < 0)
        fail("tcgetattr");
    cfmakeraw(&settings);
    if (tcsetattr(fd, TCSANOW, &settings) < 0)
        fail("tcsetattr");
}

static int open_master(const char *word)
{
    char path[64];
    int fd = posix_openpt(O_RDWR | O_NOCTTY), slave;
    if (fd < 0 || grantpt(fd) < 0 || unlockpt(fd) < 0 || ptsname_r(fd, path, sizeof path) != 0)
        fail("posix_openpt");
    slave = open(path, O_RDWR | O_NOCTTY);
    if (slave < 0)
        fail(path);
    make_raw(slave);
    close(slave);
    printf("%s %s\n", word, path);
    return fd;
}

static size_t from_hex(const char *hex, unsigned char *bytes)
{
    size_t n = strlen(hex) / 2;
    for (size_t i = 0; i < n && i < MOST; i++)
        sscanf(hex + 2 * i, "%2hhx", &bytes[i]);
    return n;
}

static void empty(void)
{
    unsigned char waste[4096];
    struct pollfd p = {.fd = till, .events = POLLIN};
    while (poll(&p, 1, 0) > 0 && (p.revents & POLLIN) && read(till, waste, sizeof waste) > 0)
        ;
}

static long long one(const unsigned char *in, size_t in_length, const unsigned char *out, size_t out_length, int wait_ms)
{
    unsigned char got[MOST];
    size_t length = 0;
    struct pollfd p = {.fd = till, .events = POLLIN};
    long long start = now(), end = start;
    if (write(scanner, in, in_length) != (ssize_t)in_length)
        return -1;
    while (length < out_length) {
        ssize_t n;
        if (poll(&p, 1, wait_ms) <= 0)
            return -1;
        n = read(till, got + length, sizeof got - length);
        end = now();
        if (n <= 0)
            return -1;
        length += (size_t)n;
    }
    return length == out_length && memcmp(got, out, length) == 0 ? end - start : -1;
}

static void batch(const char *file, long gap_us, int wait_ms)
{
    static char line[4 * MOST + 8], in_hex[2 * MOST + 1], out_hex[2 * MOST + 1];
    unsigned char in[MOST], out[MOST];
    struct timespec gap = {gap_us / 1000000, (gap_us % 1000000) * 1000};
    FILE *lines = fopen(file, "r");
    if (lines == NULL)
        fail(file);
    while (fgets(line, sizeof line, lines) != NULL) {
        size_t in_length, out_length;
        if (sscanf(line, "%1024s %1024s", in_hex, out_hex) != 2)
            continue;
        in_length = from_hex(in_hex, in);
        out_length = from_hex(out_hex, out);
        nanosleep(&gap, NULL);
        empty();
        printf("%lld\n", one(in, in_length, out, out_length, wait_ms));
    }
    fclose(lines);
}

int main(int argc, char **argv)
{
    char line[1024], path[768];
    long gap_us;
    int wait_ms;
    scanner = open_master("in");
    if (argc > 1 && strcmp(argv[1], "pair") == 0)
        till = open_master("out");
    puts("done");
    fflush(stdout);
    while (fgets(line, sizeof line, stdin) != NULL) {
        if (sscanf(line, "open %767s", path) == 1) {
            if (till >= 0)
                close(till);
            till = open(path, O_RDWR | O_NOCTTY);
            if (till < 0)
                fail(path);
            make_raw(till);
        } else if (sscanf(line, "batch %767s %ld %d", path, &gap_us, &wait_ms) == 3) {
            batch(path, gap_us, wait_ms);
        } else {
            fprintf(stderr, "unknown command: %s", line);
            return 1;
        }
        puts("done");
        fflush(stdout);
    }
    return 0;
}
