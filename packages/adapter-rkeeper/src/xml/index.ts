export { attribute, child, childrenNamed, descendants, type XmlElement } from './element.js';
export { charsetOf, type XmlCharset } from './charset.js';
export { readXml, XmlProblem, XmlReader, XML_LIMITS, type XmlLimits, type XmlProblemWord } from './reader.js';
export { xml, xmlDocument, Markup, type XmlValue } from './writer.js';
export { readXmlStream } from './read-stream.js';
