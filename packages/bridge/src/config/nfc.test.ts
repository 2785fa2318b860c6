import { generateKeyPairSync } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { lines, load, withLines } from './test-support.js';

const pem = (curve: string): Uint8Array => Buffer.from(generateKeyPairSync('ec', { namedCurve: curve }).privateKey.export({ type: 'pkcs8', format: 'pem' }));
const good = pem('prime256v1');
const readFile = (path: string): Uint8Array => (path.endsWith('good.pem') ? good : path.endsWith('curve.pem') ? pem('secp384r1') : path.endsWith('sector') ? Buffer.from('A1B2C3D4E5F6') : Buffer.from('not a key'));
const nfc = (rest = ''): string => `  - { id: tap, type: nfc${rest === '' ? '' : `, ${rest}`} }`;
const problems = (readers: string): readonly string[] => lines(withLines({ readers }), { readFile });

describe('contactless readers', () => {
  it('need nothing but their type; what no code claims is rejected', () => {
    const [reader] = load(withLines({ readers: nfc() })).config.readers;
    expect(reader).toMatchObject({ type: 'nfc', backend: 'auto', unmatched: 'reject', read: ['hce', 'vas', 'smarttap', 'ndef', 'sector', 'uid'] });
  });

  it('take the settings of the manual', () => {
    expect(problems(nfc('match: { name: "WalletMate" }, read: [hce, vas, smarttap, ndef, uid], uid: { format: dec10, byteOrder: reversed }, unmatched: reject'))).toEqual([]);
    const wallets = 'vas: { passes: [{ id: pass.com.example.loyalty, secrets: { keys: ["${file:good.pem}"] } }] }, smarttap: { collectorId: 42, keys: [{ version: 1, secrets: { key: "${file:good.pem}" } }] }';
    expect(problems(nfc(`${wallets}, sector: { block: 4, secrets: { key: "\${file:sector}" } }, hce: { aids: ["F054494C4C3031"] }`))).toEqual([]);
  });

  it.each([
    ['a key in line', 'vas: { passes: [{ id: pass.x.y, secrets: { keys: [abc] } }] }', 'readers[0].vas.passes[0].secrets.keys[0]: a secret does not stand in this file'],
    ['a file that is no key', 'vas: { passes: [{ id: pass.x.y, secrets: { keys: ["${file:good.pem}", "${file:x}"] } }] }', 'readers[0].vas.passes[0].secrets: vas.passes[0].secrets.keys[1]: this is not a usable private key'],
    ['a key on another curve', 'smarttap: { collectorId: 1, keys: [{ version: 1, secrets: { key: "${file:curve.pem}" } }] }', 'readers[0].smarttap.keys[0].secrets: smarttap.keys[0].secrets.key: this is not a usable private key'],
    ['a block that holds keys', 'sector: { block: 7, secrets: { key: "${file:sector}" } }', 'readers[0].sector.block: NFC setting sector.block'],
    ['a rule that gives nothing', 'uid: { format: "3+5", take: 4 }', 'readers[0].uid.take: NFC setting uid.take'],
    ['an expression that takes for ever', 'uid: { extract: "^(a+)+$" }', 'readers[0].uid.extract: '],
    ['a way that is none', 'read: [hec]', 'readers[0].read[0]: unknown value `hec`; did you mean `hce`?'],
  ])('%s is refused at its place', (_name, rest, problem) => {
    const found = problems(nfc(rest));
    expect(found.join('\n')).toContain(problem);
    expect(found.join('\n')).not.toContain('not a key\n');
  });

  it('two of them must not read the same cards', () => {
    expect(problems('  - { id: a, type: nfc, match: { name: ACR122U } }\n  - { id: b, type: nfc, match: { name: acr122 } }')).toEqual([expect.stringContaining('could read the same cards as readers[0]')]);
    expect(problems('  - { id: a, type: nfc, match: { name: ACR122U } }\n  - { id: b, type: nfc }')).toHaveLength(1);
    expect(problems('  - { id: a, type: nfc, match: { name: ACR122U } }\n  - { id: b, type: nfc, match: { name: WalletMate } }')).toEqual([]);
  });
});
