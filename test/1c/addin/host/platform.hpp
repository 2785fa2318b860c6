// What the host needs of a system. Windows' side has no C library: it is built without Microsoft's SDK.
#pragma once
#include <stddef.h>
#include <stdint.h>

namespace sys {
void* load(const char* path);
void* symbol(void* library, const char* name);
void unload(void* library);
void* allocate(size_t bytes);
void release(void* memory);
/// One line of stdin without its end; false at the end.
bool readLine(char* out, size_t room);
void write(const char* text, size_t bytes);
using Body = void (*)(void*);
void* startThread(Body body, void* context);
void joinThread(void* thread);
void sleep(unsigned ms);
uint64_t now();
void lock();
void unlock();
[[noreturn]] void exit(int code);
}  // namespace sys

int hostMain();
