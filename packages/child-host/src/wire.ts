// What goes over the channel between a supervised process and its parent. Both ends are always of one build.

/** The process says that it lives this often, milliseconds. */
export const BEAT_MS = 500;
/** How long the process may take to let go of its devices before it is killed, milliseconds. */
export const CLOSE_MS = 1000;

/** What the two sides of one kind of host say to each other: plain data, `Uint8Array` included. */
export interface HostProtocol {
  /** What a new process has to know first. */
  readonly setup: unknown;
  /** From the parent. */
  readonly command: unknown;
  /** From the process. */
  readonly report: unknown;
}

export type Downward<P extends HostProtocol> =
  | { readonly kind: 'setup'; readonly setup: P['setup'] }
  | { readonly kind: 'command'; readonly command: P['command'] }
  | { readonly kind: 'stop' };

export type Upward<P extends HostProtocol> =
  | { readonly kind: 'beat' }
  | { readonly kind: 'report'; readonly report: P['report'] }
  /** The last word of a process that ends because of an error. */
  | { readonly kind: 'fatal'; readonly problem: string };
