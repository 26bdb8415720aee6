/** A `<value>` of an XML of the Transparenzsoftware. */
export type TransparencyValue = {
  /** The content of `<signedData>` (older files: `<encodedData>`), its entities resolved. */
  readonly data: string;
  readonly format?: string;
  readonly publicKey?: string;
};

type Element = { readonly attributes: string; readonly content: string };

const entities: Readonly<Record<string, string>> = {
  lt: '<',
  gt: '>',
  amp: '&',
  quot: '"',
  apos: "'",
};

/**
 * The values of an XML of the Transparenzsoftware: `<values><value><signedData format encoding>…<publicKey encoding>…`.
 * A `signedData` without a `<value>` around it counts as one. No other XML is understood; it gives none.
 */
export const readTransparencyXml = (xml: string): readonly TransparencyValue[] => {
  const values = elementsOf(xml, 'value');
  return (values.length > 0 ? values.map(({ content }) => content) : [xml]).flatMap(readValue);
};

const readValue = (xml: string): readonly TransparencyValue[] => {
  const [signed] = [...elementsOf(xml, 'signedData'), ...elementsOf(xml, 'encodedData')];
  if (signed === undefined) return [];
  const format = /\bformat\s*=\s*["']([^"']*)["']/.exec(signed.attributes)?.[1];
  const publicKey = textOf(elementsOf(xml, 'publicKey')[0]?.content ?? '');
  return [
    {
      data: textOf(signed.content),
      ...(format !== undefined && { format }),
      ...(publicKey !== '' && { publicKey }),
    },
  ];
};

/** The elements of a name, which are never inside one another here. Found by searching, so that no text is slow to read. */
const elementsOf = (xml: string, name: string): readonly Element[] => {
  const found: Element[] = [];
  const close = `</${name}>`;
  let from = 0;
  for (;;) {
    const start = nextOpening(xml, name, from);
    const tagEnd = xml.indexOf('>', start);
    const end = xml.indexOf(close, tagEnd);
    if (start < 0 || tagEnd < 0 || end < 0) return found;
    found.push({
      attributes: xml.slice(start + name.length + 1, tagEnd),
      content: xml.slice(tagEnd + 1, end),
    });
    from = end + close.length;
  }
};

/** `<value>` or `<value …>`, but not `<values>`. */
const nextOpening = (xml: string, name: string, from: number): number => {
  let start = xml.indexOf(`<${name}`, from);
  while (start >= 0 && !/[\s>]/.test(xml.charAt(start + name.length + 1))) {
    start = xml.indexOf(`<${name}`, start + 1);
  }
  return start;
};

const textOf = (content: string): string => {
  const text = content.trim();
  if (text.startsWith('<![CDATA[') && text.endsWith(']]>')) return text.slice(9, -3).trim();
  return text.replace(/&(#x[0-9a-f]{1,6}|#\d{1,7}|\w{2,4});/gi, (all, name: string) => {
    if (!name.startsWith('#')) return entities[name] ?? all;
    const code = Number(name.replace(/^#x/i, '0x').replace('#', ''));
    return code <= 0x10ffff ? String.fromCodePoint(code) : all;
  });
};
