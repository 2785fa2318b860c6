import { OWN_KEYS_MARK, TillbridgeError } from '@tillbridge/core';
import { inputArray, inputSize } from './input-array.js';
import { loadCalls, type Calls, type Handle } from './koffi-calls.js';
import type { WindowHandle, Windows } from './windows.js';

/** Characters of a title or path that are looked at. */
const TEXT_ROOM = 1024;
const MOST_WINDOWS = 500;
const MOST_LAYOUTS = 32;

// winnt.h, winuser.h
const PROCESS_QUERY_LIMITED_INFORMATION = 0x1000;
const TOKEN_QUERY = 0x0008;
const TOKEN_INTEGRITY_LEVEL = 25;
const DESKTOP_READOBJECTS = 0x0001;
const UOI_FLAGS = 1;
const UOI_NAME = 2;
const WSF_VISIBLE = 0x0001;
const GW_HWNDNEXT = 2;
const WM_NULL = 0;
const SMTO_ABORTIFHUNG = 0x0002;
const MAPVK_VSC_TO_VK_EX = 3;
const MAPVK_VK_TO_VSC_EX = 4;
/** ToUnicodeEx leaves the keyboard as it is (Windows 10 1607 and later; before that only a dead key is remembered, and none is typed). */
const TOUNICODE_NO_STATE = 0x4;
const VK_SHIFT = 0x10;
const VK_CAPITAL = 0x14;

/**
 * The real Windows.
 *
 * @throws {TillbridgeError} `TB_NATIVE_UNSUPPORTED` elsewhere, `TB_NATIVE_MISSING` without koffi.
 */
export async function loadWindows(platform: NodeJS.Platform = process.platform): Promise<Windows> {
  if (platform !== 'win32') {
    throw new TillbridgeError('TB_NATIVE_UNSUPPORTED', { feature: 'transport: sendinput', platform, alternative: 'use `transport: xtest` or `transport: uinput`' });
  }
  const calls = await loadCalls();
  const { user, pointerBytes } = calls;
  const lookAtKeys = (): void => {
    user.keyboardState(Buffer.alloc(256));
    user.peekMessage(Buffer.alloc(64), 0, 0, 0, 0);
  };
  // from now on this thread has keys of its own that are kept up to date
  lookAtKeys();
  return {
    ...windowsOf(calls),
    ...desktopOf(calls),
    ...layoutsOf(calls),
    integrity: (which) => (which === 'own' ? levelOf(calls, calls.process.current()) : withProcess(calls, which, (handle) => levelOf(calls, handle))),
    held: (vk) => (user.asyncKeyState(vk) & 0x8000) !== 0,
    capsLock: () => {
      // what a thread sees of the keys is brought up to date when it looks for messages, and that it is out of date is noticed by asking
      lookAtKeys();
      lookAtKeys();
      return (user.keyState(VK_CAPITAL) & 1) === 1;
    },
    send: (inputs) => user.sendInput(inputs.length, inputArray(inputs, OWN_KEYS_MARK, pointerBytes), inputSize(pointerBytes)),
  };
}

function windowsOf(calls: Calls): Pick<Windows, 'foreground' | 'facts' | 'answers' | 'visible'> {
  const { user, process } = calls;
  const text = Buffer.alloc(TEXT_ROOM * 2);
  const read = (characters: number): string | undefined => (characters > 0 ? text.toString('utf16le', 0, characters * 2) : undefined);
  const imageOf = (pid: number): string | undefined =>
    withProcess(calls, pid, (handle) => {
      const size = Buffer.alloc(4);
      size.writeUInt32LE(TEXT_ROOM);
      return process.imageName(handle, 0, text, size) === 0 ? undefined : read(size.readUInt32LE())?.split('\\').at(-1);
    });
  const focusInFront = (): boolean => {
    // GUITHREADINFO: size, flags, then active and focus window among six handles, and a rectangle. Of the thread in front: that of a console
    // window is not the one that GetWindowThreadProcessId names
    const info = Buffer.alloc(8 + 6 * calls.pointerBytes + 16);
    info.writeUInt32LE(info.length);
    return user.threadInfo(0, info) !== 0 && info.readUInt32LE(8 + calls.pointerBytes) !== 0;
  };
  return {
    foreground: () => {
      const window = Number(user.foreground());
      return window === 0 ? undefined : window;
    },
    facts: (window) => {
      const owner = Buffer.alloc(4);
      const thread = user.threadOf(window, owner);
      if (thread === 0) return undefined;
      const pid = owner.readUInt32LE();
      const title = read(user.title(window, text, TEXT_ROOM)) ?? '';
      const className = read(user.className(window, text, TEXT_ROOM));
      const image = imageOf(pid);
      return { pid, thread, title, focus: user.isVisible(window) !== 0 && focusInFront(), ...(className === undefined ? {} : { class: className }), ...(image === undefined ? {} : { process: image }) };
    },
    answers: (window, withinMs) => user.sendMessageTimeout(window, WM_NULL, 0, 0, SMTO_ABORTIFHUNG, withinMs, Buffer.alloc(8)) !== 0,
    visible: () => {
      const found: WindowHandle[] = [];
      // from the front to the back; windows that come and go meanwhile cannot make it endless
      let window = user.topWindow(0);
      for (let seen = 0; Number(window) !== 0 && seen < MOST_WINDOWS; seen += 1) {
        if (user.isVisible(window) !== 0) found.push(Number(window));
        window = user.nextWindow(window, GW_HWNDNEXT);
      }
      return found;
    },
  };
}

function desktopOf({ user, process }: Calls): Pick<Windows, 'hasInput' | 'interactive'> {
  const nameOf = (object: Handle): string | undefined => {
    const name = Buffer.alloc(512);
    const size = Buffer.alloc(4);
    if (user.objectInformation(object, UOI_NAME, name, name.length, size) === 0) return undefined;
    return name.toString('utf16le', 0, Math.max(0, size.readUInt32LE() - 2));
  };
  return {
    hasInput: () => {
      const input = user.openInputDesktop(0, 0, DESKTOP_READOBJECTS);
      // the desktop of the lock screen and of UAC questions may not even be opened
      if (Number(input) === 0) return false;
      try {
        const name = nameOf(input);
        return name !== undefined && name === nameOf(user.threadDesktop(process.thread()));
      } finally {
        user.closeDesktop(input);
      }
    },
    interactive: () => {
      const flags = Buffer.alloc(12);
      if (user.objectInformation(user.windowStation(), UOI_FLAGS, flags, flags.length, Buffer.alloc(4)) === 0) return true;
      return (flags.readUInt32LE(8) & WSF_VISIBLE) !== 0;
    },
  };
}

function layoutsOf({ user, pointerBytes }: Calls): Pick<Windows, 'layoutOf' | 'layouts' | 'keyOf' | 'typedBy' | 'scanOf' | 'vkOf'> {
  const scanOf = (vk: number, layout: number): number => user.mapKey(vk, MAPVK_VK_TO_VSC_EX, signed(layout));
  return {
    layoutOf: (thread) => Number(BigInt.asUintN(32, BigInt(user.layoutOf(thread)))),
    layouts: () => {
      const list = Buffer.alloc(MOST_LAYOUTS * pointerBytes);
      const count = Math.min(user.layoutList(MOST_LAYOUTS, list), MOST_LAYOUTS);
      return Array.from({ length: count }, (_, i) => list.readUInt32LE(i * pointerBytes));
    },
    keyOf: (unit, layout) => {
      const key = user.keyOf(unit, signed(layout));
      return key === -1 ? undefined : { vk: key & 0xff, shift: (key >> 8) & 0xff };
    },
    typedBy: ({ vk, shift }, layout) => {
      const state = Buffer.alloc(256);
      for (const bit of [0, 1, 2]) if (((shift >> bit) & 1) === 1) state[VK_SHIFT + bit] = 0x80;
      const typed = Buffer.alloc(16);
      const count = user.toUnicode(vk, scanOf(vk, layout), state, typed, 8, TOUNICODE_NO_STATE, signed(layout));
      return count > 0 ? typed.toString('utf16le', 0, count * 2) : undefined;
    },
    scanOf,
    vkOf: (scan, layout) => user.mapKey(scan, MAPVK_VSC_TO_VK_EX, signed(layout)),
  };
}

function withProcess<T>({ process }: Calls, pid: number, work: (handle: Handle) => T): T | undefined {
  const handle = process.open(PROCESS_QUERY_LIMITED_INFORMATION, 0, pid);
  if (Number(handle) === 0) return undefined;
  try {
    return work(handle);
  } finally {
    process.close(handle);
  }
}

/** Integrity level of a process; undefined when its token may not be read. */
function levelOf({ process, pointerBytes }: Calls, handle: Handle): number | undefined {
  const token = Buffer.alloc(8);
  if (process.openToken(handle, TOKEN_QUERY, token) === 0) return undefined;
  const opened = pointerBytes === 8 ? token.readBigUInt64LE() : token.readUInt32LE();
  try {
    const label = Buffer.alloc(256);
    if (process.tokenInformation(opened, TOKEN_INTEGRITY_LEVEL, label, label.length, Buffer.alloc(4)) === 0) return undefined;
    // TOKEN_MANDATORY_LABEL: a pointer to the SID and its attributes; the SID stands behind them in the same buffer
    const sid = label.subarray(2 * pointerBytes);
    // S-1-16-LEVEL (winnt.h, SECURITY_MANDATORY_LABEL_AUTHORITY)
    return sid.readUInt8(1) === 1 && sid.readUInt8(7) === 16 ? sid.readUInt32LE(8) : undefined;
  } finally {
    process.close(opened);
  }
}

/** HKLs are pointers whose value is a 32-bit number with its sign extended. */
function signed(layout: number): number {
  return layout | 0;
}
