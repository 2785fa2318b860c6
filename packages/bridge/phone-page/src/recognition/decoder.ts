import { prepareZXingModule, readBarcodes, type ReaderOptions } from 'zxing-wasm/reader';
import { FORMATS, isLinear, isLinearFormat, symbologyOf, type Read } from './formats.js';
import { pgmOf, type Gray } from './gray.js';
import { prepared, type Look, type Pass, type Sought } from './passes.js';

const COMMON: ReaderOptions = {
  maxNumberOfSymbols: 1,
  // as a scanner would send it: the default rewrites GS1 data for human eyes
  textMode: 'Plain',
  tryHarder: true,
  tryRotate: true,
};

const MATRIX: ReaderOptions = { ...COMMON, formats: FORMATS.filter((format) => !isLinearFormat(format)), tryInvert: true, tryDownscale: true };

const GLANCE: ReaderOptions = { ...MATRIX, tryHarder: false, tryRotate: false, tryInvert: false, tryDownscale: false };

/**
 * Never from a picture that was made smaller: without their noise, but with bars of one pixel and a bit, several frames are misread alike there,
 * and neither votes nor check digits notice (measured: one in ten presentations of an EAN-13 in heavy noise).
 */
const LINEAR: ReaderOptions = {
  ...COMMON,
  formats: FORMATS.filter(isLinearFormat),
  tryInvert: false,
  tryDownscale: false,
  // read alike in so many lines of the frame: misread ones pass their check digit too often, ten times as often with two
  minLineCount: 5,
};

/** Where the decoder's program comes from: an address of our own server, or its bytes. Never a foreign host. */
export type DecoderSource = { readonly url: string } | { readonly bytes: Uint8Array };

const OPTIONS: Readonly<Record<Sought, ReaderOptions>> = { glance: GLANCE, matrix: MATRIX, linear: LINEAR };

export interface Decoder {
  /** The code in a frame that the first of these looks finds, if there is one that can be read whole. */
  decode(frame: Gray, looks: readonly Look[]): Promise<Read | undefined>;
}

/** Loads the decoder. Rejects where its program cannot be had or the browser does not run it. */
export async function openDecoder(source: DecoderSource): Promise<Decoder> {
  const overrides = 'url' in source ? { locateFile: () => source.url } : { wasmBinary: source.bytes.slice().buffer };
  await prepareZXingModule({ overrides, fireImmediately: true });
  return { decode };
}

async function decode(frame: Gray, looks: readonly Look[]): Promise<Read | undefined> {
  const pictures = new Map<Pass, Uint8Array>();
  for (const { pass, sought } of looks) {
    const picture = pictures.get(pass) ?? pgmOf(pass === 'raw' ? frame : prepared(frame, pass));
    pictures.set(pass, picture);
    const found = (await readBarcodes(picture, OPTIONS[sought])).find(({ isValid, text }) => isValid && text !== '');
    const symbology = found === undefined ? undefined : symbologyOf(found.format, found.symbologyIdentifier);
    if (found !== undefined && symbology !== undefined) return { text: found.text, symbology, linear: isLinear(symbology) };
  }
  return undefined;
}
