/* A line beside the clock for the cashier. */
#ifndef TB_MESSAGE_H
#define TB_MESSAGE_H

/* Shows what stands on stdin (UTF-8, its first 255 characters) for some seconds, without taking the focus. Gives the process's exit code. */
int tb_message(void);

#endif
