#include "message.h"

#include <string.h>
#include <windows.h>
#include <shellapi.h>

enum { SHOWN_MS = 7000, ICON = 1 };

static unsigned read_all(char *into, unsigned room) {
  HANDLE input = GetStdHandle(STD_INPUT_HANDLE);
  unsigned length = 0;
  DWORD got;
  while (length < room && ReadFile(input, into + length, room - length, &got, NULL) && got > 0) length += got;
  return length;
}

int tb_message(void) {
  static char bytes[1024];
  static wchar_t text[1024];
  unsigned length = read_all(bytes, sizeof bytes);
  int units = MultiByteToWideChar(CP_UTF8, 0, bytes, (int)length, text, sizeof text / sizeof text[0] - 1);
  if (units <= 0) return 1;
  /* a window that is never shown: the icon beside the clock needs one to belong to */
  HWND window = CreateWindowExW(0, L"STATIC", L"Tillbridge", 0, 0, 0, 0, 0, NULL, NULL, GetModuleHandleW(NULL), NULL);
  NOTIFYICONDATAW icon;
  memset(&icon, 0, sizeof icon);
  icon.cbSize = sizeof icon;
  icon.hWnd = window;
  icon.uID = ICON;
  icon.uFlags = NIF_ICON | NIF_TIP | NIF_INFO;
  icon.hIcon = LoadIconW(NULL, MAKEINTRESOURCEW(32516));
  icon.dwInfoFlags = NIIF_WARNING | NIIF_NOSOUND;
  wcscpy(icon.szTip, L"Tillbridge");
  wcscpy(icon.szInfoTitle, L"Tillbridge");
  wcsncpy(icon.szInfo, text, sizeof icon.szInfo / sizeof icon.szInfo[0] - 1);
  if (window == NULL || !Shell_NotifyIconW(NIM_ADD, &icon)) return 1;
  ULONGLONG until = GetTickCount64() + SHOWN_MS;
  for (ULONGLONG now = GetTickCount64(); now < until; now = GetTickCount64()) {
    MSG message;
    MsgWaitForMultipleObjectsEx(0, NULL, (DWORD)(until - now), QS_ALLINPUT, MWMO_INPUTAVAILABLE);
    while (PeekMessageW(&message, NULL, 0, 0, PM_REMOVE)) DispatchMessageW(&message);
  }
  Shell_NotifyIconW(NIM_DELETE, &icon);
  return 0;
}
