import { effect, signal } from '@preact/signals';
import type { Frame, PartFrame } from '@tillbridge/core';
import { EventStream, type Socket, type StreamState } from './api/event-stream';
import { get } from './api/client';
import { clock } from './clock';
import { LiveBook } from './live-book';
import { can, session, signOut } from './session';
import { daemonVersion } from './version';

/** Drawn at most this often, in ms: a page on the till's own machine must not eat what the till needs. */
const DRAW_MS = 250;
/** What came together is drawn together, in ms. */
const FRAME_MS = 16;

export const book = new LiveBook(clock.parse);
/** Rises when the book has something new to show. */
export const bookChanged = signal(0);
export const streamState = signal<StreamState>('closed');
/** Events were lost: the page was away for longer than the daemon keeps them. */
export const gap = signal<{ readonly from: number; readonly to: number } | undefined>(undefined);
/** The last change of a reader's or a till's state: whoever shows states asks again. */
export const partChanged = signal<PartFrame | undefined>(undefined);

let stream: EventStream | undefined;
/** The last event before this page came. */
let before = 0;
/** Unix time in ms. */
let drawnAt = 0;
let drawing: (() => void) | undefined;

export const retryNow = (): void => stream?.retryNow();

/** Follows what happens for as long as somebody is signed in who may. */
export function followEvents(): void {
  effect(() => {
    const token = session.value?.token;
    if (token === undefined || !can('scan:read')) return undefined;
    const began = open(token);
    stream = began;
    return () => {
      began.close();
      if (stream === began) stream = undefined;
    };
  });
  addEventListener('online', retryNow);
  document.addEventListener('visibilitychange', () => {
    if (document.hidden) return;
    retryNow();
    draw();
  });
}

/** Whoever signs in next has not seen what this one saw. */
export function forgetEvents(): void {
  book.clear();
  before = 0;
  gap.value = undefined;
  bookChanged.value += 1;
}

function open(token: string): EventStream {
  return new EventStream({
    connect: (since) => connect(token, since),
    timer: clock.timer,
    random: Math.random,
    onFrame: take,
    onState: (state) => {
      streamState.value = state;
    },
    onRevoked: () => signOut('refused'),
    // a browser does not say why; a call of the same token does
    onRefused: () => void get('/v1/clients/self').catch(() => undefined),
  });
}

function connect(token: string, since: number): Socket {
  const web = new WebSocket(`${location.origin.replace(/^http/, 'ws')}/v1/events?since=${String(since)}&bunched=1`, ['tillbridge.v1', `bearer.${token}`]);
  const socket: Socket = { onmessage: null, onclose: null, close: () => web.close() };
  web.addEventListener('message', (message: MessageEvent<unknown>) => socket.onmessage?.({ data: message.data }));
  web.addEventListener('close', ({ code }) => socket.onclose?.({ code }));
  return socket;
}

function take(frame: Frame): void {
  if (frame.type === 'hello') {
    daemonVersion.value = frame.version;
    if (before === 0) before = frame.seq;
  } else if (frame.type === 'gap') gap.value = { from: frame.from, to: frame.to };
  else if (frame.type === 'reader' || frame.type === 'till') partChanged.value = frame;
  else if (book.take(frame, frame.seq <= before)) drawSoon();
}

/** The first of a burst shows at once, what follows with the others. */
function drawSoon(): void {
  drawing ??= clock.timer(Math.max(FRAME_MS, drawnAt + DRAW_MS - clock.wall()), draw);
}

function draw(): void {
  drawing?.();
  drawing = undefined;
  drawnAt = clock.wall();
  if (!document.hidden) bookChanged.value += 1;
}
