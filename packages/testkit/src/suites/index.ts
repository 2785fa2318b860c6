export { describeAdapter, type AdapterFixture, type MakeAdapter } from './adapter.js';
export { describeTranslator, type TranslatorFixture } from './translator.js';
export { describeJournal, type JournalFixture } from './journal.js';
export { describeReader, type ReaderDevice, type ReaderFixture, type ReaderTraits } from './reader.js';
export { RecordingSink, type SinkCall } from './recording-sink.js';
export { describePreset, type PresetCase, type PresetSite, type PresetSuite } from './preset.js';
