/*
 * Takes the keys of a scanner in keyboard mode away from the rest of Windows: a low-level keyboard hook, which Windows drops with this process.
 * Talks in lines: commands on stdin, reads on stdout; the end of stdin ends it. See ../protocol.md.
 */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <windows.h>

#include "decide.h"
#include "devices.h"
#include "keys.h"
#include "message.h"
#include "output.h"

enum {
  WM_START = WM_APP + 1,
  WM_STOP,
  WM_WAKE,
  BEAT_MS = 500,
  LONGEST_LINE = 262144,
  /* Keys that are typed again in one go: the hooks of other programs run for each. */
  AT_ONCE = 64,
  /* Keys that Raw Input saw and the hook did not, before the hook counts as dropped (LowLevelHooksTimeout). */
  MISSED = 4,
};

typedef struct {
  tb_rule rule;
  uint32_t mark;
  uint32_t rehook_ms;
  char device[64];
} start;

static struct {
  DWORD thread;
  HHOOK hook;
  HWND window;
  LARGE_INTEGER frequency;
  tb_machine machine;
  start how;
  bool started;
  bool present;
  unsigned long reads;
  unsigned long typed_again;
  unsigned long rehooks;
  unsigned unseen; /* keys of real keyboards since the hook saw one */
  uint64_t hooked_at;
  uint64_t key_at;
  char line[LONGEST_LINE];
} me;

static uint64_t now_us(void) {
  LARGE_INTEGER count;
  QueryPerformanceCounter(&count);
  return (uint64_t)(count.QuadPart / me.frequency.QuadPart) * 1000000 + (uint64_t)(count.QuadPart % me.frequency.QuadPart) * 1000000 / (uint64_t)me.frequency.QuadPart;
}

/* Memory only: this runs inside the hook. */
static void tell_read(void *unused, const tb_key *keys, unsigned count) {
  (void)unused;
  int at = snprintf(me.line, sizeof me.line, "K %lu", me.reads);
  for (unsigned i = 0; i < count && at < (int)sizeof me.line - 48; i += 1)
    at += snprintf(me.line + at, 48, " %x%c%llu", keys[i].usage, keys[i].down ? '+' : '-', (unsigned long long)keys[i].at);
  me.line[at] = '\n';
  /* counted although it may not have left: a gap in the numbers is how the parent learns of it */
  me.reads += 1;
  tb_output(me.line, (unsigned)at + 1);
}

static bool still_down(void *unused, uint16_t vk) {
  (void)unused;
  return (GetAsyncKeyState(vk) & 0x8000) != 0;
}

static LRESULT CALLBACK on_key(int code, WPARAM message, LPARAM data) {
  const KBDLLHOOKSTRUCT *key = (const KBDLLHOOKSTRUCT *)data;
  me.unseen = 0;
  if (code != HC_ACTION || !me.started || !me.present || key->dwExtraInfo == me.how.mark) return CallNextHookEx(NULL, code, message, data);
  bool extended = (key->flags & LLKHF_EXTENDED) != 0;
  uint16_t scan = (uint16_t)key->scanCode;
  if (scan == 0) {
    /* keys of remote desktops and on-screen keyboards may have no place */
    UINT mapped = MapVirtualKeyW(key->vkCode, MAPVK_VK_TO_VSC_EX);
    scan = (uint16_t)(mapped & 0xff);
    extended = (mapped & 0xff00) == 0xe000;
  }
  uint8_t usage = tb_usage(scan, extended);
  if (usage == 0) return CallNextHookEx(NULL, code, message, data);
  me.key_at = now_us();
  tb_key taken = { .at = me.key_at, .vk = (uint16_t)key->vkCode, .scan = scan, .usage = usage, .down = (key->flags & LLKHF_UP) == 0, .extended = extended };
  tb_verdict verdict = tb_decide(&me.machine, taken);
  /* the loop types again what was held back, and looks at the time */
  if (me.machine.typing_count > 0 || me.machine.holding) PostThreadMessageW(me.thread, WM_WAKE, 0, 0);
  return verdict == TB_SWALLOW ? 1 : CallNextHookEx(NULL, code, message, data);
}

/* What was held back and was typing goes on its way, in order, marked as ours. What comes meanwhile is put behind it. */
static void type_again(void) {
  while (me.machine.typing_count > 0) {
    static INPUT inputs[AT_ONCE];
    unsigned count = me.machine.typing_count < AT_ONCE ? me.machine.typing_count : AT_ONCE;
    memset(inputs, 0, sizeof inputs);
    for (unsigned i = 0; i < count; i += 1) {
      const tb_key *key = &me.machine.typing[i];
      inputs[i].type = INPUT_KEYBOARD;
      inputs[i].ki.wVk = key->vk;
      inputs[i].ki.wScan = key->scan;
      inputs[i].ki.dwFlags = (key->down ? 0u : KEYEVENTF_KEYUP) | (key->extended ? KEYEVENTF_EXTENDEDKEY : 0u);
      inputs[i].ki.dwExtraInfo = me.how.mark;
    }
    UINT sent = SendInput(count, inputs, sizeof inputs[0]);
    me.typed_again += sent;
    /* refused (a secure desktop is in front): these keys have nowhere to go */
    tb_typed(&me.machine, sent == 0 ? count : sent);
  }
}

static void unhook(void) {
  if (me.hook != NULL) UnhookWindowsHookEx(me.hook);
  me.hook = NULL;
}

static bool hook(void) {
  HHOOK fresh = SetWindowsHookExW(WH_KEYBOARD_LL, on_key, GetModuleHandleW(NULL), 0);
  if (fresh == NULL) return false;
  /* the new one first: no key slips between */
  unhook();
  me.hook = fresh;
  me.hooked_at = now_us();
  me.unseen = 0;
  return true;
}

static void begin(const start *how) {
  me.how = *how;
  me.reads = 0;
  tb_begin(&me.machine, &how->rule, tell_read, still_down, NULL);
  me.present = tb_device_present(how->device);
  if (!me.present) {
    tb_say("F missing no keyboard %s", how->device);
    return;
  }
  if (!hook()) {
    tb_say("F other SetWindowsHookEx: Windows error %lu", GetLastError());
    return;
  }
  me.started = true;
  tb_say("O");
}

static void end(void) {
  tb_give_back(&me.machine);
  type_again();
  me.started = false;
  unhook();
}

/* Windows takes a hook away without a word when it was slow once; a fresh one costs nothing. Only while no key is on its way. */
static void keep_hook(uint64_t now) {
  if (!me.started || me.machine.holding || me.machine.typing_count > 0) return;
  bool due = now - me.hooked_at >= (uint64_t)me.how.rehook_ms * 1000 && now - me.key_at >= 100000;
  if (me.unseen < MISSED && !due) return;
  bool dropped = me.unseen >= MISSED;
  if (hook() && dropped) tb_say("R %lu", ++me.rehooks);
}

static void look_at_devices(void) {
  bool present = tb_device_present(me.how.device);
  if (present || !me.started) return;
  end();
  tb_say("G");
}

static LRESULT CALLBACK on_message(HWND window, UINT message, WPARAM w, LPARAM l) {
  if (message == WM_INPUT) {
    static BYTE data[512];
    UINT size = sizeof data;
    if (GetRawInputData((HRAWINPUT)l, RID_INPUT, data, &size, sizeof(RAWINPUTHEADER)) != (UINT)-1) {
      const RAWINPUT *input = (const RAWINPUT *)data;
      /* what programs type has no device */
      if (input->header.dwType == RIM_TYPEKEYBOARD && input->header.hDevice != NULL) me.unseen += 1;
    }
  }
  if (message == WM_INPUT_DEVICE_CHANGE) look_at_devices();
  return DefWindowProcW(window, message, w, l);
}

static void watch(void) {
  WNDCLASSW class = { .lpfnWndProc = on_message, .hInstance = GetModuleHandleW(NULL), .lpszClassName = L"TillbridgeKeyboard" };
  RegisterClassW(&class);
  me.window = CreateWindowExW(0, class.lpszClassName, L"", 0, 0, 0, 0, 0, HWND_MESSAGE, NULL, class.hInstance, NULL);
  RAWINPUTDEVICE keyboards = { .usUsagePage = 1, .usUsage = 6, .dwFlags = RIDEV_INPUTSINK | RIDEV_DEVNOTIFY, .hwndTarget = me.window };
  if (me.window != NULL) RegisterRawInputDevices(&keyboards, 1, sizeof keyboards);
}

static unsigned long field(const char *line, const char *name, unsigned long otherwise) {
  const char *at = strstr(line, name);
  return at == NULL ? otherwise : strtoul(at + strlen(name), NULL, 10);
}

static void command(const char *line) {
  if (strncmp(line, "stop", 4) == 0) {
    PostThreadMessageW(me.thread, WM_STOP, 0, 0);
    return;
  }
  if (strncmp(line, "start", 5) != 0) return;
  start *how = calloc(1, sizeof *how);
  if (how == NULL) return;
  how->rule.prefix = (uint8_t)field(line, " prefix=", 0);
  how->rule.modifiers = (uint8_t)field(line, " modifiers=", 0);
  how->rule.ends = (uint8_t)field(line, " ends=", TB_END_CR);
  how->rule.gap_us = (uint32_t)field(line, " gap=", 500) * 1000;
  how->rule.least = (uint16_t)field(line, " least=", 1);
  how->mark = (uint32_t)field(line, " mark=", 0);
  how->rehook_ms = (uint32_t)field(line, " rehook=", 60000);
  const char *device = strstr(line, " device=");
  if (device != NULL) sscanf(device, " device=%63s", how->device);
  if (!PostThreadMessageW(me.thread, WM_START, 0, (LPARAM)how)) free(how);
}

static DWORD WINAPI read_commands(void *unused) {
  static char line[512];
  unsigned length = 0;
  char byte;
  DWORD got;
  (void)unused;
  HANDLE input = GetStdHandle(STD_INPUT_HANDLE);
  while (ReadFile(input, &byte, 1, &got, NULL) && got == 1) {
    if (byte == '\n') {
      line[length] = 0;
      command(line);
      length = 0;
    } else if (length < sizeof line - 1) {
      line[length++] = byte;
    }
  }
  PostThreadMessageW(me.thread, WM_QUIT, 0, 0);
  /* one that hangs must not keep the keys */
  Sleep(1500);
  ExitProcess(2);
  return 0;
}

static DWORD patience(uint64_t now, uint64_t beat_at) {
  uint64_t until = beat_at, due = tb_due(&me.machine);
  if (due != 0 && due < until) until = due;
  return until <= now ? 0 : (DWORD)((until - now + 999) / 1000);
}

int main(int count, char **words) {
  MSG message;
  if (count == 2 && strcmp(words[1], "message") == 0) return tb_message();
  me.thread = GetCurrentThreadId();
  QueryPerformanceFrequency(&me.frequency);
  /* makes the thread's queue before anybody posts to it */
  PeekMessageW(&message, NULL, WM_USER, WM_USER, PM_NOREMOVE);
  if (!tb_output_start()) return 1;
  SetThreadPriority(GetCurrentThread(), THREAD_PRIORITY_HIGHEST);
  watch();
  if (CreateThread(NULL, 0, read_commands, NULL, 0, NULL) == NULL) return 1;
  tb_say("H 1");
  uint64_t beat_at = now_us();
  for (;;) {
    uint64_t now = now_us();
    tb_tick(&me.machine, now);
    type_again();
    keep_hook(now);
    if (now >= beat_at) {
      tb_say("B %lu %lu %lu", me.reads, me.typed_again, me.rehooks);
      beat_at = now + BEAT_MS * 1000;
    }
    MsgWaitForMultipleObjectsEx(0, NULL, patience(now, beat_at), QS_ALLINPUT, MWMO_INPUTAVAILABLE);
    while (PeekMessageW(&message, NULL, 0, 0, PM_REMOVE)) {
      if (message.message == WM_QUIT) {
        end();
        tb_output_flush(500);
        ExitProcess(0);
      } else if (message.message == WM_START) {
        if (me.started) end();
        begin((const start *)message.lParam);
        free((void *)message.lParam);
      } else if (message.message == WM_STOP) {
        end();
        tb_say("C");
      } else if (message.message != WM_WAKE) {
        DispatchMessageW(&message);
      }
    }
  }
}
