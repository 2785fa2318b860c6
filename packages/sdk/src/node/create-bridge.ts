import { systemClock } from '@tillbridge/core';
import { embed, type EmbeddedBridge, type EmbedOptions, type WrittenConfig } from 'tillbridge/embed';
import type { Bridge, Waiting } from '../bridge.js';
import { ClientBridge } from '../client/client-bridge.js';
import type { Transport } from '../client/transport.js';
import { reportHandlerError } from './connect.js';

/** The configuration of `tillbridge.yaml` as an object, and what only a program can say. */
export interface BridgeOptions extends WrittenConfig, Waiting {
  /** Folder for journal and card table, for one bridge at a time. Absent: a temporary one, gone with `close()`. */
  readonly state?: string | undefined;
  /** Where log lines go; default nowhere. */
  readonly log?: EmbedOptions['log'];
  /** Language of errors; default English. */
  readonly language?: EmbedOptions['language'];
}

/**
 * Runs the whole bridge in this process: readers, translation, delivery, journal. Resolves when every reader and till is up or retrying.
 * Deliveries for tills with the adapter `client` come out of `deliveries`. Call `close()` before the program ends.
 * @throws {TillbridgeError} `TB_CONFIG_INVALID` with every mistake as its cause, `TB_API_DAEMON_RUNNING` where the state folder is in use
 */
export async function createBridge({ signal, state, log, language, ...config }: BridgeOptions): Promise<Bridge> {
  signal?.throwIfAborted();
  const embedded = await embed({ config, state, log, language });
  const bridge = new ClientBridge({ transport: inProcess(embedded), clock: systemClock, random: Math.random, onHandlerError: reportHandlerError });
  try {
    signal?.throwIfAborted();
    await bridge.start(signal);
    return bridge;
  } catch (error) {
    await bridge.close();
    throw error;
  }
}

/** The protocol without a wire: the same calls and the same frames, as objects. */
function inProcess(embedded: EmbeddedBridge): Transport {
  return {
    call: ({ method, path, body }, signal) => embedded.call(method, path, body, signal),
    events: (since, sink) => {
      let end: () => void = () => undefined;
      let open = true;
      // after the caller has what ends it
      queueMicrotask(() => {
        if (open) end = embedded.subscribe(since, { frame: (frame) => sink.frame(frame), ended: () => sink.ended(undefined) });
      });
      return () => {
        open = false;
        end();
      };
    },
    close: () => embedded.close(),
  };
}
