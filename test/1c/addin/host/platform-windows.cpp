// kernel32 alone, declared by hand.
#include "platform.hpp"

#define IMPORT extern "C" __declspec(dllimport)
using Handle = void*;
struct Srw {
  void* value;
};
IMPORT Handle __stdcall LoadLibraryA(const char*);
IMPORT void* __stdcall GetProcAddress(Handle, const char*);
IMPORT int __stdcall FreeLibrary(Handle);
IMPORT Handle __stdcall GetProcessHeap();
IMPORT void* __stdcall HeapAlloc(Handle, unsigned long, size_t);
IMPORT int __stdcall HeapFree(Handle, unsigned long, void*);
IMPORT Handle __stdcall GetStdHandle(unsigned long);
IMPORT int __stdcall ReadFile(Handle, void*, unsigned long, unsigned long*, void*);
IMPORT int __stdcall WriteFile(Handle, const void*, unsigned long, unsigned long*, void*);
IMPORT Handle __stdcall CreateThread(void*, size_t, unsigned long(__stdcall*)(void*), void*, unsigned long, unsigned long*);
IMPORT unsigned long __stdcall WaitForSingleObject(Handle, unsigned long);
IMPORT int __stdcall CloseHandle(Handle);
IMPORT void __stdcall Sleep(unsigned long);
IMPORT unsigned long long __stdcall GetTickCount64();
IMPORT void __stdcall AcquireSRWLockExclusive(Srw*);
IMPORT void __stdcall ReleaseSRWLockExclusive(Srw*);
IMPORT void __stdcall ExitProcess(unsigned);

// what the compiler calls on its own
extern "C" {
int _fltused = 0;
int atexit(void (*)()) { return 0; }  // the few globals need no end
void* memset(void* to, int value, size_t n) {
  for (volatile char* at = static_cast<char*>(to); n > 0; n--) *at++ = static_cast<char>(value);
  return to;
}
void* memcpy(void* to, const void* from, size_t n) {
  volatile char* out = static_cast<char*>(to);
  for (const char* in = static_cast<const char*>(from); n > 0; n--) *out++ = *in++;
  return to;
}
}
void operator delete(void*, size_t) noexcept {}
void operator delete(void*) noexcept {}

namespace sys {
namespace {
Srw mutex = {nullptr};
char input[65536];
unsigned long have = 0, used = 0;
struct Start {
  Body body;
  void* context;
};
unsigned long __stdcall run(void* start) {
  Start what = *static_cast<Start*>(start);
  release(start);
  what.body(what.context);
  return 0;
}
bool readByte(char* out) {
  if (used == have) {
    used = 0;
    if (!ReadFile(GetStdHandle(static_cast<unsigned long>(-10)), input, sizeof input, &have, nullptr) || have == 0) {
      have = 0;
      return false;
    }
  }
  *out = input[used++];
  return true;
}
}  // namespace

void* load(const char* path) { return LoadLibraryA(path); }
void* symbol(void* library, const char* name) { return GetProcAddress(library, name); }
void unload(void* library) { FreeLibrary(library); }
void* allocate(size_t bytes) { return HeapAlloc(GetProcessHeap(), 0, bytes); }
void release(void* memory) { HeapFree(GetProcessHeap(), 0, memory); }
bool readLine(char* out, size_t room) {
  size_t n = 0;
  char c;
  while (readByte(&c)) {
    if (c == '\n') {
      while (n > 0 && out[n - 1] == '\r') n--;
      out[n] = 0;
      return true;
    }
    if (n + 1 < room) out[n++] = c;
  }
  return false;
}
void write(const char* text, size_t bytes) {
  unsigned long written;
  WriteFile(GetStdHandle(static_cast<unsigned long>(-11)), text, static_cast<unsigned long>(bytes), &written, nullptr);
}
void* startThread(Body body, void* context) {
  auto* start = static_cast<Start*>(allocate(sizeof(Start)));
  start->body = body;
  start->context = context;
  return CreateThread(nullptr, 0, run, start, 0, nullptr);
}
void joinThread(void* thread) {
  WaitForSingleObject(thread, 0xFFFFFFFF);
  CloseHandle(thread);
}
void sleep(unsigned ms) { Sleep(ms); }
uint64_t now() { return GetTickCount64(); }
void lock() { AcquireSRWLockExclusive(&mutex); }
void unlock() { ReleaseSRWLockExclusive(&mutex); }
void exit(int code) {
  ExitProcess(static_cast<unsigned>(code));
  __builtin_unreachable();
}
}  // namespace sys

extern "C" void entry() { sys::exit(hostMain()); }
