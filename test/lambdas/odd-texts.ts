import type { Protocol } from '../../core/ocpp/protocol.ts';
import { officialSchema as schemaOf16 } from '../core/ocpp/arbitrary-message.ts';
import { officialSchema as schemaOf2x } from '../core/ocpp/v201/official-messages.ts';

/** Odd contents of a text, as they are written in JSON. */
export const oddTexts: Readonly<Record<string, string>> = {
  'a lone surrogate': '"\\ud83d"',
  'a lone surrogate that is not escaped': '"\udc00"',
  'zero bytes': '"a\u0000\\u0000"',
  'a byte order mark': '"\ufeffa"',
  'marks of direction': '"\u202ea\u2066"',
  'a run of combining marks': `"a${'\u0301'.repeat(2_000)}"`,
  'a noncharacter': '"\uffff"',
  '100 KB': `"${'x'.repeat(100_000)}"`,
  'a line break': '"a\nb"',
  null: 'null',
};

/** A property beside the message's own, as it is written in JSON. */
export const oddProperties: Readonly<Record<string, string>> = {
  'a prototype': '"__proto__":{"connectorId":7,"toString":1}',
  'a constructor': '"constructor":{"prototype":{"x":1}}',
  'a name with a lone surrogate': '"\\ud83d":"\\udc00"',
  'a repeated name': '"timestamp":"2026-04-14T16:30:00Z","timestamp":"2026-04-14T16:31:00Z"',
};

type Schema = ReturnType<typeof schemaOf2x>;

type Direction = 'request' | 'response';

const schemaOf = (protocol: Protocol, action: string, direction: Direction): Schema =>
  protocol === 'ocpp1.6'
    ? schemaOf16(action, direction === 'request' ? 'req' : 'conf')
    : schemaOf2x(protocol, action, direction);

const sample = (schema: Schema, root: Schema): unknown => {
  if (schema.$ref !== undefined) {
    return sample(root.definitions?.[schema.$ref.split('/').at(-1) ?? ''] ?? {}, root);
  }
  if (schema.enum !== undefined) return schema.enum[0];
  if (schema.format === 'date-time') return '2026-04-14T16:30:00Z';
  if (schema.type === 'string') return 'a';
  if (schema.type === 'boolean') return true;
  if (schema.type === 'integer' || schema.type === 'number') return 1;
  if (schema.type === 'array') return [sample(schema.items ?? {}, root)];
  const properties = Object.entries(schema.properties ?? {});
  return Object.fromEntries(properties.map(([name, part]) => [name, sample(part, root)]));
};

const wholes = new Map<string, string>();

/** A message with everything that its schema has, as JSON. */
const wholeMessage = (action: string, protocol: Protocol, direction: Direction): string => {
  const name = `${protocol} ${action} ${direction}`;
  const known = wholes.get(name);
  if (known !== undefined) return known;
  const schema = schemaOf(protocol, action, direction);
  const made = JSON.stringify(sample(schema, schema));
  wholes.set(name, made);
  return made;
};

/** JSON once for each of its texts, that one written as given. */
export const textsWith = (json: string, literal: string): readonly string[] =>
  [...json.matchAll(/([:[,])("[^"]*")(?!:)/g)].map(
    ({ index, 2: text = '' }) =>
      json.slice(0, index + 1) + literal + json.slice(index + 1 + text.length),
  );

/** A whole message once for each of its texts, that one written as given. */
export const variantsOf = (
  action: string,
  literal: string,
  protocol: Protocol = 'ocpp1.6',
  direction: Direction = 'request',
): readonly string[] => textsWith(wholeMessage(action, protocol, direction), literal);

/** A whole message with a property beside its own, written as given. */
export const withProperty = (
  action: string,
  property: string,
  protocol: Protocol = 'ocpp1.6',
  direction: Direction = 'request',
): string => {
  const whole = wholeMessage(action, protocol, direction);
  return whole === '{}' ? `{${property}}` : `{${property},${whole.slice(1)}`;
};
