import { makeCertificate, type MadeCertificate } from '@tillbridge/testkit/rkeeper';

/** A new key and a certificate for `localhost` and 127.0.0.1, both PEM, valid for a day: no key lies in the repository. */
export function selfSigned(name = 'localhost', key: 'ec' | 'rsa1024' = 'ec'): MadeCertificate {
  return makeCertificate({ name, key, wall: Date.now() });
}
