export { openStateFolder, stateFolderAt, type StateFolder } from './state-folder.js';
export { lockHolder, lockState, type LockHolder, type StateLock } from './state-lock.js';
export { controlSocketPath } from './control-socket-path.js';
export { replaceFile, replaceFileLater } from './atomic-file.js';
export { CertificatePinFile } from './certificate-pins.js';
export { readKeyFile } from './key-file.js';
