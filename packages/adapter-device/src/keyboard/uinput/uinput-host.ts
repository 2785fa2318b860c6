// Entry of the process that types through the kernel: native calls stay in it, and the kernel lets go of its keyboard when it ends, however it ends.
import { systemClock } from '@tillbridge/core';
import { serveHost } from '@tillbridge/child-host';
import type { TypingProtocol } from '../hosted/protocol.js';
import { typingHost } from '../hosted/typing-host.js';
import { makeKeyboard } from './binding.js';
import { uinputHand, type UinputSetup } from './hand.js';

serveHost<TypingProtocol<UinputSetup>>((setup, port) => typingHost(() => uinputHand(setup, makeKeyboard, systemClock), systemClock, port));
