import fc from 'fast-check';
import type { Protocol } from '../../../core/ocpp/protocol.ts';
import { centralActions as central16 } from '../../../core/ocpp/v16/action.ts';
import { routes as routes16 } from '../../../core/ocpp/v16/routes.ts';
import { centralActions as central21 } from '../../../core/ocpp/v21/central-action.ts';
import { routes as routes21 } from '../../../core/ocpp/v21/routes.ts';
import { sends } from '../../../core/ocpp/v21/sends.ts';
import { centralActions as central201 } from '../../../core/ocpp/v201/central-action.ts';
import { routes as routes201 } from '../../../core/ocpp/v201/routes.ts';
import { arbitraryRequest } from '../../core/ocpp/arbitrary-message.ts';
import { arbitraryMessage } from '../../core/ocpp/v201/official-messages.ts';
import { oddTexts } from '../odd-texts.ts';

/** A message of a charger. */
export type Message = { readonly action: string; readonly payload: Record<string, unknown> };

const routes = { 'ocpp1.6': routes16, 'ocpp2.0.1': routes201, 'ocpp2.1': routes21 } as const;
const central = { 'ocpp1.6': central16, 'ocpp2.0.1': central201, 'ocpp2.1': central21 } as const;

/** The actions that a charger of a version sends and waits for an answer to. */
export const actionsOf = (protocol: Protocol): readonly string[] => Object.keys(routes[protocol]);

/** The actions that a charger of a version sends without an answer (SEND, of OCPP 2.1 alone). */
const sendsOf = (protocol: Protocol): readonly string[] =>
  protocol === 'ocpp2.1' ? Object.keys(sends) : [];

/** The number that says how a message is sent: as one that is answered (CALL), or that is not (SEND). */
const typeOf = ({ action }: Message): 2 | 6 => (Object.hasOwn(sends, action) ? 6 : 2);

const payloadOf = (protocol: Protocol, action: string) =>
  protocol === 'ocpp1.6' ? arbitraryRequest(action) : arbitraryMessage(protocol, action, 'request');

const messagesOf = (protocol: Protocol): fc.Arbitrary<Message> =>
  fc.oneof(
    ...[...actionsOf(protocol), ...sendsOf(protocol)].map((action) =>
      payloadOf(protocol, action).map((payload) => ({ action, payload })),
    ),
  );

const ids = fc.oneof(fc.constant('m1'), fc.string({ minLength: 1, maxLength: 36 }));

const validFrames = (messages: fc.Arbitrary<Message>): fc.Arbitrary<string> =>
  fc
    .tuple(ids, messages)
    .map(([id, message]) => JSON.stringify([typeOf(message), id, message.action, message.payload]));

/** A message that is sent the other way: one that wants an answer as one that wants none, and the reverse. */
const otherWay = (messages: fc.Arbitrary<Message>): fc.Arbitrary<string> =>
  messages.map((message) =>
    JSON.stringify([8 - typeOf(message), 'm1', message.action, message.payload]),
  );

/** Literals of JSON, or nearly: numbers that no double holds, nesting that no stack likes, values of other types. */
const wildLiterals: fc.Arbitrary<string> = fc.oneof(
  fc.constantFrom(
    ...['null', 'true', '-1', '-0', '0', '1e308', '1e400', '-1e400', '1e-400', '0.1e+99999'],
    ...['NaN', 'Infinity', '0x1F', '.5', '01', '1_000', '""', '[]', '{}', '[[]]', '[null]'],
    ...['2147483648', '-2147483649', '9007199254740993', '18446744073709551616', '1.0', '"1"'],
    ...['{"__proto__":{"status":"Accepted"}}', '{"constructor":1}', '"2026-02-30T25:61:61Z"'],
    ...['"-271821-04-20T00:00:00Z"', '"+275760-09-13T00:00:00Z"', '"275761-01-01T00:00:00Z"'],
  ),
  fc.constantFrom(...Object.values(oddTexts)),
  fc.integer({ min: 20, max: 400 }).map((digits) => '9'.repeat(digits)),
  fc.integer({ min: 1, max: 5_000 }).map((depth) => '['.repeat(depth) + ']'.repeat(depth)),
  fc
    .integer({ min: 1, max: 2_000 })
    .map((depth) => `${'{"a":'.repeat(depth)}1${'}'.repeat(depth)}`),
  fc.integer({ min: 100, max: 40_000 }).map((length) => `"${'x'.repeat(length)}"`),
  fc.json({ maxDepth: 3 }),
);

const mark = 'PLACE-OF-A-VALUE';

type Place = { readonly holder: Record<string, unknown>; readonly key: string };

const placesIn = (value: unknown): readonly Place[] =>
  value === null || typeof value !== 'object'
    ? []
    : Object.entries(value).flatMap(([key, inner]) => [
        { holder: value as Record<string, unknown>, key },
        ...placesIn(inner),
      ]);

/** Replaces one value of a message, whichever it is, by any text. */
const withLiteral = (message: Message, index: number, literal: string): string => {
  const { action, payload } = message;
  const type = typeOf(message);
  const copy = structuredClone(payload);
  const places = placesIn(copy);
  const place = places[index % Math.max(1, places.length)];
  if (place === undefined) return `[${type},"m1","${action}",${literal}]`;
  place.holder[place.key] = mark;
  return JSON.stringify([type, 'm1', action, copy]).replace(`"${mark}"`, () => literal);
};

const wild = (messages: fc.Arbitrary<Message>): fc.Arbitrary<string> =>
  fc
    .tuple(messages, fc.nat(), wildLiterals)
    .map(([message, index, literal]) => withLiteral(message, index, literal));

/** Any of some messages with one value replaced, as a frame; half of them as they should be. */
export const oddFrames = (all: readonly Message[]): fc.Arbitrary<string> =>
  fc.oneof(wild(fc.constantFrom(...all)), validFrames(fc.constantFrom(...all)));

/** A message without one of its fields, or with one twice. */
const misshapen = (messages: fc.Arbitrary<Message>): fc.Arbitrary<string> =>
  fc
    .tuple(messages, fc.nat(), fc.constantFrom('gone', 'twice'), wildLiterals)
    .map(([message, index, what, literal]) => {
      const { action, payload } = message;
      const copy = structuredClone(payload);
      const places = placesIn(copy);
      const place = places[index % Math.max(1, places.length)];
      if (place !== undefined && what === 'gone') delete place.holder[place.key];
      const text = JSON.stringify([typeOf(message), 'm1', action, copy]);
      const name = JSON.stringify(place?.key ?? 'status');
      return what === 'gone' ? text : text.replace(/\}\]$/, () => `,${name}:${literal}}]`);
    });

const cut = (valid: fc.Arbitrary<string>): fc.Arbitrary<string> =>
  fc.tuple(valid, fc.nat()).map(([text, at]) => text.slice(0, at % (text.length + 1)));

/** A message into which something was written, or from which something was lost. */
const spliced = (valid: fc.Arbitrary<string>): fc.Arbitrary<string> =>
  fc
    .tuple(valid, fc.nat(), fc.nat({ max: 9 }), fc.string({ unit: 'binary', maxLength: 6 }))
    .map(([text, at, lost, put]) => {
      const from = at % (text.length + 1);
      return text.slice(0, from) + put + text.slice(from + lost);
    });

const bytes: fc.Arbitrary<string> = fc
  .tuple(fc.uint8Array({ maxLength: 200 }), fc.constantFrom('utf8' as const, 'latin1' as const))
  .map(([data, encoding]) => Buffer.from(data).toString(encoding));

const elementsOf = (protocol: Protocol): fc.Arbitrary<unknown> =>
  fc.oneof(
    fc.constantFrom<unknown>(2, 3, 4, 5, 6, 7, 0, -1, '2', 2.5, null, 'm1', 1, {}, []),
    fc.constantFrom<string>(...actionsOf(protocol), ...sendsOf(protocol), ...central[protocol]),
    fc.jsonValue({ maxDepth: 2 }),
  );

/** A list of any elements in any number, as if it were a frame. */
const misnumbered = (protocol: Protocol): fc.Arbitrary<string> =>
  fc
    .tuple(
      fc.constantFrom([], [2], [2, 'm1'], [6, 'm1']),
      fc.array(elementsOf(protocol), { maxLength: 6 }),
    )
    .map(([head, rest]) => JSON.stringify([...head, ...rest]));

const requestIds = fc.constantFrom('m1', 'Reset:0', 'GetVariables:xyz', '__proto__', '');

/** An answer of the charger to a request that may be ours, as it should be or not. */
const replies: fc.Arbitrary<string> = fc
  .tuple(
    fc.constantFrom(3, 4, 5, 6),
    requestIds,
    fc.array(fc.jsonValue({ maxDepth: 3 }), { maxLength: 4 }),
  )
  .map(([type, id, rest]) => JSON.stringify([type, id, ...rest]));

/** A frame as a charger of a version may send it that is broken, hostile or only odd; a few are as they should be. */
export const hostileFrames = (protocol: Protocol): fc.Arbitrary<string> => {
  const messages = messagesOf(protocol);
  const valid = validFrames(messages);
  return fc.oneof(
    { weight: 2, arbitrary: valid },
    { weight: 6, arbitrary: wild(messages) },
    { weight: 3, arbitrary: misshapen(messages) },
    { weight: 2, arbitrary: cut(valid) },
    { weight: 2, arbitrary: spliced(valid) },
    { weight: 1, arbitrary: bytes },
    { weight: 2, arbitrary: misnumbered(protocol) },
    { weight: 1, arbitrary: replies },
    { weight: 1, arbitrary: otherWay(messages) },
  );
};
