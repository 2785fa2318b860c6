import { z } from 'zod';

const code = z.string().min(1).max(100);

/** The bodies of the control calls. */
export const onecBodies = {
  form: z.strictObject({ form: z.enum(['product', 'card']) }),
  /** What is left out stays as it is. */
  workplace: z.strictObject({
    busy: z.boolean().exactOptional(),
    full: z.boolean().exactOptional(),
    inputAvailable: z.boolean().exactOptional(),
    extension: z.enum(['truth', 'silence', 'rejected']).exactOptional(),
  }),
  card: z.strictObject({
    barcode: code,
    magnetic: code.exactOptional(),
    owner: z.string().max(100).default('Гость'),
    kind: z.string().min(1).max(100).default('Бонусная'),
    deleted: z.boolean().default(false),
  }),
  cardName: z.strictObject({ barcode: code }),
  /** What is left out is off. */
  odata: z.strictObject({
    answer: z.enum(['normal', 'error500', 'errorXml', 'garbage', 'html', 'silent', 'huge', 'hangUp']).default('normal'),
    latencyMs: z.int().min(0).max(600_000).default(0),
    unpublished: z.boolean().default(false),
  }),
};
