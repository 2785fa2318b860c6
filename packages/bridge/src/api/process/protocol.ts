import type { HostProtocol } from '@tillbridge/child-host';
import type { ErrorCode, ErrorParams, Language, LogLevel } from '@tillbridge/core';
import type { Method } from '../../control/http.js';
import type { Origin } from '../../events/index.js';
import type { LockView } from '../limits/index.js';

// What the daemon and the process that serves its API say to each other. Both ends are always of one build. `bytes` go as they are.

/** A call as it is described to the process: who may make it; what it does stays in the daemon. */
export interface CallDescription {
  readonly method: Method;
  readonly path: string;
  readonly access: string;
  /** `:name` in the access stands for that parameter of the path. */
  readonly template: boolean;
  /** It changes nothing, and nobody at the till waits for it. */
  readonly looks: boolean;
  /** Its answer never changes: one is enough. */
  readonly constant: boolean;
}

/** A paired program: never its token. */
export interface DescribedClient {
  readonly id: string;
  readonly name: string;
  readonly scopes: readonly string[];
  /** SHA-256 of the token, base64. */
  readonly hash: string;
}

/** A part of a till program on this machine. */
export interface DescribedPlugin {
  readonly till: string;
  /** SHA-256 of its secret, base64. */
  readonly hash: string;
}

/** Who may come in. */
export interface Trust {
  readonly clients: readonly DescribedClient[];
  readonly plugins: readonly DescribedPlugin[];
}

/** An error of the catalogue as data. */
export interface DescribedError {
  readonly code: ErrorCode;
  readonly params: ErrorParams;
}

/** How long an event means anything: a time, or until the daemon says so. */
export type Life = { readonly at: number; readonly ms: number } | 'held';

export interface EventCommand {
  readonly do: 'event';
  readonly seq: number;
  /** Unix time in milliseconds. */
  readonly wall: number;
  readonly scope: string;
  readonly weight: number;
  readonly urgent?: true;
  readonly life?: Life;
  readonly owed?: 'always' | 'untaken';
  /** Somebody had it already. */
  readonly taken?: true;
  /** The frame, UTF-8 JSON. */
  readonly bytes: Uint8Array;
}

export interface OpenCommand {
  readonly do: 'open';
  /** Loopback. */
  readonly host: string;
  /** 0: any free one. */
  readonly port: number;
  readonly origins: readonly string[];
  /** Whether the console is served. */
  readonly console: boolean;
  readonly version: string;
  readonly calls: readonly CallDescription[];
  readonly trust: Trust;
  readonly locks: readonly LockView[];
  readonly events: Origin;
}

export type ApiCommand =
  | OpenCommand
  /** Events are there up to `seq`: begin to listen. Again: try again. */
  | { readonly do: 'listen'; readonly seq: number }
  | { readonly do: 'trust'; readonly trust: Trust; readonly ack: number }
  | { readonly do: 'origins'; readonly origins: readonly string[]; readonly console: boolean; readonly ack: number }
  | { readonly do: 'attempt'; readonly key: string; readonly right: boolean }
  | { readonly do: 'answer'; readonly id: number; readonly status: number; readonly contentType?: string; readonly bytes: Uint8Array }
  | { readonly do: 'refuse'; readonly id: number; readonly error: DescribedError }
  | EventCommand
  /** These deliveries can be claimed no more. */
  | { readonly do: 'over'; readonly seqs: readonly number[] }
  /** Events up to `seq` were lost on the way. */
  | { readonly do: 'lost'; readonly seq: number }
  /** The daemon stops: everybody is let go. */
  | { readonly do: 'closing' }
  /** Listen no more, let answers that are under way go out, hang up on the rest. */
  | { readonly do: 'finish'; readonly ack: number };

export interface CallReport {
  readonly say: 'call';
  readonly id: number;
  /** Place in {@link OpenCommand.calls}. */
  readonly call: number;
  readonly params: Readonly<Record<string, string>>;
  readonly query: string;
  /** Id of the client, of the plugin, or `public`. */
  readonly caller: string;
  readonly language: Language;
  /** The body as JSON text, UTF-8; absent where there was none. */
  readonly bytes?: Uint8Array;
}

export type ApiReport =
  | { readonly say: 'listening'; readonly url: string }
  | { readonly say: 'notListening'; readonly error: DescribedError }
  | CallReport
  /** The caller hung up. */
  | { readonly say: 'abort'; readonly id: number }
  | { readonly say: 'done'; readonly ack: number }
  | { readonly say: 'refused'; readonly counts: Readonly<Record<string, number>> }
  | { readonly say: 'seen'; readonly clients: readonly string[] }
  | { readonly say: 'strange'; readonly route: string }
  | { readonly say: 'attempt'; readonly key: string; readonly right: boolean }
  /** How many are given events of each scope. */
  | { readonly say: 'listeners'; readonly counts: Readonly<Record<string, number>> }
  /** Somebody was given these events. */
  | { readonly say: 'taken'; readonly seqs: readonly number[] }
  | { readonly say: 'log'; readonly level: LogLevel; readonly text: string; readonly problem?: string; readonly stack?: string };

export interface ApiProtocol extends HostProtocol {
  readonly setup: null;
  readonly command: ApiCommand;
  readonly report: ApiReport;
}
