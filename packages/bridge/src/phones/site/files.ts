import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { extname, join, relative, sep } from 'node:path';

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.wasm': 'application/wasm',
  '.json': 'application/json; charset=utf-8',
  '.webmanifest': 'application/manifest+json; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.txt': 'text/plain; charset=utf-8',
};

/** Encodings of a file that stand beside it, best first. */
const ENCODINGS: readonly { readonly name: string; readonly extension: string }[] = [
  { name: 'br', extension: '.br' },
  { name: 'gzip', extension: '.gz' },
];

const MAX_FILES = 200;
/** A name with the hash of its content in it never changes. */
const HASHED = /[-.][A-Za-z0-9_-]{8,}\.[a-z0-9]+$/;

/** One file of the page, with its compressed forms. */
export interface SiteFile {
  readonly path: string;
  readonly type: string;
  readonly etag: string;
  readonly immutable: boolean;
  readonly forms: readonly { readonly encoding: string | undefined; readonly file: string; readonly size: number }[];
}

/** The files of the page, exactly: what is not in the list does not exist, whatever stands in the folder later. */
export function siteFiles(folder: string): ReadonlyMap<string, SiteFile> {
  const files = new Map<string, SiteFile>();
  for (const name of list(folder).slice(0, MAX_FILES)) {
    const type = TYPES[extname(name)];
    if (type === undefined) continue;
    const path = join(folder, name);
    const url = `/${relative(folder, path).split(sep).join('/')}`;
    const bytes = readFileSync(path);
    const forms = [
      ...ENCODINGS.flatMap(({ name: encoding, extension }) => {
        const size = statSync(`${path}${extension}`, { throwIfNoEntry: false })?.size;
        return size === undefined ? [] : [{ encoding, file: `${path}${extension}`, size }];
      }),
      { encoding: undefined, file: path, size: bytes.length },
    ];
    const etag = `"${createHash('sha256').update(bytes).digest('base64url').slice(0, 22)}"`;
    files.set(url, { path: url, type, etag, immutable: HASHED.test(url) && type !== TYPES['.html'], forms });
  }
  const index = files.get('/index.html');
  if (index !== undefined) files.set('/', index);
  return files;
}

function list(folder: string): readonly string[] {
  try {
    return readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => relative(folder, join(entry.parentPath, entry.name)))
      .sort();
  } catch {
    // a build without its page: the listener says so
    return [];
  }
}

/** The smallest form that the browser takes (RFC 9110, 12.5.3; `;q=0` is a refusal). */
export function formFor(file: SiteFile, accepts: string | undefined): SiteFile['forms'][number] | undefined {
  const taken = new Set(
    (accepts ?? '')
      .toLowerCase()
      .split(',')
      .map((part) => part.trim())
      .filter((part) => !/;\s*q=0(?:\.0+)?$/.test(part))
      .map((part) => part.replace(/;.*/, '').trim()),
  );
  return file.forms.find(({ encoding }) => encoding === undefined || taken.has(encoding));
}
