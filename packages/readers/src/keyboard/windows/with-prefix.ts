import type { KeyEvent, ReaderSink } from '@tillbridge/core';
import { prefixKeys, type HookRule } from './rule.js';

/** Puts the scanner's prefix back in front of the keys of each read: for a till program that wants it, as r_keeper does. */
export function withPrefix(sink: ReaderSink, rule: HookRule): ReaderSink {
  const prefix: readonly KeyEvent[] = prefixKeys(rule).map((key) => ({ ...key, atMs: 0 }));
  return {
    read: (read) => sink.read(read.keys === undefined ? read : { ...read, keys: [...prefix, ...read.keys] }),
    tail: (bytes, keys) => sink.tail(bytes, keys),
    quiet: () => sink.quiet(),
    resumed: () => sink.resumed(),
    dropped: (reason, count) => sink.dropped(reason, count),
    state: (state) => sink.state(state),
    ...(sink.hint === undefined ? {} : { hint: (hint) => sink.hint?.(hint) }),
  };
}
