import { TillbridgeError } from '@tillbridge/core';

/** A HANDLE, HWND, HKL and the like: koffi gives those that fit as numbers. */
export type Handle = number | bigint;
type Call<A extends readonly unknown[], R> = (...args: A) => R;
type Loader = <A extends readonly unknown[], R>(library: 'user' | 'kernel' | 'advapi', prototype: string) => Call<A, R>;

export interface Calls {
  readonly user: ReturnType<typeof userCalls>;
  readonly process: ReturnType<typeof processCalls>;
  readonly pointerBytes: 4 | 8;
}

/**
 * Loads the calls of user32, kernel32 and advapi32 through koffi.
 *
 * @throws {TillbridgeError} `TB_NATIVE_MISSING` without koffi.
 */
export async function loadCalls(): Promise<Calls> {
  const { default: koffi } = await import('koffi').catch((cause: unknown) => {
    throw new TillbridgeError('TB_NATIVE_MISSING', { package: 'koffi', purpose: 'transport: sendinput' }, { cause });
  });
  const libraries = { user: koffi.load('user32.dll'), kernel: koffi.load('kernel32.dll'), advapi: koffi.load('advapi32.dll') };
  const call: Loader = <A extends readonly unknown[], R>(library: keyof typeof libraries, prototype: string) => {
    // the calling convention matters in 32-bit processes alone
    const [, result = '', rest = ''] = /^(\S+) (.*)$/.exec(prototype) ?? [];
    return libraries[library].func(`${result} __stdcall ${rest}`) as Call<A, R>;
  };
  return { user: userCalls(call), process: processCalls(call), pointerBytes: koffi.sizeof('void *') === 4 ? 4 : 8 };
}

function userCalls(call: Loader): {
  foreground: Call<[], Handle>;
  threadOf: Call<[Handle, Buffer], number>;
  threadInfo: Call<[number, Buffer], number>;
  title: Call<[Handle, Buffer, number], number>;
  className: Call<[Handle, Buffer, number], number>;
  topWindow: Call<[Handle], Handle>;
  nextWindow: Call<[Handle, number], Handle>;
  isVisible: Call<[Handle], number>;
  openInputDesktop: Call<[number, number, number], Handle>;
  closeDesktop: Call<[Handle], number>;
  threadDesktop: Call<[number], Handle>;
  windowStation: Call<[], Handle>;
  objectInformation: Call<[Handle, number, Buffer, number, Buffer], number>;
  layoutOf: Call<[number], Handle>;
  layoutList: Call<[number, Buffer], number>;
  keyOf: Call<[number, number], number>;
  mapKey: Call<[number, number, number], number>;
  toUnicode: Call<[number, number, Buffer, Buffer, number, number, number], number>;
  asyncKeyState: Call<[number], number>;
  keyState: Call<[number], number>;
  keyboardState: Call<[Buffer], number>;
  sendMessageTimeout: Call<[Handle, number, number, number, number, number, Buffer], Handle>;
  peekMessage: Call<[Buffer, number, number, number, number], number>;
  sendInput: Call<[number, Buffer, number], number>;
} {
  return {
    foreground: call('user', 'intptr GetForegroundWindow()'),
    threadOf: call('user', 'uint32 GetWindowThreadProcessId(intptr, void *)'),
    threadInfo: call('user', 'int GetGUIThreadInfo(uint32, void *)'),
    title: call('user', 'int GetWindowTextW(intptr, void *, int)'),
    className: call('user', 'int GetClassNameW(intptr, void *, int)'),
    topWindow: call('user', 'intptr GetTopWindow(intptr)'),
    nextWindow: call('user', 'intptr GetWindow(intptr, uint32)'),
    isVisible: call('user', 'int IsWindowVisible(intptr)'),
    openInputDesktop: call('user', 'intptr OpenInputDesktop(uint32, int, uint32)'),
    closeDesktop: call('user', 'int CloseDesktop(intptr)'),
    threadDesktop: call('user', 'intptr GetThreadDesktop(uint32)'),
    windowStation: call('user', 'intptr GetProcessWindowStation()'),
    objectInformation: call('user', 'int GetUserObjectInformationW(intptr, int, void *, uint32, void *)'),
    layoutOf: call('user', 'intptr GetKeyboardLayout(uint32)'),
    layoutList: call('user', 'int GetKeyboardLayoutList(int, void *)'),
    keyOf: call('user', 'int16 VkKeyScanExW(uint16, intptr)'),
    mapKey: call('user', 'uint32 MapVirtualKeyExW(uint32, uint32, intptr)'),
    toUnicode: call('user', 'int ToUnicodeEx(uint32, uint32, void *, void *, int, uint32, intptr)'),
    asyncKeyState: call('user', 'int16 GetAsyncKeyState(int)'),
    keyboardState: call('user', 'int GetKeyboardState(void *)'),
    sendMessageTimeout: call('user', 'intptr SendMessageTimeoutW(intptr, uint32, intptr, intptr, uint32, uint32, void *)'),
    keyState: call('user', 'int16 GetKeyState(int)'),
    peekMessage: call('user', 'int PeekMessageW(void *, intptr, uint32, uint32, uint32)'),
    sendInput: call('user', 'uint32 SendInput(uint32, void *, int)'),
  };
}

function processCalls(call: Loader): {
  open: Call<[number, number, number], Handle>;
  close: Call<[Handle], number>;
  current: Call<[], Handle>;
  thread: Call<[], number>;
  imageName: Call<[Handle, number, Buffer, Buffer], number>;
  openToken: Call<[Handle, number, Buffer], number>;
  tokenInformation: Call<[Handle, number, Buffer, number, Buffer], number>;
} {
  return {
    open: call('kernel', 'intptr OpenProcess(uint32, int, uint32)'),
    close: call('kernel', 'int CloseHandle(intptr)'),
    current: call('kernel', 'intptr GetCurrentProcess()'),
    thread: call('kernel', 'uint32 GetCurrentThreadId()'),
    imageName: call('kernel', 'int QueryFullProcessImageNameW(intptr, uint32, void *, void *)'),
    openToken: call('advapi', 'int OpenProcessToken(intptr, uint32, void *)'),
    tokenInformation: call('advapi', 'int GetTokenInformation(intptr, int, void *, uint32, void *)'),
  };
}
