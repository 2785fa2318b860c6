// Entry of the process that holds a keyboard: native calls stay in it, and the kernel gives the keyboard back when it ends, however it ends.
import { constants, setPriority } from 'node:os';
import { systemClock } from '@tillbridge/core';
import { serveHost } from '@tillbridge/child-host';
import { loadEvdevBinding, type EvdevBinding } from './evdev-binding.js';
import { keyboardHost } from './host.js';
import type { KeyboardProtocol } from './protocol.js';
import { claimUsbKeyboard } from './usb-binding.js';

try {
  // the kernel keeps 64 events for a reader (evdev.c, EVDEV_MIN_BUFFER_SIZE): twenty keys of a quick scanner
  setPriority(constants.priority.PRIORITY_HIGH);
} catch {
  // only a daemon with the right to it can
}

serveHost<KeyboardProtocol>((_, port) => {
  let binding: Promise<EvdevBinding> | undefined;
  // once: it listens for a signal of the whole process
  return keyboardHost({ clock: systemClock, evdev: () => (binding ??= loadEvdevBinding()), claim: claimUsbKeyboard }, port);
});
