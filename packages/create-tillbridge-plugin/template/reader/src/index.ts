import { defineReader } from '@tillbridge/plugin';
import { LineReader, type LineReaderOptions } from './line-reader.js';

export default defineReader<LineReaderOptions>((context) => new LineReader(context));
