import type { FuzzTarget } from '../target.js';
import { apiCalls } from './calls.js';
import { devices } from './devices.js';
import { documents } from './documents.js';
import { files } from './files.js';
import { nfc } from './nfc.js';
import { scannerBytes } from './scanner-bytes.js';
import { tills } from './tills.js';
import { wires } from './wires.js';

/** Everything that takes apart what comes from outside. */
export const TARGETS: readonly FuzzTarget[] = [...scannerBytes, ...devices, ...nfc, ...documents, ...tills, ...wires, ...files, ...apiCalls];
