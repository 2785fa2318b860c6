import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';

/** A fresh folder that the caller removes with `remove()`; for suites that share one among their tests. */
export function makeTempFolder(): { readonly path: string; readonly remove: () => void } {
  const path = mkdtempSync(join(tmpdir(), 'tillbridge-'));
  return { path, remove: () => rmSync(path, { recursive: true, force: true, maxRetries: 3 }) };
}

/** A fresh folder that is removed when the current test has finished. Call it inside a test or a `beforeEach`. */
export function tempFolder(): string {
  const { path, remove } = makeTempFolder();
  onTestFinished(remove);
  return path;
}
