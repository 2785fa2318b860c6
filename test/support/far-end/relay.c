/*
 * The least that can carry bytes from one tty to another: what the latency benchmark compares with.
 * Usage: relay FROM TO. Build: gcc -O2 -Wall -Wextra -Werror -o relay relay.c
 */
#include <fcntl.h>
#include <stdio.h>
#include <termios.h>
#include <unistd.h>

static int open_raw(const char *path)
{
    struct termios settings;
    int fd = open(path, O_RDWR | O_NOCTTY);
    if (fd < 0 || tcgetattr(fd, &settings) < 0)
        return -1;
    cfmakeraw(&settings);
    return tcsetattr(fd, TCSANOW, &settings) < 0 ? -1 : fd;
}

int main(int argc, char **argv)
{
    char data[4096];
    ssize_t n;
    int from = argc == 3 ? open_raw(argv[1]) : -1;
    int to = argc == 3 ? open_raw(argv[2]) : -1;
    if (from < 0 || to < 0) {
        perror("relay FROM TO");
        return 1;
    }
    puts("ready");
    fflush(stdout);
    while ((n = read(from, data, sizeof data)) > 0)
        for (ssize_t done = 0, w; done < n; done += w)
            if ((w = write(to, data + done, (size_t)(n - done))) <= 0)
                return 1;
    return 0;
}
