/* Lines to the parent, from a thread of their own: the hook must never wait for a pipe. */
#ifndef TB_OUTPUT_H
#define TB_OUTPUT_H

#include <stdbool.h>

bool tb_output_start(void);
/* Queues a whole line, its LF included. False when the parent has not read for so long that there is no room: the line is dropped whole. */
bool tb_output(const char *line, unsigned length);
void tb_say(const char *format, ...) __attribute__((format(printf, 1, 2)));
/* Waits until all has left, at most this long. */
void tb_output_flush(unsigned ms);

#endif
