// Entry of the process that types on Windows: native calls stay in it, and a call that hangs in another program's hook costs this process alone.
import { systemClock } from '@tillbridge/core';
import { serveHost } from '@tillbridge/child-host';
import type { TypingProtocol } from '../hosted/protocol.js';
import { typingHost } from '../hosted/typing-host.js';
import { windowsHand } from './hand.js';
import { loadWindows } from './koffi-windows.js';

serveHost<TypingProtocol>((_, port) => typingHost(() => windowsHand(loadWindows, systemClock), systemClock, port));
