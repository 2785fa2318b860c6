/* Windows keys as usages of the HID keyboard page. */
#ifndef TB_KEYS_H
#define TB_KEYS_H

#include <stdbool.h>
#include <stdint.h>

/* 0 for keys that are not on that page. */
uint8_t tb_usage(uint16_t scan, bool extended);

#endif
