import { defineAdapter } from '@tillbridge/plugin';
import { LineTill, type LineTillOptions } from './line-till.js';

export default defineAdapter<LineTillOptions>((context) => new LineTill(context));
