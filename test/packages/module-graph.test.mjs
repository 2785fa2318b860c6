import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { describe, expect, it } from 'vitest';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** Everything that is loaded before the first line of `entry` runs: what is imported on demand does not count. Paths from the repository's root. */
async function loadedWith(entry) {
  const { metafile } = await build({
    absWorkingDir: root,
    entryPoints: [entry],
    bundle: true,
    write: false,
    metafile: true,
    platform: 'node',
    format: 'esm',
    logLevel: 'silent',
    tsconfig: join(root, 'packages/bridge/tsconfig.json'),
    plugins: [packagesOutside],
  });
  const seen = new Set();
  const visit = (path) => {
    if (seen.has(path)) return;
    seen.add(path);
    for (const { path: next, kind } of metafile.inputs[path]?.imports ?? []) if (kind === 'import-statement') visit(next);
  };
  visit(entry);
  return [...seen].map((path) => relative(root, join(root, path)));
}

/** Our own packages by their sources; others are named only. */
const packagesOutside = {
  name: 'packages-outside',
  setup: ({ onResolve }) => {
    onResolve({ filter: /^[^./]/ }, ({ path, kind }) => (kind === 'entry-point' || path.startsWith('@tillbridge/') ? undefined : { path, external: true }));
  },
};

const ofReaders = (paths) => paths.filter((path) => path.startsWith('packages/readers/src/')).map((path) => path.slice('packages/readers/src/'.length));

describe('what is loaded', () => {
  it('the daemon: no family of readers before its configuration names one', async () => {
    const readers = ofReaders(await loadedWith('packages/bridge/src/cli/commands/run.ts'));
    // names and checks of settings, and what all scanners share
    const allowed = /^(?:option-names|nfc-chain|nfc\/chain|profile-schema|profiles\/(?:names|schema|usb-id)|usb|connection)\b/;
    expect(readers.filter((path) => !allowed.test(path))).toEqual([]);
    expect(readers).toContain('usb/twins.ts');
  });

  it.each([
    ['serial', 'serial/serial-reader.ts', /^(?:hid|keyboard|nfc|tcp|learn|profiles\/schema)\b/],
    ['tcp', 'tcp/tcp-reader.ts', /^(?:serial|hid|keyboard|nfc|discovery|usb|profiles|learn)\b/],
    ['hid', 'hid/hid-reader.ts', /^(?:keyboard|nfc|tcp|learn|profiles\/schema)\b/],
    ['keyboard', 'keyboard/keyboard-reader.ts', /^(?:nfc|tcp|learn|profiles\/schema)\b/],
    ['nfc', 'nfc/nfc-reader.ts', /^(?:serial|hid|keyboard|tcp|discovery|usb|profiles|learn)\b/],
  ])('a reader of type %s: itself, and no other family', async (family, own, others) => {
    const loaded = await loadedWith(`packages/readers/src/${family}/index.ts`);
    expect(ofReaders(loaded)).toContain(own);
    expect(ofReaders(loaded).filter((path) => others.test(path))).toEqual([]);
    expect(loaded).not.toContain('zod');
  });

  it('a command that reads no configuration: nothing of what reads one', async () => {
    for (const entry of ['cli/main.ts', 'cli/commands/devices.ts', 'cli/commands/control.ts']) {
      const loaded = await loadedWith(`packages/bridge/src/${entry}`);
      expect(loaded).toContain('packages/core/src/index.ts');
      expect(loaded.filter((path) => /^(?:zod|yaml|fastify|undici)\b|bridge\/src\/config\/(?:schema|load|document)/.test(path))).toEqual([]);
    }
  });
});
