import type { TillProfile } from './profile.js';

// What is known of cashier programs that take typed numbers. A program that is not here needs no profile: every key can be written into the
// configuration. A guess is marked `assumed`: it is shown by doctor and the manual, and never applied by itself.

const PROCESS_1C = '1C:ITS, administrator\'s guide, "Starting 1C:Enterprise": 1cv8c is the thin client, 1cv8 the thick one, on Windows and Linux';
const ENTER = 'scanners in keyboard mode end a read with Enter unless told otherwise (manuals of Honeywell, Zebra, Datalogic)';

export const TILL_PROFILES: readonly TillProfile[] = [
  {
    name: 'generic',
    title: 'Any program that takes a scanner in keyboard mode',
    systems: ['windows', 'linux'],
    suffix: { value: 'CR', certainty: 'documented', source: ENTER },
    goods: { value: 'keyboard', certainty: 'documented', source: 'keys of a captured scanner are played again as they were' },
  },
  {
    name: '1c',
    title: '1C:Enterprise 8, thin client',
    systems: ['windows', 'linux'],
    window: { value: { process: '1cv8c' }, certainty: 'documented', source: PROCESS_1C },
    suffix: { value: 'CR', certainty: 'documented', source: '1C:Equipment library, legacy scanner component: port 0 is the keyboard, suffix #13' },
    goods: { value: 'driver', certainty: 'documented', source: 'a driver of the equipment library gets the bytes; typed GS is lost in 1C\'s fields' },
    better: 'adapter: 1c, transport: addin',
  },
  {
    name: '1c-thick',
    title: '1C:Enterprise 8, thick client',
    systems: ['windows', 'linux'],
    window: { value: { process: '1cv8' }, certainty: 'documented', source: PROCESS_1C },
    suffix: { value: 'CR', certainty: 'documented', source: '1C:Equipment library, legacy scanner component: port 0 is the keyboard, suffix #13' },
    goods: { value: 'driver', certainty: 'documented', source: 'a driver of the equipment library gets the bytes; typed GS is lost in 1C\'s fields' },
    better: 'adapter: 1c, transport: addin',
  },
  {
    name: 'iiko-front',
    title: 'iikoFront (Syrve POS)',
    systems: ['windows'],
    window: { value: { process: 'iikoFront.Net' }, certainty: 'assumed', source: 'name of the program file in public support threads; look it up at the till' },
    suffix: { value: 'CR', certainty: 'assumed', source: ENTER },
    goods: { value: 'keyboard', certainty: 'documented', source: 'iiko Front API, CardInputDialog: cards come from Keyboard, Msr or Scanner' },
    better: 'adapter: iiko, transport: front',
  },
  {
    name: 'rkeeper-7',
    title: 'r_keeper 7 station',
    systems: ['windows'],
    window: { value: { process: 'wincash' }, certainty: 'assumed', source: 'file name of the station as public guides name it; look it up at the till' },
    suffix: { value: 'CR', certainty: 'documented', source: 'r_keeper documentation, MCR track formats: terminator Enter (13)' },
    goods: { value: 'serial', certainty: 'documented', source: 'r_keeper documentation, readers: COM readers with their own device identifier' },
    better: 'adapter: rkeeper, transport: xml or device',
  },
  {
    name: 'rkeeper-6',
    title: 'r_keeper 6 station',
    systems: ['windows'],
    mode: { value: 'vk', certainty: 'assumed', source: 'the station reads the keyboard port by scan codes' },
    suffix: { value: 'CR', certainty: 'documented', source: 'r_keeper documentation, MCR track formats: terminator Enter (13)' },
    prefix: { value: ';', certainty: 'assumed', source: 'docs.rkeeper.ru, barcode.dll: a PS/2 or USB scanner needs a programmed prefix; which one is a setting of the station' },
    goods: { value: 'serial', certainty: 'documented', source: 'docs.rkeeper.ru, barcode.dll: a scanner on RS-232 needs no prefix' },
  },
  {
    name: 'frontol',
    title: 'Frontol 5 and 6',
    systems: ['windows'],
    window: { value: { process: 'Frontol' }, certainty: 'assumed', source: 'name of the product\'s program file; look it up at the till' },
    suffix: { value: 'CR', certainty: 'assumed', source: ENTER },
    goods: { value: 'serial', certainty: 'assumed', source: 'scanners of marked goods are connected as a COM port at most shops' },
  },
  {
    name: 'set-retail',
    title: 'Set Retail 10',
    systems: ['linux'],
    window: { value: { process: 'java' }, certainty: 'assumed', source: 'the till is a Java program; another Java program would fit too' },
    suffix: { value: 'CR', certainty: 'assumed', source: ENTER },
    goods: { value: 'serial', certainty: 'assumed', source: 'scanners of marked goods are connected as a COM port at most shops' },
  },
  {
    name: 'artix',
    title: 'Artix',
    systems: ['linux'],
    window: { value: { process: 'artix-gui' }, certainty: 'assumed', source: 'a guess from the names of its packages; look it up at the till' },
    suffix: { value: 'CR', certainty: 'assumed', source: ENTER },
    goods: { value: 'serial', certainty: 'assumed', source: 'scanners of marked goods are connected as a COM port at most shops' },
  },
];
