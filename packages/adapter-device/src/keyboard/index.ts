export { fits, titlePattern } from './guard.js';
export { inTurn, TypingTurn } from './in-turn.js';
export { KeyboardTill } from './keyboard-adapter.js';
export {
  refused,
  TYPED,
  uncertain,
  type FrontWindow,
  type Injector,
  type InjectorCapabilities,
  type InjectorSource,
  type KeyName,
  type Look,
  type RefusedReason,
  type Stroke,
  type StrokePart,
  type TypeResult,
  type UncertainReason,
  type WindowGuard,
} from './injector.js';
export { KEYBOARD_DEFAULTS, type KeyboardContext, type KeyboardTillOptions } from './options.js';
export { sendInputSource, type SendInputOptions } from './sendinput/index.js';
export { CONTROLS, type ControlName } from './text-plan.js';
export { uinputSource, type UinputOptions } from './uinput/index.js';
export { xtestSource, type XServerOptions } from './xtest/index.js';
