#include "devices.h"

#include <stdlib.h>
#include <string.h>
#include <windows.h>

static bool holds(const wchar_t *name, const char *wanted) {
  size_t length = strlen(wanted);
  for (; *name != 0; name += 1) {
    size_t i = 0;
    while (i < length && name[i] != 0 && (name[i] | 32) == (wchar_t)(wanted[i] | 32)) i += 1;
    if (i == length) return true;
  }
  return false;
}

bool tb_device_present(const char *wanted) {
  if (wanted[0] == 0) return true;
  UINT count = 0;
  if (GetRawInputDeviceList(NULL, &count, sizeof(RAWINPUTDEVICELIST)) != 0 || count == 0 || count > 1024) return false;
  RAWINPUTDEVICELIST *list = calloc(count, sizeof *list);
  if (list == NULL) return false;
  bool found = false;
  UINT got = GetRawInputDeviceList(list, &count, sizeof *list);
  for (UINT i = 0; got != (UINT)-1 && i < got && !found; i += 1) {
    static wchar_t name[1024];
    UINT size = sizeof name / sizeof name[0] - 1;
    if (list[i].dwType != RIM_TYPEKEYBOARD) continue;
    memset(name, 0, sizeof name);
    if (GetRawInputDeviceInfoW(list[i].hDevice, RIDI_DEVICENAME, name, &size) == (UINT)-1) continue;
    found = holds(name, wanted);
  }
  free(list);
  return found;
}
