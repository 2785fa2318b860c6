import { z } from 'zod';
import { templateText } from '../http/request-schema.js';

/** Lists of a receipt that a body can go through. `line.*` and `coupon` name what is at hand in there. */
export const LISTS = ['lines', 'coupons', 'payments'] as const;
export type ListName = (typeof LISTS)[number];

/**
 * The body of a report as data. Texts are templates as everywhere (`{{receipt.total|number}}`, `{{coupon?}}`); an object with a `$` key is
 * one of these: `{ $each: 'lines', $item: ... }` a list, `{ $if: 'guest.phone', $then: ..., $else: ... }` by whether a value is there,
 * `{ $flag: 'late' }` true or false.
 * In XML a member is an element, a list repeats it, `@name` is an attribute and `#text` the text beside attributes.
 */
export type BodyTemplate =
  | string
  | number
  | boolean
  | null
  | readonly BodyTemplate[]
  | { readonly [name: string]: BodyTemplate };

export const bodyTemplate: z.ZodType<BodyTemplate, BodyTemplate> = z.lazy(() =>
  z.union([templateText, z.number(), z.boolean(), z.null(), z.array(bodyTemplate).max(100), z.record(z.string().max(200), bodyTemplate)]),
);
