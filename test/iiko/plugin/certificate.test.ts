// The plugin and a daemon with a certificate that nobody signed.
import { X509Certificate } from 'node:crypto';
import { afterAll, expect, test } from 'vitest';
import { needs } from '../../support/needs.js';
import { selfSigned } from '../../support/self-signed.js';
import { waitFor } from '../../support/wait-for.js';
import { Bench, Yard } from './bench.js';

const yard = new Yard();

afterAll(() => {
  yard.remove();
});
needs('mono')('the iikoFront plugin and a certificate of its own', () => {
  test('the pinned certificate is taken, another one gets neither secret nor card', async () => {
    const made = selfSigned();
    const bench = new Bench(yard, 'V9', { cert: made.cert, key: made.key });
    const fingerprint = new X509Certificate(made.cert).fingerprint256;
    await bench.start({ fingerprint });
    await bench.connected();
    await bench.close();
    const other = new Bench(yard, 'V9', { cert: made.cert, key: made.key });
    await other.start({ fingerprint: 'ab'.repeat(32) });
    await waitFor('the refusal', () => other.plugin.written().includes('no answer to use'));
    expect(other.daemon.calls).toEqual([]);
    await other.close();
  });
});
