/* Keyboards that Windows knows (Raw Input). */
#ifndef TB_DEVICES_H
#define TB_DEVICES_H

#include <stdbool.h>

/* Whether a keyboard is there whose device name holds `wanted` in any case (`VID_05E0&PID_1200`); an empty one: any keyboard, or none that is listed. */
bool tb_device_present(const char *wanted);

#endif
