// A keyboard that types what it is told, as another program on the same Windows. A command a line, each answered with a line:
//   type MS KEY...    keys MS apart: a scan code of set 1 in hexadecimal (e01d: with its prefix byte) and + or -
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <windows.h>

static void key(unsigned scan, int down) {
    UINT vk = MapVirtualKeyW(scan, MAPVK_VSC_TO_VK_EX);
    // wine's table has no keys beyond F12
    if (scan >= 0x64 && scan <= 0x6e) vk = VK_F13 + (scan - 0x64);
    INPUT input = { .type = INPUT_KEYBOARD, .ki = { .wVk = (WORD)vk, .wScan = (WORD)(scan & 0xff), .dwFlags = (down ? 0 : KEYEVENTF_KEYUP) | (scan > 0xff ? KEYEVENTF_EXTENDEDKEY : 0) } };
    SendInput(1, &input, sizeof input);
}

int wmain(void) {
    static char line[262144];
    puts("up");
    fflush(stdout);
    while (fgets(line, sizeof line, stdin)) {
        char *at = strtok(line, " \r\n"), *end;
        at = strtok(NULL, " \r\n");
        int ms = at == NULL ? 0 : atoi(at);
        while ((at = strtok(NULL, " \r\n")) != NULL) {
            unsigned scan = strtoul(at, &end, 16);
            key(scan, *end == '+');
            if (ms > 0) Sleep(ms);
        }
        puts("ok");
        fflush(stdout);
    }
    return 0;
}
