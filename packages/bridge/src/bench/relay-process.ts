// A relay that knows nothing of loyalty, what goods are compared with: from a tty that exists to a PTY of its own.
//   blocking FROM LINK: waits in read(2), the least that there is
//   events FROM LINK: waits in the event loop of Node.js, the least that a program can do which has something else to do as well
import { constants, openSync, readSync, writeSync } from 'node:fs';
import { ReadStream } from 'node:tty';
import { openPty } from '@tillbridge/adapter-device';

// nothing to relay between
if (process.argv.length < 5) process.exit(2);
const [how, from = '', link = ''] = process.argv.slice(2);
const till = await openPty({ link });
const end = (): never => {
  till.close();
  process.exit(0);
};
if (how === 'blocking') {
  const scanner = openSync(from, constants.O_RDWR | constants.O_NOCTTY);
  const buffer = Buffer.alloc(4096);
  writeSync(1, 'ready\n');
  // a signal ends it; the link that stays behind lies in the folder of whoever started it
  for (let count = readSync(scanner, buffer); count > 0; count = readSync(scanner, buffer)) till.write(buffer.subarray(0, count));
  end();
}
process.on('SIGTERM', end);
const scanner = new ReadStream(openSync(from, constants.O_RDWR | constants.O_NOCTTY | constants.O_NONBLOCK));
scanner.on('data', (bytes) => {
  till.write(bytes);
});
scanner.on('error', end);
scanner.on('close', end);
writeSync(1, 'ready\n');
