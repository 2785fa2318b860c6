export { openPty, Pty, type PtyOptions } from './pty/pty.js';
export type { PtyAccess } from './pty/access.js';
export { createVirtualCom } from './virtual-com/create.js';
export type { AdapterContext, PeerLine, PortTillOptions, PtyTillOptions, VirtualComOptions } from './virtual-com/options.js';
