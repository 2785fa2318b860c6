#include "platform.hpp"
#include <dlfcn.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

namespace sys {
namespace {
pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
struct Start {
  Body body;
  void* context;
};
void* run(void* start) {
  Start what = *static_cast<Start*>(start);
  free(start);
  what.body(what.context);
  return nullptr;
}
}  // namespace

void* load(const char* path) {
  void* library = dlopen(path, RTLD_NOW | RTLD_LOCAL);
  if (library == nullptr) fprintf(stderr, "%s\n", dlerror());
  return library;
}
void* symbol(void* library, const char* name) { return dlsym(library, name); }
void unload(void* library) { dlclose(library); }
void* allocate(size_t bytes) { return malloc(bytes); }
void release(void* memory) { free(memory); }
bool readLine(char* out, size_t room) {
  if (fgets(out, static_cast<int>(room), stdin) == nullptr) return false;
  size_t n = strlen(out);
  while (n > 0 && (out[n - 1] == '\n' || out[n - 1] == '\r')) out[--n] = 0;
  return true;
}
void write(const char* text, size_t bytes) {
  for (size_t done = 0; done < bytes;) {
    ssize_t n = ::write(1, text + done, bytes - done);
    if (n <= 0) return;
    done += static_cast<size_t>(n);
  }
}
void* startThread(Body body, void* context) {
  auto* start = static_cast<Start*>(malloc(sizeof(Start)));
  *start = {body, context};
  auto* thread = static_cast<pthread_t*>(malloc(sizeof(pthread_t)));
  pthread_create(thread, nullptr, run, start);
  return thread;
}
void joinThread(void* thread) {
  pthread_join(*static_cast<pthread_t*>(thread), nullptr);
  free(thread);
}
void sleep(unsigned ms) { usleep(ms * 1000); }
uint64_t now() {
  timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return static_cast<uint64_t>(t.tv_sec) * 1000 + static_cast<uint64_t>(t.tv_nsec) / 1000000;
}
void lock() { pthread_mutex_lock(&mutex); }
void unlock() { pthread_mutex_unlock(&mutex); }
void exit(int code) { ::exit(code); }
}  // namespace sys

int main() { return hostMain(); }
