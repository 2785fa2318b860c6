import { better, ranked, type CameraDevice } from './choice.js';
import { reasonOf, type CameraReason } from './reasons.js';

/** Members that phones have and the DOM library's types do not know. */
type Capabilities = MediaTrackCapabilities & { readonly torch?: boolean; readonly zoom?: { readonly min: number; readonly max: number } };
type Constraint = MediaTrackConstraintSet & { readonly torch?: boolean; readonly zoom?: number; readonly focusMode?: string };

/** What the page can offer of the camera in use. */
export interface CameraView {
  readonly torch: 'none' | 'off' | 'on';
  readonly cameras: readonly CameraDevice[];
  readonly current: string | undefined;
  /** It enlarges by itself; else the page cuts the middle out of each frame. */
  readonly zooms: boolean;
}

export interface CameraEvents {
  /** It gives pictures; also after a change. */
  ready(): void;
  failed(reason: CameraReason): void;
}

const SIZE = { width: { ideal: 1280 }, height: { ideal: 720 } };

/** The camera: opened once and kept while the page is on the screen, because some phones ask for permission each time. */
export class Camera {
  readonly #video: HTMLVideoElement;
  readonly #events: CameraEvents;
  #stream: MediaStream | undefined;
  #opening = 0;
  #torch: CameraView['torch'] = 'none';
  #cameras: readonly CameraDevice[] = [];
  #hardwareZoom = false;

  constructor(video: HTMLVideoElement, events: CameraEvents) {
    this.#video = video;
    this.#events = events;
  }

  get view(): CameraView {
    return { torch: this.#torch, cameras: this.#cameras, current: this.#track()?.getSettings().deviceId, zooms: this.#hardwareZoom };
  }

  /** Opens the camera, or says again that it is open. `wanted`: the one that the person chose last. Tells its events; never rejects. */
  async open(wanted: string | undefined): Promise<void> {
    if (this.#track()?.readyState === 'live') { this.#events.ready(); return; }
    const turn = (this.#opening += 1);
    // plain HTTP on a foreign address: the browser has no such thing at all; an old type says that it always is there
    const media = navigator.mediaDevices as MediaDevices | undefined;
    if (media?.getUserMedia === undefined) { this.#events.failed(globalThis.isSecureContext ? 'absent' : 'insecure'); return; }
    try {
      await this.#use(await media.getUserMedia({ audio: false, video: { facingMode: { ideal: 'environment' }, ...SIZE } }), turn);
      this.#cameras = await devices(media);
      const other = better(this.#cameras, this.#track()?.getSettings().deviceId, wanted);
      if (other !== undefined && turn === this.#opening) await this.#change(media, other, turn);
      if (turn === this.#opening && this.#stream !== undefined) this.#events.ready();
    } catch (error) {
      if (turn === this.#opening) this.#events.failed(reasonOf(error instanceof Error || error instanceof DOMException ? error.name : ''));
    }
  }

  /** Another camera, because a person said so. */
  async choose(id: string): Promise<void> {
    const turn = (this.#opening += 1);
    try {
      await this.#change(navigator.mediaDevices, id, turn);
      if (turn === this.#opening) this.#events.ready();
    } catch (error) {
      if (turn === this.#opening) this.#events.failed(reasonOf(error instanceof Error || error instanceof DOMException ? error.name : ''));
    }
  }

  /** Switches the light; where that fails it is no longer offered. */
  async torch(on: boolean): Promise<void> {
    try {
      await this.#apply({ torch: on });
      this.#torch = on ? 'on' : 'off';
    } catch {
      this.#torch = 'none';
    }
  }

  async zoom(factor: number): Promise<void> {
    if (this.#hardwareZoom) await this.#apply({ zoom: factor }).catch(() => undefined);
  }

  /** Gives the camera back. */
  close(): void {
    this.#opening += 1;
    this.#stop();
  }

  #track(): MediaStreamTrack | undefined {
    return this.#stream?.getVideoTracks()[0];
  }

  async #apply(constraint: Constraint): Promise<void> {
    await this.#track()?.applyConstraints({ advanced: [constraint] });
  }

  async #change(media: MediaDevices, id: string, turn: number): Promise<void> {
    // most phones open one camera at a time
    this.#stop();
    await this.#use(await media.getUserMedia({ audio: false, video: { deviceId: { exact: id }, ...SIZE } }), turn);
  }

  async #use(stream: MediaStream, turn: number): Promise<void> {
    if (turn !== this.#opening) {
      for (const track of stream.getTracks()) track.stop();
      return;
    }
    this.#stop();
    this.#stream = stream;
    const track = this.#track();
    track?.addEventListener('ended', () => {
      // taken away by the system: another app, a call, a camera that was pulled out
      if (stream === this.#stream) {
        this.#stop();
        this.#events.failed('failed');
      }
    });
    // Firefox has no such call
    const can = (track as { getCapabilities?(): Capabilities } | undefined)?.getCapabilities?.() ?? {};
    this.#torch = can.torch === true ? 'off' : 'none';
    this.#hardwareZoom = can.zoom !== undefined && can.zoom.max >= 2;
    this.#video.srcObject = stream;
    await this.#video.play();
    await this.#apply({ focusMode: 'continuous' }).catch(() => undefined);
  }

  #stop(): void {
    for (const track of this.#stream?.getTracks() ?? []) track.stop();
    this.#stream = undefined;
    this.#video.srcObject = null;
    this.#torch = 'none';
  }
}

async function devices(media: MediaDevices): Promise<readonly CameraDevice[]> {
  const all = await media.enumerateDevices();
  return ranked(all.filter(({ kind }) => kind === 'videoinput').map(({ deviceId, label }) => ({ id: deviceId, label })));
}
