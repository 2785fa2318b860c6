import type { Scene } from './scene.js';

/** What goes wrong between a code and a camera, one thing at a time. Lengths in pixels. */
export const DISTURBANCES: Readonly<Record<string, Scene>> = {
  'clean, 4 px a module': { module: 4 },
  'clean, 3 px': { module: 3 },
  'turned 15°': { module: 4, turn: 15 },
  'turned 30°': { module: 4, turn: 30 },
  'turned 45°': { module: 4, turn: 45 },
  'turned 60°': { module: 4, turn: 60 },
  'turned 90°': { module: 4, turn: 90 },
  'upside down': { module: 4, turn: 180 },
  'tilted 30°': { module: 4, tilt: 30 },
  'tilted 50°': { module: 4, tilt: 50 },
  'contrast 60 of 255': { module: 4, dark: 100, light: 160 },
  'contrast 30': { module: 4, dark: 110, light: 140 },
  'contrast 15': { module: 4, dark: 118, light: 133 },
  'small, 2 px': { module: 2 },
  'small, 1.5 px': { module: 1.5 },
  'small, 1.2 px': { module: 1.2 },
  'blur 0.4 module': { module: 4, blur: 0.4 },
  'blur 0.6 module': { module: 4, blur: 0.6 },
  'moving, 1 module a frame': { module: 4, motion: 4, shake: 3 },
  'light on dark': { module: 4, inverted: true },
  'noise 12 of 255': { module: 4, noise: 12 },
};

/** Where linear codes are misread most: tiny, blurred and noisy at once. Few are read; what counts is that none is read wrong. */
export const TORTURE: readonly Scene[] = [1.1, 1.15, 1.2, 1.25, 1.3, 1.35, 1.5, 2].flatMap((module) =>
  [0.35, 0.45, 0.55].map((blur) => ({ width: 320, height: 200, module, blur, noise: 6, dark: 70, light: 190, shake: 4 })),
);
