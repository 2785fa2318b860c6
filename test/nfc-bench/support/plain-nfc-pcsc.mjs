// nfc-pcsc used as its page shows it: it connects to every card in every reader and holds it.
//   node plain-nfc-pcsc.mjs FOLDER-OF-PACKAGES PART-OF-READER-NAME
import { createRequire } from 'node:module';
import { join } from 'node:path';

const [folder, part] = process.argv.slice(2);
const { NFC } = createRequire(join(folder, 'package.json'))('nfc-pcsc');
const nfc = new NFC();
nfc.on('error', () => undefined);
nfc.on('reader', (reader) => {
  reader.autoProcessing = false;
  reader.on('error', () => undefined);
  reader.on('card', () => {
    if (reader.name.includes(part)) console.log(`holding ${reader.name}`);
  });
});
process.stdin.resume();
