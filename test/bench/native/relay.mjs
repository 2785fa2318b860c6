// The least that Node.js can do between two ttys, for orientation: node relay.mjs FROM TO
import { constants, openSync, writeSync } from 'node:fs';
import { ReadStream } from 'node:tty';

const [from, to] = process.argv.slice(2);
const out = openSync(to, constants.O_WRONLY | constants.O_NOCTTY);
new ReadStream(openSync(from, constants.O_RDWR | constants.O_NOCTTY | constants.O_NONBLOCK)).on('data', (bytes) => writeSync(out, bytes));
console.log('ready');
