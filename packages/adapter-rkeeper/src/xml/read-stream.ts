import { TextDecoder } from 'node:util';
import { charsetOf } from './charset.js';
import type { XmlElement } from './element.js';
import { XmlReader, XML_LIMITS, type XmlLimits } from './reader.js';

/** Reads a document piece by piece as it arrives, so that a long one never holds up the goods that are scanned meanwhile. @throws {XmlProblem} */
export async function readXmlStream(chunks: AsyncIterable<Uint8Array>, contentType: string | undefined, limits: XmlLimits = XML_LIMITS): Promise<XmlElement> {
  const reader = new XmlReader(limits);
  let decoder: TextDecoder | undefined;
  for await (const chunk of chunks) {
    decoder ??= new TextDecoder(charsetOf(chunk, contentType));
    reader.write(decoder.decode(chunk, { stream: true }));
  }
  reader.write(decoder?.decode() ?? '');
  return reader.end();
}
