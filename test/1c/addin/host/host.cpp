// Plays the 1C client for the driver: loads the compiled library, calls it as 1C does, and tells what it did. Commands come on stdin, one a
// line; answers ("= ...") and events ("! source event data") go to stdout. Texts are percent-encoded UTF-8.
#include "native-api.hpp"
#include "platform.hpp"
#include "text.hpp"

namespace {
const int SLOTS = 4, VALUES = 8, TEXT = 16384;

/// Counts what the driver takes from 1C and what is given back.
class Memory : public IMemoryManager {
 public:
  bool ADDIN_API AllocMemory(void** memory, unsigned long bytes) override {
    auto* block = static_cast<uint64_t*>(sys::allocate(bytes + 16));
    block[0] = MARK;
    *memory = block + 2;
    __atomic_add_fetch(&live, 1, __ATOMIC_SEQ_CST);
    return true;
  }
  void ADDIN_API FreeMemory(void** memory) override {
    if (*memory == nullptr) return;
    auto* block = static_cast<uint64_t*>(*memory) - 2;
    if (block[0] != MARK) __atomic_add_fetch(&faults, 1, __ATOMIC_SEQ_CST);
    else block[0] = 0, sys::release(block);
    *memory = nullptr;
    __atomic_sub_fetch(&live, 1, __ATOMIC_SEQ_CST);
  }
  long live = 0, faults = 0;

 private:
  static const uint64_t MARK = 0x746C6C6962726467ull;
};

Memory memory;
void say(Line& line) {
  sys::lock();
  line.end();
  sys::unlock();
}
void runInside(char* command);

class Host : public IAddInDefBase {
 public:
  bool ADDIN_API AddError(unsigned short, const Char*, const Char*, long) override { return true; }
  bool ADDIN_API Read(Char*, Variant*, long*, Char**) override { return false; }
  bool ADDIN_API Write(Char*, Variant*) override { return false; }
  bool ADDIN_API RegisterProfileAs(Char*) override { return false; }
  bool ADDIN_API SetEventBufferDepth(long to) override {
    depth = to;
    return true;
  }
  long ADDIN_API GetEventBufferDepth() override { return depth; }
  bool ADDIN_API ExternalEvent(Char* source, Char* event, Char* data) override {
    __atomic_add_fetch(&running, 1, __ATOMIC_SEQ_CST);
    bool taken = take(source, event, data);
    __atomic_sub_fetch(&running, 1, __ATOMIC_SEQ_CST);
    return taken;
  }
  void ADDIN_API CleanEventBuffer() override {}
  bool ADDIN_API SetStatusLine(Char*) override { return true; }
  void ADDIN_API ResetStatusLine() override {}

  long depth = 1, busy = 0, held = 0, quiet = 0, running = 0;
  long taken = 0, asked = 0;
  char inside[4096] = {0};

 private:
  bool take(Char* source, Char* event, Char* data) {
    __atomic_add_fetch(&asked, 1, __ATOMIC_SEQ_CST);
    if (__atomic_load_n(&busy, __ATOMIC_SEQ_CST) != 0) return false;
    __atomic_add_fetch(&taken, 1, __ATOMIC_SEQ_CST);
    if (__atomic_load_n(&quiet, __ATOMIC_SEQ_CST) == 0) tell(source, event, data);
    while (__atomic_load_n(&held, __ATOMIC_SEQ_CST) != 0) sys::sleep(1);
    char command[4096];
    sys::lock();
    size_t i = 0;
    while (inside[i] != 0) command[i] = inside[i], i++;
    command[i] = 0;
    inside[0] = 0;
    sys::unlock();
    if (command[0] != 0) runInside(command);
    return true;
  }
  static void tell(Char* source, Char* event, Char* data) {
    Line* line = Line::make();
    line->put("! ");
    line->put(source, lengthOf(source));
    line->put(' ');
    line->put(event, lengthOf(event));
    line->put(' ');
    line->put(data, lengthOf(data));
    say(*line);
    sys::release(line);
  }
};

Host host;
void* library = nullptr;
IComponentBase* objects[SLOTS] = {};

struct Exports {
  const Char* (*names)();
  long (*create)(const Char*, IComponentBase**);
  long (*destroy)(IComponentBase**);
  int (*capabilities)(int);
  int (*attach)();
};
Exports exports = {};

struct Call {
  Variant values[VALUES];
  Char* given[VALUES];
  long count = 0;
};

void parse(Call& call, char* rest) {
  for (char* at = word(&rest); *at != 0 && call.count < VALUES; at = word(&rest)) {
    Variant& value = call.values[call.count];
    value.type = VT_EMPTY;
    call.given[call.count] = nullptr;
    if (*at == 's') {
      value.type = VT_PWSTR;
      value.wide.text = call.given[call.count] = static_cast<Char*>(sys::allocate(TEXT * sizeof(Char)));
      value.wide.length = decode(at + 2, value.wide.text);
    } else if (*at == 'i') {
      value.type = VT_I4;
      value.i4 = static_cast<int32_t>(number(at + 2));
    } else if (*at == 'r') {
      value.type = VT_R8;
      value.r8 = static_cast<double>(number(at + 2));
    } else if (*at == 'b') {
      value.type = VT_BOOL;
      value.b = at[2] == '1';
    }
    call.count++;
  }
}

void show(Line& line, const Variant& value) {
  if (value.type == VT_PWSTR) line.put("s:"), line.put(value.wide.text, value.wide.length);
  else if (value.type == VT_BOOL) line.put(value.b ? "b:1" : "b:0");
  else if (value.type == VT_I4) line.put("i:"), line.put(static_cast<long long>(value.i4));
  else line.put(value.type == VT_EMPTY ? "e" : "?");
}

/// What the driver put into a slot is 1C's: from its memory manager, and given back by 1C.
void give(Variant& value, Char* ours) {
  if (value.type == VT_PWSTR && value.wide.text != ours) {
    void* text = value.wide.text;
    memory.FreeMemory(&text);
  }
  if (ours != nullptr) sys::release(ours);
}

long methodOf(IComponentBase* object, const char* name) {
  auto* wide = static_cast<Char*>(sys::allocate(TEXT * sizeof(Char)));
  decode(name, wide);
  long index = object->FindMethod(wide);
  sys::release(wide);
  return index;
}

void callMethod(Line& line, char* rest, bool procedure) {
  IComponentBase* object = objects[number(word(&rest))];
  char* name = word(&rest);
  long index = object == nullptr ? -1 : methodOf(object, name);
  if (index < 0) return line.put("no such method");
  Call call;
  parse(call, rest);
  Variant result;
  result.type = VT_EMPTY;
  bool done = procedure ? object->CallAsProc(index, call.values, call.count) : object->CallAsFunc(index, &result, call.values, call.count);
  line.put(done ? "done " : "raised ");
  show(line, result);
  give(result, nullptr);
  for (long i = 0; i < call.count; i++) {
    line.put(' ');
    show(line, call.values[i]);
    give(call.values[i], call.given[i]);
  }
}

struct Storm {
  char command[4096];
  long rounds;
};

void stormBody(void* context) {
  auto* storm = static_cast<Storm*>(context);
  Line* line = Line::make();
  for (long i = 0; i < storm->rounds; i++) {
    char command[4096];
    size_t n = 0;
    for (; storm->command[n] != 0; n++) command[n] = storm->command[n];
    command[n] = 0;
    line->clear();  // nothing is printed
    callMethod(*line, command, false);
  }
  sys::release(line);
}

/// One command from several threads at once.
void storm(char* rest) {
  long threads = number(word(&rest)), rounds = number(word(&rest));
  void* running[16];
  auto* shared = static_cast<Storm*>(sys::allocate(sizeof(Storm)));
  shared->rounds = rounds;
  size_t n = 0;
  for (; rest[n] != 0 && n + 1 < sizeof shared->command; n++) shared->command[n] = rest[n];
  shared->command[n] = 0;
  for (long i = 0; i < threads; i++) running[i] = sys::startThread(stormBody, shared);
  for (long i = 0; i < threads; i++) sys::joinThread(running[i]);
  sys::release(shared);
}

template <typename Function>
void bind(Function& function, const char* name) {
  function = reinterpret_cast<Function>(sys::symbol(library, name));
}

bool loadLibrary(const char* path) {
  library = sys::load(path);
  if (library == nullptr) return false;
  bind(exports.names, "GetClassNames");
  bind(exports.create, "GetClassObject");
  bind(exports.destroy, "DestroyObject");
  bind(exports.capabilities, "SetPlatformCapabilities");
  bind(exports.attach, "GetAttachType");
  return exports.names != nullptr && exports.create != nullptr && exports.destroy != nullptr;
}

void listMethods(Line& line, IComponentBase* object) {
  for (long i = 0; i < object->GetNMethods(); i++) {
    for (long alias = 0; alias < 2; alias++) {
      const Char* name = object->GetMethodName(i, alias);
      line.put(name, lengthOf(name));
      line.put('/');
      void* text = const_cast<Char*>(name);
      memory.FreeMemory(&text);
    }
    line.put(static_cast<long long>(object->GetNParams(i)));
    line.put(object->HasRetVal(i) ? "f " : "p ");
  }
}

void onObject(Line& line, const char* command, char* rest) {
  long slot = number(word(&rest));
  char* argument = word(&rest);
  IComponentBase*& object = objects[slot];
  if (same(command, "create")) {
    Char name[256];
    decode(argument, name);
    line.put(static_cast<long long>(exports.create(name, &object)));
  } else if (same(command, "destroy")) {
    line.put(static_cast<long long>(exports.destroy(&object)));
  } else if (object == nullptr) {
    line.put("no object");
  } else if (same(command, "setup")) {
    bool first = same(argument, "memory-first"), ok = true;
    if (first) ok = object->setMemManager(&memory);
    ok = object->Init(static_cast<IAddInDefBase*>(&host)) && ok;
    if (!first) ok = object->setMemManager(&memory) && ok;
    line.put(ok ? "ok" : "refused");
  } else if (same(command, "language")) {
    Char name[64];
    decode(argument, name);
    object->SetLocale(name);
    object->SetUserInterfaceLanguageCode(name);
    line.put("ok");
  } else if (same(command, "register")) {
    Char* name = nullptr;
    object->RegisterExtensionAs(&name);
    line.put(name, lengthOf(name));
    void* text = name;
    memory.FreeMemory(&text);
    line.put(' ');
    line.put(static_cast<long long>(object->GetInfo()));
    line.put(' ');
    line.put(static_cast<long long>(object->GetNProps()));
  } else if (same(command, "methods")) {
    listMethods(line, object);
  } else if (same(command, "default")) {
    Variant value;
    char* parameter = word(&rest);
    bool has = object->GetParamDefValue(methodOf(object, argument), number(parameter), &value);
    if (has) show(line, value), give(value, nullptr);
    else line.put("none");
  } else if (same(command, "done")) {
    object->Done();
    line.put("ok");
  } else {
    line.put("no such command");
  }
}

void state(Line& line) {
  const struct {
    const char* name;
    long value;
  } all[] = {{"depth", host.depth}, {"taken", __atomic_load_n(&host.taken, __ATOMIC_SEQ_CST)}, {"asked", __atomic_load_n(&host.asked, __ATOMIC_SEQ_CST)},
             {"running", __atomic_load_n(&host.running, __ATOMIC_SEQ_CST)}, {"live", __atomic_load_n(&memory.live, __ATOMIC_SEQ_CST)}, {"faults", __atomic_load_n(&memory.faults, __ATOMIC_SEQ_CST)}};
  for (const auto& each : all) {
    line.put(each.name);
    line.put('=');
    line.put(static_cast<long long>(each.value));
    line.put(' ');
  }
}

void obey(Line& line, char* command, char* rest) {
  if (same(command, "load")) line.put(loadLibrary(word(&rest)) ? "ok" : "failed");
  else if (same(command, "names")) line.put(exports.names(), lengthOf(exports.names()));
  else if (same(command, "platform")) line.put(static_cast<long long>(exports.capabilities(static_cast<int>(number(word(&rest)))))), line.put(' '), line.put(static_cast<long long>(exports.attach()));
  else if (same(command, "call")) callMethod(line, rest, false);
  else if (same(command, "proc")) callMethod(line, rest, true);
  else if (same(command, "storm")) storm(rest), line.put("ok");
  else if (same(command, "busy")) __atomic_store_n(&host.busy, number(word(&rest)), __ATOMIC_SEQ_CST), line.put("ok");
  else if (same(command, "hold")) __atomic_store_n(&host.held, number(word(&rest)), __ATOMIC_SEQ_CST), line.put("ok");
  else if (same(command, "quiet")) __atomic_store_n(&host.quiet, number(word(&rest)), __ATOMIC_SEQ_CST), line.put("ok");
  else if (same(command, "inside")) {
    sys::lock();
    size_t i = 0;
    for (; rest[i] != 0 && i + 1 < sizeof host.inside; i++) host.inside[i] = rest[i];
    host.inside[i] = 0;
    sys::unlock();
    line.put("ok");
  } else if (same(command, "state")) state(line);
  else if (same(command, "unload")) sys::unload(library), library = nullptr, line.put("ok");
  else onObject(line, command, rest);
}

void answer(const char* mark, char* text) {
  Line* line = Line::make();
  line->put(mark);
  char* rest = text;
  char* command = word(&rest);
  obey(*line, command, rest);
  say(*line);
  sys::release(line);
}

void runInside(char* command) { answer("inside ", command); }
}  // namespace

int hostMain() {
  auto* input = static_cast<char*>(sys::allocate(131072));
  while (sys::readLine(input, 131072)) {
    if (same(input, "quit")) break;
    answer("= ", input);
  }
  sys::release(input);
  return 0;
}
