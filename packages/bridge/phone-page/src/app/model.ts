import type { CameraView } from '../camera/camera.js';
import type { CameraReason } from '../camera/reasons.js';
import type { Words } from '../i18n/index.js';
import type { Shown } from './shown.js';
import type { State } from './states.js';
import type { TillChoice } from './tills.js';

export type Problem = keyof Words['problem'];

/** Everything that the page shows. The view draws it whole each time. */
export interface Model {
  readonly state: State;
  /** `none`: there is no till to be connected with. */
  readonly link: 'none' | 'connecting' | 'online' | 'offline';
  readonly choices: readonly TillChoice[];
  readonly chosen: TillChoice | undefined;
  /** Four digits: beside the till's QR code while the phone is being named, on the till's screen afterwards. */
  readonly digits: string;
  readonly problem: Problem;
  readonly camera: CameraView;
  readonly cameraReason: CameraReason;
  readonly zoom: 1 | 2;
  readonly photo: 'idle' | 'reading' | 'nothing';
  /** The same page where the browser gives a camera, and the one that leads through trusting it. */
  readonly secure: string | undefined;
  readonly trust: boolean;
  readonly typingProblem: 'badNumber' | 'badPhone' | undefined;
  readonly typingKind: 'card' | 'phone';
  readonly answer: Shown | undefined;
  /** What may be shown of the code that may be meant again. */
  readonly askMask: string;
}

export const FIRST: Model = {
  state: 'starting',
  link: 'none',
  choices: [],
  chosen: undefined,
  digits: '',
  problem: 'failed',
  camera: { torch: 'none', cameras: [], current: undefined, zooms: false },
  cameraReason: 'failed',
  zoom: 1,
  photo: 'idle',
  secure: undefined,
  trust: false,
  typingProblem: undefined,
  typingKind: 'card',
  answer: undefined,
  askMask: '',
};
