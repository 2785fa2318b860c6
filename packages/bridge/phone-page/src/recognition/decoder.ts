import { prepareZXingModule, readBarcodes, type ReaderOptions } from 'zxing-wasm/reader';
import { FORMATS, isLinear, symbologyOf, type Read } from './formats.js';
import { grayOf, rgbaOf, type Rgba } from './gray.js';
import { prepared, type Pass } from './passes.js';

const OPTIONS: ReaderOptions = {
  formats: [...FORMATS],
  maxNumberOfSymbols: 1,
  // as a scanner would send it: the default rewrites GS1 data for human eyes
  textMode: 'Plain',
  // a linear code has to be read alike in so many lines of the frame: misread ones pass their check digit too often, ten times as often with two
  minLineCount: 5,
  tryHarder: true,
  tryRotate: true,
  tryInvert: true,
  tryDownscale: true,
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
  const results = await readBarcodes({ width, height, data, colorSpace: 'srgb' } as ImageData, OPTIONS);
  const found = results.find(({ isValid, text }) => isValid && text !== '');
  if (found === undefined) return undefined;
  const symbology = symbologyOf(found.format, found.symbologyIdentifier);
  return symbology === undefined ? undefined : { text: found.text, symbology, linear: isLinear(symbology) };
}
