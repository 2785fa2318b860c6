import { z } from 'zod';

/**
 * What we read of iikoCloud's answers, by its published OpenAPI document (component names of 9.7.5.2). Unknown fields are left alone: the
 * service adds some without notice.
 */
const id = z.guid();
const text = z.string().max(4096);
const orNull = <T extends z.ZodType>(schema: T) => schema.nullish().transform((value) => value ?? undefined);
const list = <T extends z.ZodType>(schema: T) => z.array(schema).max(2000);

export const organizationsAnswer = z.object({ organizations: list(z.object({ id, name: orNull(text) })) });
export type Organization = z.output<typeof organizationsAnswer>['organizations'][number];

const group = z.object({ id, name: text, posVersion: orNull(text) });
const groups = list(z.object({ organizationId: id, items: list(group) }));
export const terminalGroupsAnswer = z.object({ terminalGroups: groups, terminalGroupsInSleep: orNull(groups) });
export type TerminalGroup = z.output<typeof group>;

export const isAliveAnswer = z.object({ isAliveStatus: list(z.object({ terminalGroupId: id, isAlive: z.boolean() })) });

export const guestAnswer = z.object({
  id,
  name: orNull(text),
  surname: orNull(text),
  phone: orNull(text),
  isDeleted: orNull(z.boolean()),
  anonymized: orNull(z.boolean()),
});
export type CloudGuest = z.output<typeof guestAnswer>;

export const couponsAnswer = z.object({
  couponInfo: orNull(list(z.object({ number: orNull(text), whenActivated: orNull(text), isDeleted: orNull(z.boolean()) }))),
});

export const queuedAnswer = z.object({ correlationId: id });

export const statusAnswer = z.discriminatedUnion('state', [
  z.object({ state: z.literal('InProgress') }),
  z.object({ state: z.literal('Success') }),
  z.object({ state: z.literal('Error'), errorReason: orNull(text) }),
]);

const order = z.object({
  status: z.enum(['New', 'Bill', 'Closed', 'Deleted']),
  customer: orNull(z.object({ id: orNull(id), name: orNull(text) })),
  phone: orNull(text),
  externalData: orNull(list(z.object({ key: text, value: text }))),
});
export const ordersAnswer = z.object({
  orders: list(
    z.object({
      id,
      posId: orNull(id),
      creationStatus: z.enum(['Success', 'InProgress', 'Error']),
      order: orNull(order),
    }),
  ),
});
/** One order as the cloud shows it. */
export type CloudOrder = z.output<typeof order> & { readonly id: string };
