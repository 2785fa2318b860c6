import { prepareZXingModule, readBarcodes, type ReaderOptions } from 'zxing-wasm/reader';
import { FORMATS, isLinear, isLinearFormat, symbologyOf, type Read } from './formats.js';
import { grayOf, rgbaOf, type Rgba } from './gray.js';
import { prepared, type Pass } from './passes.js';

const COMMON: ReaderOptions = {
  maxNumberOfSymbols: 1,
  // as a scanner would send it: the default rewrites GS1 data for human eyes
  textMode: 'Plain',
  tryHarder: true,
  tryRotate: true,
};

const MATRIX: ReaderOptions = { ...COMMON, formats: FORMATS.filter((format) => !isLinearFormat(format)), tryInvert: true, tryDownscale: true };

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

export interface Decoder {
  /** The code in the middle of a frame, if there is one that can be read whole. */
  decode(frame: Rgba, pass: Pass): Promise<Read | undefined>;
}

/** Loads the decoder. Rejects where its program cannot be had or the browser does not run it. */
export async function openDecoder(source: DecoderSource): Promise<Decoder> {
  const overrides = 'url' in source ? { locateFile: () => source.url } : { wasmBinary: source.bytes.slice().buffer };
  await prepareZXingModule({ overrides, fireImmediately: true });
  return { decode };
}

async function decode(frame: Rgba, pass: Pass): Promise<Read | undefined> {
  const { width, height, data } = pass === 'raw' ? frame : rgbaOf(prepared(grayOf(frame), pass));
  // an ImageData where there is that class; the decoder looks at nothing but these members
  const picture = { width, height, data, colorSpace: 'srgb' } as ImageData;
  for (const options of [MATRIX, LINEAR]) {
    const found = (await readBarcodes(picture, options)).find(({ isValid, text }) => isValid && text !== '');
    const symbology = found === undefined ? undefined : symbologyOf(found.format, found.symbologyIdentifier);
    if (found !== undefined && symbology !== undefined) return { text: found.text, symbology, linear: isLinear(symbology) };
  }
  return undefined;
}
