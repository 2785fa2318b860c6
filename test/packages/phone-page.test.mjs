import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { root } from '../../scripts/packages.mjs';

const folder = join(root, 'packages/bridge/dist/phone');
const names = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
const plain = names.filter((name) => !/\.(?:br|gz)$/.test(name));

describe('the built page for phones', () => {
  it('is at most 1.3 MB, all of it, and a third of that as it is sent', () => {
    const bytes = (all) => all.reduce((sum, name) => sum + statSync(name).size, 0);
    expect(bytes(plain)).toBeLessThanOrEqual(1_300_000);
    expect(bytes(names.filter((name) => name.endsWith('.br') || name.endsWith('.png')))).toBeLessThanOrEqual(433_000);
  });

  it('stands there compressed too, byte for byte the same', () => {
    for (const name of plain.filter((each) => !each.endsWith('.png'))) {
      const bytes = readFileSync(name);
      expect(gunzipSync(readFileSync(`${name}.gz`)).equals(bytes), name).toBe(true);
      expect(brotliDecompressSync(readFileSync(`${name}.br`)).equals(bytes), name).toBe(true);
    }
  });

  it('keeps to its policy: nothing in line, nothing from elsewhere, and every file that it names is there', () => {
    const page = readFileSync(join(folder, 'index.html'), 'utf8');
    expect(page).not.toMatch(/<style|\sstyle=|\son[a-z]+=|javascript:|<script(?![^>]*\ssrc=)/i);
    const named = [...page.matchAll(/(?:src|href)="([^"]+)"/g)].map(([, path]) => path).filter((path) => path !== '/trust');
    expect(named.length).toBeGreaterThan(4);
    for (const path of named) expect(statSync(join(folder, path)).isFile(), path).toBe(true);
    const [worker] = readdirSync(join(folder, 'assets')).filter((name) => /^worker-.*\.js$/.test(name));
    expect(readFileSync(join(folder, 'assets', worker), 'utf8')).toMatch(/\/assets\/zxing_reader-[0-9a-f]{12}\.wasm/);
  });
});
