import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { TillbridgeError } from '@tillbridge/core';
import { openDriverPackage } from '@tillbridge/testkit/1c';

/** A library that can be loaded, and what takes its unpacked copy away. */
export interface DriverFile {
  readonly path: string;
  readonly progId: string;
  remove(): void;
}

/**
 * The driver: a ZIP as it is uploaded to 1C, opened as 1C opens it, or a library as compiled. Default: the ZIP of the installed adapter.
 *
 * @throws {TillbridgeError} `TB_CONFIG_USAGE`
 */
export function driverFile(given: string | undefined): DriverFile {
  const path = given ?? shipped();
  if (path === undefined) throw usage('--driver: no driver was built here; give its ZIP or library, or build it with `npm run addin`');
  if (!path.toLowerCase().endsWith('.zip')) return { path, progId: 'AddIn.Tillbridge', remove: () => undefined };
  const folder = mkdtempSync(join(tmpdir(), 'tillbridge-1c-'));
  try {
    const { library, progId } = openDriverPackage(readFileSync(path));
    const unpacked = join(folder, library.fileName.replace(/[^\w.-]/g, '_'));
    writeFileSync(unpacked, library.bytes, { mode: 0o600 });
    return { path: unpacked, progId, remove: () => rmSync(folder, { recursive: true, force: true }) };
  } catch (error) {
    rmSync(folder, { recursive: true, force: true });
    throw usage(`--driver ${path}: ${error instanceof Error ? error.message : String(error)}`);
  }
}

function shipped(): string | undefined {
  try {
    const folder = join(dirname(createRequire(import.meta.url).resolve('@tillbridge/adapter-1c/package.json')), 'addin/dist');
    const zip = readdirSync(folder).filter((name) => name.endsWith('.zip')).sort().at(-1);
    return zip === undefined ? undefined : join(folder, zip);
  } catch {
    return undefined;
  }
}

function usage(problem: string): TillbridgeError {
  return new TillbridgeError('TB_CONFIG_USAGE', { problem });
}
