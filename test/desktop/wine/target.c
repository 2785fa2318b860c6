// A cashier program as far as typing goes: a window that writes what it receives to a file.
//   target.exe FILE TITLE CLASS edit|raw     commands on its standard input, a line each:
//   front    takes the focus                 title TEXT    changes its title
//   hang MS  reads no messages meanwhile     close         goes away
// FILE gets the text in UTF-8, Enter as CR; FILE.keys a line for each WM_KEYDOWN: virtual key, scan code, extra information (hexadecimal).
#include <stdio.h>
#include <windows.h>

enum { COMMAND_FRONT = WM_APP + 1, COMMAND_TITLE, COMMAND_HANG };

static HANDLE text_file, keys_file;
static HWND edit;
static WNDPROC edit_proc;
static WCHAR high;
static int written;

static void put(HANDLE file, const char *bytes, int count) {
    DWORD done;
    WriteFile(file, bytes, count, &done, NULL);
}

static void put_units(const WCHAR *units, int count) {
    char bytes[8192];
    int size = WideCharToMultiByte(CP_UTF8, 0, units, count, bytes, sizeof bytes, NULL, NULL);
    put(text_file, bytes, size);
}

// the halves of a pair come one by one
static void put_unit(WCHAR unit) {
    if (unit >= 0xd800 && unit < 0xdc00) {
        high = unit;
        return;
    }
    WCHAR units[2] = { high, unit };
    if (unit >= 0xdc00 && unit < 0xe000 && high) put_units(units, 2);
    else put_units(&unit, 1);
    high = 0;
}

static void note_key(WPARAM key, LPARAM more) {
    char line[64];
    int size = snprintf(line, sizeof line, "%02x %02x %lx\n", (unsigned)key, (unsigned)(more >> 16 & 0xff), (unsigned long)GetMessageExtraInfo());
    put(keys_file, line, size);
}

// what stands in the control now and did not before
static void edit_changed(void) {
    static WCHAR all[60000];
    int length = GetWindowTextW(edit, all, 60000);
    for (int i = written; i < length; i++) {
        if (all[i] == '\n') continue;
        put_unit(all[i]);
    }
    written = length;
    if (length > 50000) {
        written = 0;
        SetWindowTextW(edit, L"");
    }
}

static LRESULT CALLBACK edit_hook(HWND window, UINT message, WPARAM wparam, LPARAM lparam) {
    if (message == WM_KEYDOWN || message == WM_SYSKEYDOWN) note_key(wparam, lparam);
    return CallWindowProcW(edit_proc, window, message, wparam, lparam);
}

static LRESULT CALLBACK proc(HWND window, UINT message, WPARAM wparam, LPARAM lparam) {
    switch (message) {
    case WM_CHAR:
        put_unit((WCHAR)wparam);
        return 0;
    case WM_KEYDOWN:
    case WM_SYSKEYDOWN:
        note_key(wparam, lparam);
        break;
    case WM_COMMAND:
        if (HIWORD(wparam) == EN_CHANGE) edit_changed();
        return 0;
    case WM_SETFOCUS:
        if (edit) SetFocus(edit);
        return 0;
    case WM_SIZE:
        if (edit) MoveWindow(edit, 0, 0, LOWORD(lparam), HIWORD(lparam), TRUE);
        return 0;
    case COMMAND_FRONT:
        // another program's order takes effect some messages later
        SetForegroundWindow(window);
        BringWindowToTop(window);
        SetFocus(edit ? edit : window);
        puts(GetForegroundWindow() == window ? "front" : "not front");
        fflush(stdout);
        return 0;
    case COMMAND_TITLE:
        SetWindowTextW(window, (WCHAR *)lparam);
        free((WCHAR *)lparam);
        return 0;
    case COMMAND_HANG:
        Sleep((DWORD)wparam);
        return 0;
    case WM_DESTROY:
        PostQuitMessage(0);
        return 0;
    }
    return DefWindowProcW(window, message, wparam, lparam);
}

static DWORD WINAPI commands(void *window) {
    char line[256];
    while (fgets(line, sizeof line, stdin)) {
        line[strcspn(line, "\r\n")] = 0;
        if (!strcmp(line, "front")) PostMessageW(window, COMMAND_FRONT, 0, 0);
        else if (!strncmp(line, "title ", 6)) {
            WCHAR *title = calloc(256, sizeof *title);
            MultiByteToWideChar(CP_UTF8, 0, line + 6, -1, title, 255);
            PostMessageW(window, COMMAND_TITLE, 0, (LPARAM)title);
        } else if (!strncmp(line, "hang ", 5)) PostMessageW(window, COMMAND_HANG, atoi(line + 5), 0);
        else if (!strcmp(line, "close")) PostMessageW(window, WM_CLOSE, 0, 0);
    }
    PostMessageW(window, WM_CLOSE, 0, 0);
    return 0;
}

int wmain(int argc, WCHAR **argv) {
    if (argc != 5) return 2;
    WCHAR keys[MAX_PATH];
    swprintf(keys, MAX_PATH, L"%ls.keys", argv[1]);
    DWORD share = FILE_SHARE_READ | FILE_SHARE_WRITE | FILE_SHARE_DELETE;
    text_file = CreateFileW(argv[1], GENERIC_WRITE, share, NULL, CREATE_ALWAYS, 0, NULL);
    keys_file = CreateFileW(keys, GENERIC_WRITE, share, NULL, CREATE_ALWAYS, 0, NULL);
    if (text_file == INVALID_HANDLE_VALUE || keys_file == INVALID_HANDLE_VALUE) return 3;
    WNDCLASSW class = { .lpfnWndProc = proc, .hInstance = GetModuleHandleW(NULL), .lpszClassName = argv[3], .hbrBackground = (HBRUSH)(COLOR_WINDOW + 1) };
    RegisterClassW(&class);
    HWND window = CreateWindowW(argv[3], argv[2], WS_OVERLAPPEDWINDOW, 40, 40, 500, 300, NULL, NULL, class.hInstance, NULL);
    if (!window) return 4;
    if (!wcscmp(argv[4], L"edit")) {
        edit = CreateWindowW(L"EDIT", L"", WS_CHILD | WS_VISIBLE | ES_MULTILINE | ES_AUTOVSCROLL, 0, 0, 500, 300, window, NULL, class.hInstance, NULL);
        SendMessageW(edit, EM_SETLIMITTEXT, 0, 0);
        edit_proc = (WNDPROC)SetWindowLongPtrW(edit, GWLP_WNDPROC, (LONG_PTR)edit_hook);
    }
    ShowWindow(window, SW_SHOW);
    SetForegroundWindow(window);
    CreateThread(NULL, 0, commands, window, 0, NULL);
    puts("up");
    fflush(stdout);
    MSG message;
    while (GetMessageW(&message, NULL, 0, 0) > 0) {
        TranslateMessage(&message);
        DispatchMessageW(&message);
    }
    return 0;
}
