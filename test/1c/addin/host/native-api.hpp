// The add-in interfaces of 1C:Enterprise as C++ classes, written from what 1C's headers declare (AddInDefBase.h, ComponentBase.h,
// IMemoryManager.h, types.h) and independently of the driver's own tables: the compiler lays these out, g++ as 1C for Linux is built,
// clang for MSVC as 1C for Windows. Where driver and compiler disagree, the tests crash.
#pragma once
#include <stdint.h>

#ifdef _WIN32
#define ADDIN_API __stdcall
#else
#define ADDIN_API
#endif

typedef uint16_t Char;

// struct tm decides the size of a tVariant
struct TimeParts {
  int parts[9];
#ifndef _WIN32
  long offset;
  const char* zone;
#endif
};

enum : uint16_t { VT_EMPTY = 0, VT_I4 = 3, VT_R8 = 5, VT_BOOL = 11, VT_PWSTR = 22 };

struct Variant {
  union {
    int32_t i4;
    double r8;
    bool b;
    struct {
      Char* text;
      uint32_t length;
    } wide;
    TimeParts time;
    struct {
      void* pointer;
      uint8_t id[16];
    } object;
  };
  uint32_t elements;
  uint16_t type;
};

#if defined(_WIN32)
static_assert(sizeof(Variant) == 48, "tVariant");
#else
static_assert(sizeof(Variant) == 64, "tVariant");
#endif

class IInitDoneBase {
 public:
  virtual ~IInitDoneBase() {}
  virtual bool ADDIN_API Init(void* connection) = 0;
  virtual bool ADDIN_API setMemManager(void* manager) = 0;
  virtual long ADDIN_API GetInfo() = 0;
  virtual void ADDIN_API Done() = 0;
};

class ILanguageExtenderBase {
 public:
  virtual ~ILanguageExtenderBase() {}
  virtual bool ADDIN_API RegisterExtensionAs(Char** name) = 0;
  virtual long ADDIN_API GetNProps() = 0;
  virtual long ADDIN_API FindProp(const Char* name) = 0;
  virtual const Char* ADDIN_API GetPropName(long index, long alias) = 0;
  virtual bool ADDIN_API GetPropVal(long index, Variant* value) = 0;
  virtual bool ADDIN_API SetPropVal(long index, Variant* value) = 0;
  virtual bool ADDIN_API IsPropReadable(long index) = 0;
  virtual bool ADDIN_API IsPropWritable(long index) = 0;
  virtual long ADDIN_API GetNMethods() = 0;
  virtual long ADDIN_API FindMethod(const Char* name) = 0;
  virtual const Char* ADDIN_API GetMethodName(long index, long alias) = 0;
  virtual long ADDIN_API GetNParams(long index) = 0;
  virtual bool ADDIN_API GetParamDefValue(long index, long parameter, Variant* value) = 0;
  virtual bool ADDIN_API HasRetVal(long index) = 0;
  virtual bool ADDIN_API CallAsProc(long index, Variant* values, long count) = 0;
  virtual bool ADDIN_API CallAsFunc(long index, Variant* result, Variant* values, long count) = 0;
};

class LocaleBase {
 public:
  virtual ~LocaleBase() {}
  virtual void ADDIN_API SetLocale(const Char* locale) = 0;
};

class UserLanguageBase {
 public:
  virtual ~UserLanguageBase() {}
  virtual void ADDIN_API SetUserInterfaceLanguageCode(const Char* language) = 0;
};

class IComponentBase : public IInitDoneBase, public ILanguageExtenderBase, public LocaleBase, public UserLanguageBase {
 public:
  virtual ~IComponentBase() {}
};

class IMemoryManager {
 public:
  virtual ~IMemoryManager() {}
  virtual bool ADDIN_API AllocMemory(void** memory, unsigned long bytes) = 0;
  virtual void ADDIN_API FreeMemory(void** memory) = 0;
};

class IAddInDefBase {
 public:
  virtual ~IAddInDefBase() {}
  virtual bool ADDIN_API AddError(unsigned short code, const Char* source, const Char* text, long exception) = 0;
  virtual bool ADDIN_API Read(Char* name, Variant* value, long* error, Char** text) = 0;
  virtual bool ADDIN_API Write(Char* name, Variant* value) = 0;
  virtual bool ADDIN_API RegisterProfileAs(Char* name) = 0;
  virtual bool ADDIN_API SetEventBufferDepth(long depth) = 0;
  virtual long ADDIN_API GetEventBufferDepth() = 0;
  virtual bool ADDIN_API ExternalEvent(Char* source, Char* event, Char* data) = 0;
  virtual void ADDIN_API CleanEventBuffer() = 0;
  virtual bool ADDIN_API SetStatusLine(Char* text) = 0;
  virtual void ADDIN_API ResetStatusLine() = 0;
};
