import type { Clock, Log, OutputTemplates, Secret } from '@tillbridge/core';
import type { CardCharset } from '../card-text.js';
import type { AddinListeners } from './listener.js';

/** The port where drivers look for the daemon unless they are told another. */
export const DEFAULT_LISTEN = { host: '127.0.0.1', port: 7844 } as const;

export interface AddinTillOptions {
  /** The till's id. */
  readonly id: string;
  /** Where the driver connects to: an IPv4 loopback address. */
  readonly listen: { readonly host: string; readonly port: number };
  /** What the driver shows to be this till; at least 16 characters. */
  readonly token: Secret;
  /** The text of a number, without a terminator. */
  readonly output: OutputTemplates;
  readonly charset: CardCharset;
  /** Silence between a number and its neighbours, in ms. */
  readonly gapMs: number;
  /** How long a product may wait for 1C, in ms. */
  readonly backlogMs: number;
  /** How long after its scan a number may be raised, in ms. */
  readonly expireMs: number;
  /** With our configuration extension: how long its confirmation is waited for, in ms. Absent: numbers are events like any scanner's. */
  readonly confirmMs?: number;
  /** Whether products keep the AIM id that the scanner sent in front of them. */
  readonly keepAim: boolean;
}

export interface AddinContext {
  readonly clock: Clock;
  readonly log: Log;
  /** The ports of this process: tills may share one. */
  readonly listeners: AddinListeners;
}
