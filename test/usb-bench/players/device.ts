/** What a played device noticed: its own events, in order. */
export interface DeviceEvent {
  /**
   * `open`, `close`: the first opener came, the last one went (uhid). `output`: an output report. `setReport`: a feature report was set;
   * `number` is its id. `getReport`: one was asked for. `out`: bytes on an OUT endpoint of the interface `number`. `lineCoding`: the baud
   * rate. `lines`: DTR (1) and RTS (2). `control`: a control request, `number` is bRequest. `apdu`: a command for the card. `escape`: one for the card reader itself. `gone`: the
   * host let go of it.
   */
  readonly name: 'open' | 'close' | 'output' | 'setReport' | 'getReport' | 'out' | 'lineCoding' | 'lines' | 'control' | 'apdu' | 'escape' | 'gone';
  readonly number: number;
  readonly data: Uint8Array;
}

export type Emit = (name: DeviceEvent['name'], number?: number, data?: Uint8Array) => void;

/** How a device answers when a feature report is asked for: with its bytes (id first, where the device uses ids), an error, or not at all. */
export type FeatureAnswer = Uint8Array | 'error' | 'never';

export interface FeatureBehaviour {
  /** By report id; `error` for what is not named. */
  readonly get?: Readonly<Record<number, FeatureAnswer>>;
  /** What becomes of a feature report that is set; default `ok`. */
  readonly set?: 'ok' | 'error' | 'never';
}

/** Called over the wire: a player's public methods take and give what a message can carry. */
export interface PlayedDevice {
  plug(): Promise<void>;
  unplug(): Promise<void>;
  close(): Promise<void>;
}
