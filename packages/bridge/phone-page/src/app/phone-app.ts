import { maskText, type Clock } from '@tillbridge/core';
import { MAX_CODE_BYTES, readInvitation, type PhoneClient, type PhoneScan, type ScanResult, type TillConnection } from '@tillbridge/phone-link';
import type { CameraReason } from '../camera/reasons.js';
import type { CameraView } from '../camera/camera.js';
import type { Sighting } from '../camera/scanner.js';
import { Presentations } from '../recognition/presentation.js';
import type { Read } from '../recognition/formats.js';
import { clean } from './clean.js';
import { keepLinked } from './link-loop.js';
import { FIRST, type Model, type Problem } from './model.js';
import { Pairing } from './pairing.js';
import { pairingProblem } from './pairing-problem.js';
import { shownOf, tooLong, type Look, type Shown } from './shown.js';
import { after, decodes, keepsCamera, matters, type Event, type State } from './states.js';
import { choicesOf, chosen, type TillChoice } from './tills.js';
import { typed, type TypedKind } from './typed.js';

/** A code that was asked about goes out of sight after this long without a frame that shows it, in ms. */
const ASK_MS = 2_000;
/** A scan without any answer in so long, in ms, is uncertain. The client's own limits are shorter. */
const SCAN_MS = 30_000;

/** What the app does to the page and the phone around it. */
export interface AppPorts {
  readonly clock: Clock;
  readonly random: () => number;
  readonly client: Pick<PhoneClient, 'load' | 'pair'>;
  readonly camera: {
    readonly view: CameraView;
    open(wanted: string | undefined): Promise<void>;
    choose(id: string): Promise<void>;
    torch(on: boolean): Promise<void>;
    zoom(factor: number): Promise<void>;
    close(): void;
  };
  readonly scanner: { start(): void; stop(): void; zoom: number };
  readonly settings: { get(name: 'till' | 'camera'): string | undefined; set(name: 'till' | 'camera', value: string): void };
  readonly show: (model: Model) => void;
  /** Vibration and sound. */
  readonly signal: (look: Look) => void;
  /** Keeps the screen on, or lets it go dark. */
  readonly awake: (on: boolean) => void;
  readonly readPhoto: (file: Blob) => Promise<Read | undefined>;
  /** A scan by the camera was answered. For measurements. */
  readonly measured?: (times: ScanTimes) => void;
}

/** `Clock.mono` of what happened to a scan: its frame was on the screen, its code was certain, the till's answer came. */
export interface ScanTimes {
  readonly frameAt: number;
  readonly certainAt: number;
  readonly answeredAt: number;
}

/** The page's behaviour: what happens, in which order, and what is shown of it. */
export class PhoneApp {
  readonly #ports: AppPorts;
  readonly #presentations = new Presentations();
  #model: Model = FIRST;
  #connections: readonly TillConnection[] = [];
  #invitation = '';
  #pending: { readonly scan: PhoneScan; readonly text: string; readonly frameAt: number | undefined } | undefined;
  #hold: (() => void) | undefined;
  #link: AbortController | undefined;
  #pairing: Pairing | undefined;
  #visible = true;

  constructor(ports: AppPorts) {
    this.#ports = ports;
  }

  get model(): Model {
    return this.#model;
  }

  /** `fragment`: what stood behind the `#` of the address; empty: nothing. Never rejects. */
  async start(fragment: string): Promise<void> {
    await this.#load();
    if (fragment !== '') this.invited(fragment);
  }

  /** The phone's camera app, or another tab, brought a QR code of a till. */
  invited(fragment: string): void {
    try {
      const { code } = readInvitation(fragment);
      // not while another pairing shows its digits, and not while a scan is under way
      if (!matters(this.#model.state, 'invited')) return;
      this.#invitation = fragment;
      this.#set({ digits: code });
      this.#on('invited');
    } catch (error) {
      if (this.#model.state !== 'unpaired') return;
      this.#on('invited');
      this.#failPairing(pairingProblem(error));
    }
  }

  /** A person said what the phone is to be called. */
  pair(name: string, model: string): void {
    if (!matters(this.#model.state, 'named')) return;
    this.#on('named');
    const pairing: Pairing = new Pairing(this.#ports, {
      digits: (digits) => {
        this.#set({ digits });
        this.#on('digits');
      },
      paired: (connection) => {
        this.#settle(connection).catch(() => undefined);
      },
      failed: (problem) => this.#failPairing(problem),
    });
    this.#pairing = pairing;
    void pairing.run(this.#invitation, { name, model });
  }

  cameraReady(): void {
    this.#set({ camera: this.#ports.camera.view });
    this.#on('cameraReady');
  }

  cameraFailed(cameraReason: CameraReason): void {
    this.#set({ cameraReason, camera: this.#ports.camera.view });
    this.#on('cameraFailed');
  }

  /** A code is certain. */
  saw({ read, frameAt }: Sighting): void {
    if (!decodes(this.#model.state)) return;
    if (this.#presentations.saw(read.text, frameAt) === 'send') { this.#code(read, frameAt); return; }
    // what is asked about is what is in sight
    this.#pending = { scan: scanOf(read), text: read.text, frameAt };
    this.#set({ askMask: maskText(clean(read.text, 64)) });
    this.#on('repeated');
    this.#holdFor(ASK_MS);
  }

  async photo(file: Blob): Promise<void> {
    if (this.#model.state !== 'noCamera' || this.#model.photo === 'reading') return;
    this.#set({ photo: 'reading' });
    const read = await this.#ports.readPhoto(file).catch(() => undefined);
    this.#set({ photo: read === undefined ? 'nothing' : 'idle' });
    if (read !== undefined) this.#code(read, undefined);
  }

  typeIt(): void {
    this.#set({ typingProblem: undefined });
    this.#on('typeIt');
  }

  typingKind(typingKind: TypedKind): void {
    this.#set({ typingKind, typingProblem: undefined });
  }

  submit(kind: TypedKind, input: string): void {
    if (this.#model.state !== 'typing') return;
    const result = typed(kind, input);
    if (!result.ok) { this.#set({ typingProblem: result.problem }); return; }
    this.#set({ typingProblem: undefined });
    this.#send({ scan: { text: result.text, kind: result.kind }, text: result.text, frameAt: undefined }, 'code');
  }

  /** The big buttons: yes, no, next. */
  press(event: 'confirm' | 'cancel' | 'done'): void {
    const { state } = this.#model;
    if (!matters(state, event)) return;
    if (state === 'forgotten' && event === 'confirm') this.#elsewhere();
    if (state === 'asking' && event === 'confirm') { this.#again(); return; }
    if (event === 'cancel') this.#pairing?.cancel();
    this.#on(event);
  }

  choose(key: string): void {
    const choice = this.#model.choices.find((each) => each.key === key);
    if (choice === undefined || this.#model.state === 'sending') return;
    this.#ports.settings.set('till', key);
    const same = choice.tillId === this.#model.chosen?.tillId;
    this.#set({ chosen: choice });
    if (this.#model.state === 'forgotten') this.#on('confirm');
    else if (!same) this.#relink();
  }

  /** A till that does not know this phone is taken off its list. Never rejects. */
  async forget(): Promise<void> {
    if (this.#model.state !== 'forgotten') return;
    await this.#connection(this.#model.chosen)
      ?.leave(new AbortController().signal)
      .catch(() => undefined);
    this.#on('cancel');
  }

  async chooseCamera(id: string): Promise<void> {
    this.#ports.settings.set('camera', id);
    this.#ports.scanner.stop();
    await this.#ports.camera.choose(id);
    if (decodes(this.#model.state)) this.#ports.scanner.start();
  }

  async torch(): Promise<void> {
    await this.#ports.camera.torch(this.#model.camera.torch !== 'on');
    this.#set({ camera: this.#ports.camera.view });
  }

  zoom(): void {
    const zoom = this.#model.zoom === 1 ? 2 : 1;
    this.#set({ zoom });
    this.#applyZoom();
  }

  /** The page came onto the screen, or left it. */
  visible(is: boolean): void {
    this.#visible = is;
    this.#on(is ? 'show' : 'hide');
    if (!is) this.#unlink();
    else if (this.#link === undefined) this.#relink();
  }

  /** Where the same page has a camera, and whether there is a page about trust. */
  place(secure: string | undefined, trust: boolean): void {
    this.#set({ secure, trust });
  }

  async #load(): Promise<void> {
    await this.#known();
    if (this.#connections.length === 0) { this.#on('noTills'); return; }
    this.#on('tillsKnown');
    this.#relink();
  }

  /** Away from a till that does not know this phone, to another one. */
  #elsewhere(): void {
    const other = this.#model.choices.find(({ tillId }) => tillId !== this.#model.chosen?.tillId);
    if (other !== undefined) this.#ports.settings.set('till', other.key);
  }

  /** The tills of the key store. */
  async #known(): Promise<void> {
    this.#connections = await this.#ports.client.load().catch(() => []);
    for (const connection of this.#connections) connection.onChange(() => this.#choices());
    this.#choices();
  }

  /** Both sides agree: the till is in the list, and it is the one in use. */
  async #settle({ tillId }: TillConnection): Promise<void> {
    this.#ports.settings.set('till', tillId);
    await this.#known();
    this.#on('paired');
    this.#relink();
  }

  #failPairing(problem: Problem): void {
    this.#set({ problem });
    // a bad QR code fails before anything was asked
    if (this.#model.state === 'naming') this.#on('named');
    this.#on('pairRefused');
  }

  #choices(): void {
    const choices = choicesOf(this.#connections);
    // a person's choice, else where the daemon sends this phone's scans: somebody may change that at the till
    const last = this.#ports.settings.get('till');
    const home = this.#connections.find(({ tillId }) => tillId === last?.split('/')[0]) ?? this.#connections[0];
    const preferred = home?.card.till;
    this.#set({ choices, chosen: chosen(choices, last, preferred) });
  }

  #connection(choice: TillChoice | undefined): TillConnection | undefined {
    return this.#connections.find(({ tillId }) => tillId === choice?.tillId);
  }

  #unlink(): void {
    this.#link?.abort();
    this.#link = undefined;
  }

  #relink(): void {
    this.#unlink();
    const connection = this.#connection(this.#model.chosen);
    if (connection === undefined) { this.#set({ link: 'none' }); return; }
    const controller = new AbortController();
    this.#link = controller;
    this.#set({ link: 'connecting' });
    void keepLinked(connection, this.#ports.clock, this.#ports.random, {
      state: (state) => {
        this.#set({ link: state === 'ready' ? 'online' : state === 'away' ? 'offline' : 'connecting' });
        if (state === 'notPaired') this.#on('revoked');
      },
      settled: (result) => {
        if (result.is !== 'notPaired') this.#answered(shownOf(result, ''), 'news');
      },
    }, controller.signal);
  }

  #code(read: Read, frameAt: number | undefined): void {
    if (new TextEncoder().encode(read.text).length > MAX_CODE_BYTES) {
      this.#on('code');
      this.#answered(tooLong(), 'answer'); return;
    }
    this.#send({ scan: scanOf(read), text: read.text, frameAt }, 'code');
  }

  #again(): void {
    const pending = this.#pending;
    if (pending !== undefined) this.#send({ ...pending, frameAt: undefined }, 'confirm');
  }

  /** One send for one event that the state listens to: a second tap, or a second frame, finds the page sending. */
  #send(pending: { readonly scan: PhoneScan; readonly text: string; readonly frameAt: number | undefined }, event: 'code' | 'confirm'): void {
    const connection = this.#connection(this.#model.chosen);
    if (connection === undefined || !matters(this.#model.state, event)) return;
    const certainAt = this.#ports.clock.mono();
    this.#on(event);
    const till = this.#model.chosen?.till;
    const controller = new AbortController();
    const cancel = this.#ports.clock.timer(SCAN_MS, () => controller.abort());
    const mask = maskText(clean(pending.text, 64));
    void connection
      .scan({ ...pending.scan, ...(till === undefined ? {} : { till }) }, controller.signal)
      .catch((): ScanResult => ({ is: 'unknown', why: 'away' }))
      .then((result) => {
        cancel();
        if (pending.frameAt !== undefined) this.#ports.measured?.({ frameAt: pending.frameAt, certainAt, answeredAt: this.#ports.clock.mono() });
        if (result.is === 'notPaired') { this.#on('revoked'); return; }
        const shown = shownOf(result, mask);
        if (shown.again) this.#presentations.forget(pending.text);
        this.#answered(shown, 'answer');
      });
  }

  #answered(answer: Shown, event: 'answer' | 'news'): void {
    if (!matters(this.#model.state, event)) return;
    this.#set({ answer });
    this.#on(event);
    this.#ports.signal(answer.look);
    this.#holdFor(answer.holdMs);
  }

  /** The state ends by itself after a while. */
  #holdFor(ms: number | undefined): void {
    this.#hold?.();
    this.#hold = ms === undefined ? undefined : this.#ports.clock.timer(ms, () => this.#on('done'));
  }

  #on(event: Event): void {
    const before = this.#model.state;
    if (!matters(before, event)) return;
    const state = after(before, event);
    if (state !== before) {
      this.#hold?.();
      this.#hold = undefined;
    }
    this.#set({ state });
    this.#entered(before, state);
  }

  #entered(before: State, state: State): void {
    const now = this.#ports.clock.mono();
    if (decodes(state)) {
      this.#presentations.resume(now);
      this.#ports.scanner.start();
    } else {
      this.#presentations.pause(now);
      this.#ports.scanner.stop();
    }
    if (state === before) return;
    this.#ports.awake(keepsCamera(state));
    // what ended while the page was away
    if (state === 'opening' && !this.#visible) this.#on('hide');
    else if (state === 'opening') void this.#ports.camera.open(this.#ports.settings.get('camera')).then(() => this.#applyZoom());
    else if (!keepsCamera(state)) this.#ports.camera.close();
    if (state === 'forgotten') {
      this.#unlink();
      this.#set({ link: 'none' });
    }
    if (state === 'starting') void this.#load();
  }

  #applyZoom(): void {
    const { zooms } = this.#ports.camera.view;
    void this.#ports.camera.zoom(this.#model.zoom);
    this.#ports.scanner.zoom = zooms ? 1 : this.#model.zoom;
  }

  #set(change: Partial<Model>): void {
    this.#model = { ...this.#model, ...change };
    this.#ports.show(this.#model);
  }
}

function scanOf({ text, symbology }: Read): PhoneScan {
  return { text, symbology };
}
