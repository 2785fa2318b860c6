export { codeBytes, learnCodes, type LearnCode } from './codes.js';
export { inferProfile, type Capture, type LearnDevice, type LearnSample, type LearnTrouble, type Learnt } from './infer-profile.js';
export { createCapture, type CaptureContext, type CaptureSource } from './capture.js';
