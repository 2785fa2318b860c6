// What the documentation of serialport shows, and most programs for scanners in Node.js are: node serialport-readline.mjs FROM TO
import { ReadlineParser, SerialPort } from 'serialport';

const [from, to] = process.argv.slice(2);
const till = new SerialPort({ path: to, baudRate: 9600 });
const scanner = new SerialPort({ path: from, baudRate: 9600 });
scanner.pipe(new ReadlineParser({ delimiter: '\r' })).on('data', (line) => till.write(`${line}\r`));
let open = 0;
for (const port of [till, scanner]) port.on('open', () => (open += 1) === 2 && console.log('ready'));
