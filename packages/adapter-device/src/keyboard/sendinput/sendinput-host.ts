// Entry of the process that types on Windows: native calls stay in it, and a call that hangs in another program's hook costs this process alone.
import { systemClock } from '@tillbridge/core';
import { serveHost } from '@tillbridge/child-host';
import { loadWindows } from './koffi-windows.js';
import type { TypingProtocol } from './protocol.js';
import { typingHost } from './typing-host.js';

serveHost<TypingProtocol>((_, port) => typingHost(loadWindows, systemClock, port));
