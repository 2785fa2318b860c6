import type { HostPort } from '@tillbridge/child-host';
import type { PluginCall, PluginCommand, PluginReport, WireAbilities } from '../wire/messages.js';

export type Port = HostPort<PluginReport>;

/** One part as its process serves it. */
export interface ServedPart {
  readonly abilities: WireAbilities;
  /** Answers a call; what it gives goes over the wire as JSON. */
  answer(call: PluginCall, signal: AbortSignal): Promise<unknown>;
  /** What is not answered. */
  tell(command: Extract<PluginCommand, { call: 'goods' | 'expect' }>): void;
  close(): Promise<void>;
}

/** A command that this kind of part does not have: the daemon never sends it. */
export function notHere(call: PluginCall): Promise<never> {
  return Promise.reject(new Error(`no ${call.call} here`));
}
