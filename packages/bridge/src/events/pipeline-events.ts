import { elapsed, healthOf, instant, maskText, type Clock, type GoodsRead, type NumberKind, type OutcomeEvent, type PartState, type Pipeline, type Scan, type Unsubscribe, type EventBody, type GoodsBody, type OutcomeBody, type PartBody, type ScanBody } from '@tillbridge/core';
import type { EventHub } from './event-hub.js';
import type { NewEvent } from './event-ring.js';
import { scopeOf } from './visible.js';

/** About what an event without bytes of its own takes. */
const WEIGHT = 400;
/** How long goods mean anything, in ms: an old product must not fall into a later sale. */
export const GOODS_KEEP_MS = 2000;

export interface PublishOptions {
  /** The till's adapter gives its goods to the hub itself. */
  readonly servesGoods: (till: string) => boolean;
  /** Whether anybody may read goods, now or when he comes back: else they are not kept. Default: yes. */
  readonly goodsAreRead?: () => boolean;
}

/** Puts everything that the pipeline tells into the hub. */
export function publishPipeline(pipeline: Pipeline, hub: EventHub, clock: Clock, { servesGoods, goodsAreRead = () => true }: PublishOptions): Unsubscribe {
  const ends = [
    pipeline.on('scan', ({ scan, kind, rule, till }) => {
      if (kind !== 'goods' && till !== undefined) hub.publish(plainEvent(scanBody(scan, kind, rule, till)));
    }),
    pipeline.on('outcome', (event) => void hub.publish(plainEvent(outcomeBody(event)))),
    pipeline.on('goods', ({ read, till }) => {
      if (!servesGoods(till) && goodsAreRead()) hub.publish(goodsEvent(read, till, clock, GOODS_KEEP_MS));
    }),
    pipeline.on('reader', ({ id, state, hint }) => void hub.publish(plainEvent({ ...partBody('reader', id, state), ...(hint === undefined ? {} : { hint }) }))),
    pipeline.on('till', ({ id, state }) => void hub.publish(plainEvent(partBody('till', id, state)))),
  ];
  return () => {
    for (const end of ends) end();
  };
}

export function plainEvent(body: EventBody): NewEvent {
  return { scope: scopeOf(body), body: () => body, weight: WEIGHT };
}

/** Goods are given again for `keepMs` at most. */
export function goodsEvent(read: GoodsRead, till: string, clock: Clock, keepMs: number): NewEvent {
  const at = instant(clock);
  return {
    scope: 'goods:read',
    body: () => goodsBody(read, till),
    // hexadecimal, and the text with its escapes
    weight: WEIGHT + 4 * (read.bytes.length + read.terminator.length),
    alive: () => elapsed(clock, at) <= keepMs,
    fresh: { at, ms: keepMs },
  };
}

function scanBody(scan: Scan, kind: NumberKind, rule: string | undefined, till: string): ScanBody {
  return {
    type: 'scan',
    scanId: scan.id,
    reader: scan.reader,
    till,
    kind,
    rule: rule ?? null,
    code: maskText(scan.text),
    symbology: scan.symbology ?? null,
  };
}

function outcomeBody({ scanId, reader, till, kind, code, number, outcome, reason, evidence, tookMs, way }: OutcomeEvent): OutcomeBody {
  return {
    type: 'outcome',
    scanId,
    reader,
    till,
    kind,
    code: code.masked,
    number: number?.masked ?? null,
    outcome,
    ...(reason === undefined ? {} : { reason }),
    ...(evidence === undefined ? {} : { evidence }),
    tookMs: hundredths(tookMs),
    way: {
      ...way,
      classifiedMs: hundredths(way.classifiedMs),
      ...(way.translatedMs === undefined ? {} : { translatedMs: hundredths(way.translatedMs) }),
      ...(way.handedMs === undefined ? {} : { handedMs: hundredths(way.handedMs) }),
    },
  };
}

/** Milliseconds with two decimals: more is noise. */
function hundredths(ms: number): number {
  return Math.round(ms * 100) / 100;
}

function partBody(type: 'reader' | 'till', id: string, state: PartState): PartBody {
  const { status, reason } = state;
  return { type, id, status, health: healthOf(state), ...(reason === undefined ? {} : { reason: reason.message, code: reason.code }) };
}

function goodsBody({ reader, bytes, terminator, scan }: GoodsRead, till: string): GoodsBody {
  return {
    type: 'goods',
    scanId: scan?.id ?? null,
    reader,
    till,
    text: scan?.text ?? '',
    hex: Buffer.from(bytes).toString('hex'),
    terminator: Buffer.from(terminator).toString('hex'),
    ...(scan?.symbology === undefined ? {} : { symbology: scan.symbology }),
  };
}
