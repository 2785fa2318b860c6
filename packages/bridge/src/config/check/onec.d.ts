import { type Finding } from '../problem.js';
import { type Outline } from './outline.js';
/** Where drivers of 1C connect to unless `listen` says otherwise; the schema's default. */
export declare const DEFAULT_LISTEN = "127.0.0.1:7844";
/** What the schema cannot see of 1C tills. */
export declare function checkOnec({ tills }: Outline): readonly Finding[];
