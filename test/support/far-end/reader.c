/*
 * The reading end of a serial line as an unmodified cashier program written in C has it. Same arguments, commands and output as reader.py.
 * Build: gcc -O2 -Wall -Wextra -Werror -o reader reader.c
 */
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <termios.h>
#include <time.h>
#include <unistd.h>

static const char *path;
static int fd = -1;
static int paused;

static int64_t now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (int64_t)t.tv_sec * 1000000000 + t.tv_nsec;
}

static void say(const char *key, const char *value)
{
    printf("{\"t\":%lld,\"%s\":\"%s\"}\n", (long long)now(), key, value);
    fflush(stdout);
}

static void failed(int code)
{
    const char *name = code == EIO ? "EIO" : code == ENOENT ? "ENOENT" : code == EACCES ? "EACCES" : code == EPIPE ? "EPIPE" : strerror(code);
    printf("{\"t\":%lld,\"event\":\"error\",\"error\":\"%s\"}\n", (long long)now(), name);
    fflush(stdout);
    if (fd >= 0)
        close(fd);
    fd = -1;
}

static void open_tty(void)
{
    struct termios settings;
    if (fd >= 0)
        return;
    fd = open(path, O_RDWR | O_NOCTTY | O_NONBLOCK);
    if (fd < 0 || tcgetattr(fd, &settings) < 0) {
        failed(errno);
        return;
    }
    cfmakeraw(&settings);
    if (tcsetattr(fd, TCSANOW, &settings) < 0) {
        failed(errno);
        return;
    }
    say("event", "opened");
}

static void receive(void)
{
    static char hex[2 * 4096 + 1];
    unsigned char data[4096];
    int64_t at = now();
    ssize_t n = read(fd, data, sizeof data);
    if (n < 0 && (errno == EAGAIN || errno == EINTR))
        return;
    if (n <= 0) {
        failed(n < 0 ? errno : EPIPE);
        return;
    }
    for (ssize_t i = 0; i < n; i++)
        snprintf(hex + 2 * i, 3, "%02x", data[i]);
    printf("{\"t\":%lld,\"hex\":\"%s\"}\n", (long long)at, hex);
    fflush(stdout);
}

static void write_hex(const char *hex)
{
    unsigned int byte;
    for (; sscanf(hex, "%2x", &byte) == 1; hex += 2) {
        unsigned char one = (unsigned char)byte;
        if (write(fd, &one, 1) != 1) {
            failed(errno);
            return;
        }
        if (hex[1] == '\0')
            return;
    }
}

static int command(char *line)
{
    char *rest = strchr(line, ' ');
    if (rest != NULL)
        *rest++ = '\0';
    if (strcmp(line, "pause") == 0) {
        paused = 1;
    } else if (strcmp(line, "resume") == 0) {
        paused = 0;
    } else if (strcmp(line, "close") == 0 && fd >= 0) {
        close(fd);
        fd = -1;
        say("event", "closed");
    } else if (strcmp(line, "open") == 0) {
        open_tty();
    } else if (strcmp(line, "flush") == 0 && fd >= 0) {
        tcflush(fd, TCIFLUSH);
    } else if (strcmp(line, "queued") == 0 && fd >= 0) {
        int count = 0;
        ioctl(fd, FIONREAD, &count);
        printf("{\"t\":%lld,\"event\":\"queued\",\"count\":%d}\n", (long long)now(), count);
    } else if (strcmp(line, "write") == 0 && fd >= 0 && rest != NULL) {
        write_hex(rest);
    } else if (strcmp(line, "quit") == 0) {
        return 0;
    }
    printf("{\"t\":%lld,\"event\":\"did\",\"command\":\"%s\"}\n", (long long)now(), line);
    fflush(stdout);
    return 1;
}

int main(int argc, char **argv)
{
    static char line[16384];
    size_t length = 0;
    if (argc < 2) {
        fputs("usage: reader TTY [--closed]\n", stderr);
        return 2;
    }
    path = argv[1];
    if (argc < 3 || strcmp(argv[2], "--closed") != 0)
        open_tty();
    for (;;) {
        /* a negative descriptor is left out by poll */
        struct pollfd watched[2] = {{0, POLLIN, 0}, {paused ? -1 : fd, POLLIN, 0}};
        if (poll(watched, 2, -1) < 0 && errno != EINTR)
            return 1;
        if (watched[1].revents != 0)
            receive();
        if (watched[0].revents != 0) {
            ssize_t n = read(0, line + length, sizeof line - 1 - length);
            if (n <= 0)
                return 0;
            length += (size_t)n;
            for (char *end; (end = memchr(line, '\n', length)) != NULL;) {
                size_t used = (size_t)(end - line) + 1;
                *end = '\0';
                if (!command(line))
                    return 0;
                length -= used;
                memmove(line, line + used, length);
            }
        }
    }
}
