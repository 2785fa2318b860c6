/* The version comes from package.json through the build. */
#ifndef TB_VERSION_H
#define TB_VERSION_H

#ifndef TB_VERSION
#define TB_VERSION "0.0.0"
#endif
#define TB_WIDE_(text) u##text
#define TB_WIDE(text) TB_WIDE_(text)
/* 1C wants four numbers. */
#define TB_VERSION_4 TB_WIDE(TB_VERSION) u".0"

#endif
