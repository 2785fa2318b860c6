// What is in the built files: symbols, imports, calling conventions, the ZIP.
import { mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { unzipSync } from 'fflate';
import { beforeAll, expect, test } from 'vitest';
import { needs } from '../../support/needs.js';
import { tempFolder } from '../../support/temp-folder.js';
import { addin, driver, root, run } from './support/built.js';

/** Three compilers on a busy machine. */
const BUILDING_MS = 300_000;
const EXPORTS = ['DestroyObject', 'GetAttachType', 'GetClassNames', 'GetClassObject', 'SetPlatformCapabilities'];
const sorted = (texts: Iterable<string>): string[] => [...new Set(texts)].sort();

/** The version as a number that compares: 2.3.4 -> 2003004. */
const rank = (version: string): number => version.split('.').reduce((total, part, at) => total + Number(part) * 1000 ** (2 - at), 0);

needs('gcc')('the driver for 1C: the library for Linux', () => {
  beforeAll(() => void driver('linux64'), BUILDING_MS);

  test('asks for no glibc newer than 2.17, and finds threads where old systems keep them', () => {
    const symbols = run('objdump', ['-T', driver('linux64')]);
    const versions = sorted([...symbols.matchAll(/\(?GLIBC_([\d.]+)\)?/g)].map((match) => match[1] ?? ''));
    expect(versions).not.toEqual([]);
    expect(versions.filter((version) => rank(version) > rank('2.17'))).toEqual([]);
    const needed = [...run('readelf', ['-d', driver('linux64')]).matchAll(/NEEDED.*\[(.*)\]/g)].map((match) => match[1] ?? '');
    expect(sorted(needed)).toEqual(['libc.so.6', 'libdl.so.2', 'libpthread.so.0']);
  });

  test('exports what 1C looks for, and nothing else', () => {
    const exported = [...run('nm', ['-D', '--defined-only', driver('linux64')]).matchAll(/ T (\S+)$/gm)].map((match) => match[1] ?? '');
    expect(sorted(exported)).toEqual(EXPORTS);
  });
});

needs('gcc', 'mingw')('the driver for 1C: the libraries for Windows and the ZIP', () => {
  beforeAll(() => {
    driver('linux64');
    driver('windows64');
    driver('windows32', { symbols: true });
  }, BUILDING_MS);

  test.each([
    ['windows64', 'x86_64-w64-mingw32-objdump', 'pei-x86-64'],
    ['windows32', 'i686-w64-mingw32-objdump', 'pei-i386'],
  ] as const)('%s exports undecorated names and needs only what every Windows has', (target, objdump, format) => {
    // one build of each serves all suites: the 32-bit one with its symbols
    const text = run(objdump, ['-p', driver(target, { symbols: target === 'windows32' })]);
    expect(text).toContain(format);
    expect([...text.matchAll(/^\s*\[ *\d+\] (?:\+base\[ *\d+\] +[0-9a-f]+ )?([A-Za-z]\w*)$/gm)].map((match) => match[1])).toEqual(EXPORTS);
    expect(sorted([...text.matchAll(/DLL Name: (\S+)/g)].map((match) => (match[1] ?? '').toLowerCase()))).toEqual(['kernel32.dll', 'msvcrt.dll', 'ws2_32.dll']);
  });

  // there is no 32-bit wine to run it in: what the compiler made of each method is looked at instead
  test('on x86 every method of the tables takes its parameters off the stack, as 1C expects', () => {
    const symbols = run('i686-w64-mingw32-nm', [driver('windows32', { symbols: true })]);
    const bytes = { init: 8, set_memory: 8, info: 4, done: 4, register_as: 8, no_properties: 4, find_property: 8, property_name: 12, no_property: 12, no_access: 8, method_count: 4, find_method: 8, method_name: 12, parameter_count: 8, default_value: 16, has_result: 8, call_procedure: 16, call_function: 20, set_locale: 8, set_interface_language: 8 };
    for (const [name, count] of Object.entries(bytes)) expect(symbols).toContain(` _${name}@${String(count)}\n`);
    for (const name of EXPORTS) expect(symbols).toMatch(new RegExp(` T _${name}$`, 'm'));
  });

  test('the ZIP: manifest, description, three libraries; the same bytes wherever and whenever it is built', () => {
    // the libraries to compare with were built by other runs in other folders
    const out = join(tempFolder(), 'another place');
    mkdirSync(out);
    run('env', ['TZ=Asia/Kamchatka', process.execPath, join(addin, 'build.mjs'), '--out', out]);
    const { version } = JSON.parse(readFileSync(join(root, 'packages/adapter-1c/package.json'), 'utf8')) as { version: string };
    const name = `Tillbridge_${version}.zip`;
    expect(readdirSync(out).filter((file) => file.endsWith('.zip'))).toEqual([name]);
    const zip = readFileSync(join(out, name));
    // the first entry's time, in the format of DOS: 2000-01-01 00:00:00 whatever the zone
    expect([zip.readUInt16LE(10), zip.readUInt16LE(12)]).toEqual([0, (20 << 9) | (1 << 5) | 1]);
    const files = Object.fromEntries(Object.entries(unzipSync(zip)).map(([name, bytes]) => [name, Buffer.from(bytes)]));
    const libraries = (['linux64', 'windows64'] as const).map((target) => driver(target));
    const last = basename(libraries[1]!).replace('win64', 'win32');
    expect(Object.keys(files)).toEqual(['MANIFEST.XML', 'INFO.XML', ...libraries.map((path) => basename(path)), last]);
    for (const path of libraries) expect(files[basename(path)]?.equals(readFileSync(path)), path).toBe(true);
    const components = [...(files['MANIFEST.XML']?.toString() ?? '').matchAll(/<component os="(\w+)" path="(\S+)" type="native" arch="(\w+)"\/>/g)].map((match) => match.slice(1));
    expect(components).toEqual([['Linux', basename(libraries[0]!), 'x86_64'], ['Windows', basename(libraries[1]!), 'x86_64'], ['Windows', last, 'i386']]);
    expect(files['MANIFEST.XML']?.toString()).toContain('<bundle xmlns="http://v8.1c.ru/8.2/addin/bundle"');
    expect(files['INFO.XML']?.toString()).toMatch(/<drivers>\s*<component progid="AddIn.Tillbridge" type="СканерШтрихкода" name="[^"]+" version="\d+\.\d+\.\d+\.0"\/>\s*<\/drivers>/);
    // no folder of the machine that built it
    for (const [file, bytes] of Object.entries(files)) expect(bytes.includes(root), file).toBe(false);
  }, BUILDING_MS);
});
