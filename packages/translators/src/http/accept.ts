import type { Code } from '@tillbridge/core';
import type { CompiledAccept } from './compile.js';

/** A code as this platform is asked about it. */
export interface Accepted {
  readonly accept: CompiledAccept;
  readonly id: string;
  readonly groups: Readonly<Record<string, string | undefined>>;
  readonly oneTime: boolean;
}

/** The first entry that takes the code; undefined: it is none for this platform. */
export function acceptCode(accepts: readonly CompiledAccept[], code: Code): Accepted | undefined {
  for (const accept of accepts) {
    if (accept.kind !== code.kind) continue;
    const text = (accept.of === 'text' ? code.text : code.value).reveal();
    const match = accept.when === undefined ? undefined : accept.when.exec(text);
    if (match === null) continue;
    const groups = match?.groups ?? {};
    const id = accept.normalise === undefined ? (groups['value'] ?? text) : accept.normalise(groups['value'] ?? text);
    if (id === undefined || id === '') continue;
    return { accept, id, groups, oneTime: accept.oneTime || code.oneTime };
  }
  return undefined;
}
