import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { build } from 'esbuild';
import { joined, type RecognitionJob, type RecognitionResult } from './recognition-run.js';

const ROOT = fileURLToPath(new URL('../../..', import.meta.url));

/** Runs the page's own recognition over made frames, in so many processes side by side. */
export async function recognition(job: Omit<RecognitionJob, 'share' | 'shares'>, shares: number): Promise<RecognitionResult> {
  // beside the installed packages: it imports the decoder and the encoder from there
  const folder = mkdtempSync(join(ROOT, 'node_modules/.cache/recognition-'));
  try {
    const outfile = join(folder, 'child.mjs');
    await build({ entryPoints: [join(ROOT, 'test/support/phone/recognition-child.ts')], bundle: true, platform: 'node', format: 'esm', packages: 'external', outfile, logLevel: 'error' });
    const run = promisify(execFile);
    const one = async (share: number): Promise<RecognitionResult> => {
      const { stdout } = await run(process.execPath, [outfile, JSON.stringify({ ...job, share, shares })], { maxBuffer: 64 * 1024 * 1024, timeout: 3_000_000 });
      return JSON.parse(stdout) as RecognitionResult;
    };
    return joined(await Promise.all(Array.from({ length: shares }, (_, share) => one(share))));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
