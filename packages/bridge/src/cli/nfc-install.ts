import { nativeFolder } from '../daemon/native-folders.js';

/** The one command that brings an NFC package without a compiler, to a place that is found however Tillbridge was installed. */
export function nfcInstallCommand(statePath: string): string {
  return `npm install --prefix ${nativeFolder(statePath)} pcsc-mini`;
}
