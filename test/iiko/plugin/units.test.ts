import { execFileSync, spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { needs } from '../../support/needs.js';
import { makeTempFolder } from '../../support/temp-folder.js';
import { compileUnits, PLUGIN_FOLDER } from './build.js';

needs('mono')('the iikoFront plugin compiles', () => {
  const temp = makeTempFolder();
  afterAll(temp.remove);

  test.each(['V8', 'V9', 'V10'])('for API %s against the clean-room interface, without a warning', (api) => {
    const said = execFileSync('sh', [join(PLUGIN_FOLDER, 'build.sh'), '--stub', '--api', api, '--out', join(temp.path, api)], { encoding: 'utf8' });
    expect(said).toContain('not for a till');
  });

  test('the folder for the till: its manifest names the version and the licence module that it was built for', () => {
    const out = join(temp.path, 'till');
    const contract = join(temp.path, 'V9', 'stub', 'Resto.Front.Api.V9.dll');
    execFileSync('sh', [join(PLUGIN_FOLDER, 'build.sh'), '--contract', contract, '--api', 'V9', '--module', '21005108', '--out', out]);
    const manifest = readFileSync(join(out, 'Manifest.xml'), 'utf8');
    expect(manifest).toContain('<ApiVersion>V9</ApiVersion>');
    expect(manifest).toContain('<LicenseModuleId>21005108</LicenseModuleId>');
    expect(manifest).toContain('<TypeName>Tillbridge.Iiko.Plugin</TypeName>');
    const dll = readFileSync(join(out, 'Tillbridge.Iiko.Front.dll'));
    // the argument of the licence attribute, little-endian: iikoFront compares it with the manifest
    const id = Buffer.alloc(4);
    id.writeUInt32LE(21_005_108);
    expect(dll.includes(id)).toBe(true);
  });

  test('the version that it says is the one of the package', () => {
    const { version } = JSON.parse(readFileSync(join(PLUGIN_FOLDER, '..', 'package.json'), 'utf8')) as { version: string };
    expect(readFileSync(join(PLUGIN_FOLDER, 'vendor', 'BuildFacts.cs'), 'utf8')).toContain(`Version = "${version}"`);
    expect(readFileSync(join(PLUGIN_FOLDER, 'Tillbridge.Iiko.Front.csproj'), 'utf8')).toContain(`<PluginVersion>${version}</PluginVersion>`);
  });

  test('only the folder vendor knows the vendor', () => {
    const { stdout } = spawnSync('grep', ['-rl', 'Resto.Front', PLUGIN_FOLDER, '--include=*.cs'], { encoding: 'utf8' });
    const folders = new Set(stdout.trim().split('\n').map((path) => path.slice(PLUGIN_FOLDER.length + 1).split('/')[0]));
    expect([...folders].sort()).toEqual(['stub', 'vendor']);
  });
});

needs('mono')('the logic of the iikoFront plugin, under mono', () => {
  const temp = makeTempFolder();
  afterAll(temp.remove);
  const { stdout, stderr, status } = spawnSync('mono', [compileUnits(temp.path)], { encoding: 'utf8', timeout: 300_000 });
  const lines = stdout.split('\n');

  test('ran to its end', () => {
    expect({ status, stderr, end: lines.at(-2) }).toEqual({ status: 0, stderr: '', end: expect.stringMatching(/^done \d{2,}$/) as string });
  });

  test.each(lines.filter((line) => /^(not )?ok /.test(line)))('%s', (line) => {
    expect(line).toMatch(/^ok /);
  });
});
