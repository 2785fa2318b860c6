import type { HostProtocol } from '@tillbridge/child-host';
import type { Inbound, WithdrawCause } from '@tillbridge/core';
import type { PluginKind } from '../define.js';

// What the daemon and a plugin's process say to each other: JSON, one message a line. Bytes are base64. The process is somebody else's code:
// what comes from it is read by `read-report.ts` only.

/** What a process has to know first. */
export interface PluginSetup {
  readonly kind: PluginKind;
  readonly id: string;
  /** The plugin's entry, as a file URL. */
  readonly entry: string;
  readonly options: unknown;
  readonly secrets: Readonly<Record<string, string>>;
  /** What `@tillbridge/plugin` and `@tillbridge/core` are in there. */
  readonly modules: Readonly<Record<string, string>>;
  /** Bytes that the whole process may occupy. */
  readonly memoryBytes: number;
}

export interface WireDelivery {
  readonly id: string;
  readonly scanId: string;
  readonly till: string;
  readonly number: { readonly kind: string; readonly value: string };
  /** Milliseconds since the scan. */
  readonly age: number;
  readonly orderId?: string;
  readonly ownOrder?: true;
  readonly accrueOnly?: true;
}

export interface WireTrace {
  readonly id: string;
  readonly scanId: string;
  readonly till: string;
  readonly time: number;
}

export interface WireGoods {
  readonly reader: string;
  readonly bytes: string;
  readonly terminator: string;
  readonly withSuffix: boolean;
  readonly age: number;
}

export interface WireCode {
  readonly kind: string;
  readonly rule?: string;
  readonly text: string;
  readonly value: string;
  readonly payload?: string;
  readonly oneTime: boolean;
}

export interface WireContext {
  readonly scanId: string;
  readonly reader: string;
  readonly till?: string;
  readonly confirmation?: string;
  readonly detail?: boolean;
}

/** A call that is answered: its number comes back with the answer. */
export type PluginCall =
  | { readonly call: 'open' }
  | { readonly call: 'close' }
  | { readonly call: 'probe' }
  | { readonly call: 'deliver'; readonly delivery: WireDelivery }
  | { readonly call: 'verify'; readonly trace: WireTrace }
  | { readonly call: 'feedback'; readonly feedback: string }
  | { readonly call: 'translate'; readonly code: WireCode; readonly context: WireContext };

export type PluginCommand =
  | (PluginCall & { readonly n: number })
  | { readonly call: 'abort'; readonly n: number; readonly cause?: WithdrawCause }
  | { readonly call: 'goods'; readonly n: number; readonly read: WireGoods }
  | { readonly call: 'expect' };

/** An error on its way: of the catalogue where it has a code. */
export interface WireProblem {
  readonly message: string;
  readonly code?: string;
  readonly params?: Readonly<Record<string, string | number | boolean>>;
}

export interface WireState {
  readonly status: string;
  readonly reason?: WireProblem;
  readonly detail?: string;
}

export interface WireRead {
  readonly bytes: string;
  readonly terminator: string;
  readonly age: number;
  readonly silence: string;
  readonly quietMs?: number;
  readonly silentBefore: boolean;
  readonly overflow?: boolean;
  readonly partial?: boolean;
  readonly symbology?: string;
  readonly aim?: string;
}

/** What a definition says that it is, for comparison with its manifest. */
export interface WireAbilities {
  readonly goods?: boolean;
  readonly best?: string;
  readonly verify?: boolean;
  readonly accrueOnly?: boolean;
  readonly reportsItself?: boolean;
  readonly feedback?: boolean;
}

export type PluginReport =
  /** The part is made. */
  | { readonly say: 'hello'; readonly kind: string; readonly abilities: WireAbilities }
  /** It cannot be made, and would not be the next time. */
  | { readonly say: 'refused'; readonly problem: string }
  | { readonly say: 'answer'; readonly n: number; readonly value?: unknown }
  | { readonly say: 'failed'; readonly n: number; readonly problem: WireProblem }
  | { readonly say: 'state'; readonly state: WireState }
  | { readonly say: 'log'; readonly level: string; readonly event: string; readonly fields: Readonly<Record<string, string | number | boolean | null>> }
  // of an adapter
  | { readonly say: 'order'; readonly state: Parameters<Inbound['order']>[0]; readonly orderId?: string }
  | { readonly say: 'goodsDropped'; readonly reads: number; readonly reason: string }
  | { readonly say: 'goodsTaken'; readonly n: number }
  // of a reader
  | { readonly say: 'read'; readonly read: WireRead }
  | { readonly say: 'tail'; readonly bytes: string }
  | { readonly say: 'quiet' }
  | { readonly say: 'resumed' }
  | { readonly say: 'dropped'; readonly reason: string; readonly bytes: number }
  | { readonly say: 'hint'; readonly hint: string };

export interface PluginProtocol extends HostProtocol {
  readonly setup: PluginSetup;
  readonly command: PluginCommand;
  readonly report: PluginReport;
}

