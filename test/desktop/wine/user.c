// Somebody at the same keyboard, and a program that takes the focus. Commands on its standard input, a line each, answered with a line:
//   front TITLE             brings a window in front          flip A B MS COUNT   A and B in front in turn, MS apart; answers at once
//   down VK | up VK         holds a key, lets it go           tap VK              down and up
//   tapping VK MS COUNT     taps, MS apart; answers at once   caps                0 or 1
//   stop                    ends flip and tapping
#include <stdio.h>
#include <windows.h>

struct job {
    HWND a, b;
    int vk, ms, count;
};
static volatile LONG run;
static volatile LONG busy;

static HWND find(const char *title) {
    WCHAR wide[128];
    MultiByteToWideChar(CP_UTF8, 0, title, -1, wide, 128);
    return FindWindowW(NULL, wide);
}

static void key(int vk, DWORD flags) {
    INPUT input = { .type = INPUT_KEYBOARD, .ki = { .wVk = (WORD)vk, .wScan = (WORD)MapVirtualKeyW(vk, 0), .dwFlags = flags } };
    SendInput(1, &input, sizeof input);
}

static DWORD WINAPI work(void *argument) {
    struct job *job = argument;
    LONG mine = run;
    for (int i = 0; i < job->count && run == mine; i++) {
        Sleep(job->ms);
        if (job->vk) {
            key(job->vk, 0);
            key(job->vk, KEYEVENTF_KEYUP);
        } else SetForegroundWindow(i % 2 ? job->a : job->b);
    }
    free(job);
    InterlockedDecrement(&busy);
    return 0;
}

static void start(struct job job) {
    struct job *copy = malloc(sizeof job);
    *copy = job;
    InterlockedIncrement(&busy);
    CreateThread(NULL, 0, work, copy, 0, NULL);
}

int wmain(void) {
    char line[256], a[100], b[100];
    int vk, ms, count;
    puts("up");
    fflush(stdout);
    while (fgets(line, sizeof line, stdin)) {
        const char *answer = "ok";
        line[strcspn(line, "\r\n")] = 0;
        if (sscanf(line, "flip %99s %99s %d %d", a, b, &ms, &count) == 4) start((struct job){ find(a), find(b), 0, ms, count });
        else if (sscanf(line, "front %99s", a) == 1) SetForegroundWindow(find(a));
        else if (sscanf(line, "tapping %i %d %d", &vk, &ms, &count) == 3) start((struct job){ NULL, NULL, vk, ms, count });
        else if (sscanf(line, "down %i", &vk) == 1) key(vk, 0);
        else if (sscanf(line, "up %i", &vk) == 1) key(vk, KEYEVENTF_KEYUP);
        else if (sscanf(line, "tap %i", &vk) == 1) {
            key(vk, 0);
            key(vk, KEYEVENTF_KEYUP);
        } else if (!strcmp(line, "caps")) {
            MSG message;
            PeekMessageW(&message, NULL, 0, 0, PM_NOREMOVE);
            answer = GetKeyState(VK_CAPITAL) & 1 ? "1" : "0";
        } else if (!strcmp(line, "stop")) {
            InterlockedIncrement(&run);
            while (busy) Sleep(1);
        } else answer = "what?";
        puts(answer);
        fflush(stdout);
    }
    return 0;
}
