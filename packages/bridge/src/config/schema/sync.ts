import { z } from 'zod';
import { filePath, id, ms, says, secret } from './common.js';

const MINUTE = 60_000;

const httpUrl = z
  .string()
  .max(2000)
  .refine((text) => URL.canParse(text) && /^https?:$/.test(new URL(text).protocol), says('badUrl'))
  .refine((text) => !URL.canParse(text) || (new URL(text).username === '' && new URL(text).password === ''), says('urlCredentials'))
  .meta({ pattern: '^https?://' });

const headerName = z.string().regex(/^[A-Za-z0-9!#$%&'*+.^_`|~-]{1,100}$/);

/** How a server that only hands documents out is reached. */
export const documentSource = {
  url: httpUrl.describe('Address of the document; https unless it is this machine or `allowInsecureLan` is true.'),
  allowInsecureLan: z.boolean().default(false).describe('true: http without TLS to an address of the local network. What is fetched can be read and changed there.'),
  caFile: filePath.exactOptional().describe('PEM certificates of who may sign the server\'s certificate, beside the well-known ones.'),
  user: z.string().min(1).max(200).exactOptional().describe('User name; its password is `secrets.password` (HTTP Basic).'),
  header: headerName.exactOptional().describe('Header that carries `secrets.token`; default `Authorization: Bearer`.'),
  secrets: z
    .strictObject({ password: secret.exactOptional().describe('Password of `user`.'), token: secret.exactOptional().describe('Token or key.') })
    .default({})
    .describe('Either `password` with `user`, or `token`; as ${env:NAME} or ${file:PATH}.'),
} as const;

const path = z.string().max(300).regex(/^[\w-]+(\.[\w-]+){0,7}$/, says('badMemberPath'));

const columns = z.strictObject({
  code: path.describe('What the guest shows.'),
  card: path.describe('The native number.'),
  kind: path.exactOptional().describe('card, coupon or phone; default card.'),
  state: path.exactOptional().describe('active, inactive or blocked; default active.'),
  expires: path.exactOptional().describe('ISO 8601; default never.'),
});

const rhythm = {
  everyMs: ms(MINUTE, 7 * 24 * 60 * MINUTE).default(15 * MINUTE).describe('Milliseconds between two runs, shifted by up to a tenth (60000 to 604800000).'),
  timeoutMs: ms(1000, 4 * 60 * MINUTE).default(10 * MINUTE).describe('Time of one run, in ms.'),
  keepShare: z.number().min(0).max(1).default(0.5).describe('Fewer cards than this share of the last ones refuse the new ones; 0 takes everything.'),
} as const;

const fullHour = z.int().min(0).max(23).default(3).describe('Hour of the local day in which everything is taken anew (0 to 23).');

const feed = z.strictObject({
  id: id.describe('Name of this feed; it keeps its own rows of the card table alone.'),
  type: z.literal('feed').describe('Cards from a file at an address: CSV or JSON Lines as for `tillbridge cards import`, or a JSON document.'),
  ...documentSource,
  format: z.enum(['auto', 'csv', 'jsonl', 'json']).default('auto').describe('auto: CSV or JSON Lines, by its beginning. json: one document, with `columns`.'),
  rows: z.union([z.literal(''), path]).default('').describe('Of a JSON document: where its list is; empty: the document is the list.'),
  columns: columns.exactOptional().describe('Of a JSON document: where the columns are in each row, as dotted paths.'),
  maxBytes: z.int().min(1024).max(4_294_967_296).default(1_073_741_824).describe('Longest document, in bytes; of a JSON document at most 67108864.'),
  ...rhythm,
  fullHour,
});

const koshelek = z.strictObject({
  id: id.describe('Name of this feed; it keeps its own rows of the card table alone.'),
  type: z.literal('koshelek').describe('Pairs of barcode and card number of the Koshelek wallet: an export of the retailer in the shape of its Loyalty Online API, {"cards":[{"card":{...}}]}.'),
  ...documentSource,
  maxBytes: z.int().min(1024).max(67_108_864).default(67_108_864).describe('Longest document, in bytes.'),
  ...rhythm,
  fullHour,
});

const osmi = z.strictObject({
  id: id.describe('Name of this index; it keeps its own rows of the card table alone.'),
  type: z.literal('osmi').describe('The passes of OSMI Cards by what their barcodes say: the API has no such search, so its pages are walked.'),
  baseUrl: httpUrl.default('https://api.osmicards.com/v2').describe('Address of the API.'),
  allowInsecureLan: documentSource.allowInsecureLan,
  caFile: documentSource.caFile,
  secrets: z.strictObject({ id: secret.describe('API id of OSMI Cards.'), key: secret.describe('API key of OSMI Cards.') }).describe('API id and API key, as ${env:NAME} or ${file:PATH}.'),
  number: z.string().min(1).max(300).default('serialNo').describe('Where the card\'s number stands in a pass: serialNo, or the field with a label: values[label=Card number].value.'),
  template: z.string().min(1).max(200).exactOptional().describe('Only passes of this template.'),
  maxPages: z.int().min(1).max(100_000).default(10_000).describe('Pages of one run at most; more are an error.'),
  ...rhythm,
  fullHour,
});

export const syncJob = z.discriminatedUnion('type', [feed, koshelek, osmi]);
