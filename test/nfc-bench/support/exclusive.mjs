// A program that signs: waits until a reader has a card and connects to it EXCLUSIVEly. Prints what came of it.
//   node exclusive.mjs FOLDER-OF-PACKAGES PART-OF-READER-NAME
import { createRequire } from 'node:module';
import { join } from 'node:path';

const [folder, part] = process.argv.slice(2);
const { Client, CardMode, CardDisposition, ReaderStatus } = createRequire(join(folder, 'package.json'))('pcsc-mini');
const client = new Client();
client.on('error', (error) => console.log(`refused: ${error.message}`));
client.on('reader', (reader) => {
  if (!reader.name().includes(part)) return;
  reader.on('change', async (status) => {
    if (!status.has(ReaderStatus.PRESENT)) return;
    try {
      const card = await reader.connect(CardMode.EXCLUSIVE);
      await card.disconnect(CardDisposition.LEAVE);
      console.log('taken');
    } catch (error) {
      console.log(`refused: ${error.code} ${error.message}`);
    }
  });
});
client.start();
process.stdin.resume();
