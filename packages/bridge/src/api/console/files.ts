import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';

/** A file of the console as it is handed out. */
export interface ConsoleFile {
  /** Its address: `/`, `/assets/index-Bx3k.js`. */
  readonly path: string;
  readonly type: string;
  readonly plain: Buffer;
  /** Packed at build time; undefined where that was not done. */
  readonly gzip: Buffer | undefined;
  /** Of its content. */
  readonly tag: string;
  /** Its name says what is in it: it never changes. */
  readonly hashed: boolean;
}

const TYPES: Readonly<Record<string, string>> = {
  html: 'text/html; charset=utf-8',
  js: 'text/javascript; charset=utf-8',
  css: 'text/css; charset=utf-8',
  svg: 'image/svg+xml',
};

/**
 * Reads the built console once: what is asked for later is looked up in this list, and no address reaches the file system. Empty where the
 * console was not built. Files of other kinds are left out.
 */
export function readConsole(folder: string): readonly ConsoleFile[] {
  if (!existsSync(join(folder, 'index.html'))) return [];
  return readdirSync(folder, { recursive: true, withFileTypes: true }).flatMap((entry) => {
    const type = TYPES[/\.(\w+)$/.exec(entry.name)?.[1] ?? ''];
    if (!entry.isFile() || type === undefined) return [];
    const file = join(entry.parentPath, entry.name);
    const name = relative(folder, file).split(sep).join('/');
    const plain = readFileSync(file);
    const gzip = existsSync(`${file}.gz`) ? readFileSync(`${file}.gz`) : undefined;
    const tag = createHash('sha256').update(plain).digest('base64url').slice(0, 22);
    return [{ path: name === 'index.html' ? '/' : `/${name}`, type, plain, gzip, tag, hashed: name.startsWith('assets/') }];
  });
}
