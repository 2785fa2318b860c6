export { embed, type EmbeddedBridge, type EmbeddedSink, type EmbedOptions } from './embed/embed.js';
export type { WrittenConfig, WrittenReader, WrittenTill, WrittenTranslator } from './embed/written-config.js';
