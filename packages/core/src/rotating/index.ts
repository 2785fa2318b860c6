export {
  MAX_ROTATING_LENGTH, MAX_ROTATING_STEP, parseRotatingCode, ROTATING_PREFIX, rotatingHead, rotatingMessage, rotatingStep,
  type RotatingCode,
} from './rotating-code.js';
