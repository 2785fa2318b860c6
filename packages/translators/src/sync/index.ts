export { type FeedImport, type FeedImported, type FeedMapping, type FeedTable } from './card-import.js';
export { Download, type DownloadAuth, type DownloadOptions } from './download.js';
export { feedJob, KOSHELEK_PAIRS, type FeedJobOptions } from './feed-job.js';
export { keysJob, MAX_KEY_SET, type KeyCopy, type KeysJobOptions } from './keys-job.js';
export { osmiJob, type OsmiJobOptions } from './osmi-job.js';
export { SyncRunner, type SyncRunnerOptions } from './runner.js';
export type { SyncDone, SyncStatus, SyncWork } from './work.js';
