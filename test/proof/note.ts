import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const folder = process.env['TILLBRIDGE_PROOF_RESULTS'];
/** Part of the full counts: 1 for all. */
export const scale = Number(process.env['TILLBRIDGE_PROOF_SCALE'] ?? '1');

/** Kept for the report also when the judgement fails. */
export function note(name: string, result: object): void {
  if (folder === undefined) return;
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, `${name}.json`), JSON.stringify(result));
}
