import { spawnSync } from 'node:child_process';
import { mkdtempSync, copyFileSync, mkdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, onTestFinished, test } from 'vitest';

const bin = fileURLToPath(new URL('../../packages/bridge/bin/tillbridge.cjs', import.meta.url));

/** Runs the bin file with a Node.js that claims to be of another version. */
function runAs(version) {
  const script = `Object.defineProperty(process, 'versions', { value: { ...process.versions, node: ${JSON.stringify(version)} } }); require(${JSON.stringify(bin)});`;
  return spawnSync(process.execPath, ['-e', script], { encoding: 'utf8', timeout: 20_000 });
}

test.each(['12.22.12', '20.20.2', '22.12.0'])('Node %s is told in one line what is needed', (version) => {
  const { status, stdout, stderr } = runAs(version);
  expect(status).toBe(4);
  expect(stdout).toBe('');
  expect(stderr).toMatch(/^TB_NATIVE_NODE_VERSION: .*22\.13.*\n$/);
  expect(stderr).toContain(version);
});

test('a checkout that is not built says so', () => {
  const folder = mkdtempSync(join(tmpdir(), 'tillbridge-bin-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  mkdirSync(join(folder, 'bin'));
  copyFileSync(bin, join(folder, 'bin/tillbridge.cjs'));
  const { status, stderr } = spawnSync(process.execPath, [join(folder, 'bin/tillbridge.cjs')], { encoding: 'utf8', timeout: 20_000 });
  expect(status).toBe(4);
  expect(stderr).toMatch(/^TB_NATIVE_NOT_BUILT: .*\nrun: npm run build\n$/);
});
