import { describe, expect, it } from 'vitest';
import { receive } from '../../../core/ocpp/receive.ts';
import { routes as routes16 } from '../../../core/ocpp/v16/routes.ts';
import { v16 } from '../../../core/ocpp/v16/version.ts';
import { routes as routes21 } from '../../../core/ocpp/v21/routes.ts';
import { v21 } from '../../../core/ocpp/v21/v21.ts';
import { routes as routes201 } from '../../../core/ocpp/v201/routes.ts';
import { v201 } from '../../../core/ocpp/v201/v201.ts';
import type { Version } from '../../../core/ocpp/version.ts';
import { officialSchema as schemaOf16 } from './arbitrary-message.ts';
import { type Schema, officialSchema as schemaOf2x } from './v201/official-messages.ts';

type Payload = Readonly<Record<string, unknown>>;

const resolved = ({ $ref, ...schema }: Schema, root: Schema): Schema =>
  $ref === undefined ? schema : (root.definitions?.[$ref.split('/').at(-1) ?? ''] ?? {});

const textOf = ({ enum: words, format }: Schema): string =>
  words?.[0] ?? (format === 'date-time' ? '2026-04-14T16:30:00Z' : 'x');

/** A value with everything that its schema has. */
const whole = (named: Schema, root: Schema): unknown => {
  const schema = resolved(named, root);
  if (schema.type === 'array') return [whole(schema.items ?? {}, root)];
  if (schema.type === 'integer' || schema.type === 'number') return 1;
  if (schema.type === 'boolean') return true;
  if (schema.type !== 'object') return textOf(schema);
  return Object.fromEntries(
    Object.entries(schema.properties ?? {}).map(([name, one]) => [name, whole(one, root)]),
  );
};

/** A message without one of its optional properties, and the same message with null in its place. */
type Pair = { readonly where: string; readonly absent: Payload; readonly empty: Payload };

const pairsIn = (
  named: Schema,
  root: Schema,
  value: unknown,
  where: string,
  put: (value: unknown) => Payload,
): readonly Pair[] => {
  if (Array.isArray(value)) {
    const { items = {} } = resolved(named, root);
    return pairsIn(items, root, value[0], `${where}/0`, (one) => put([one]));
  }
  if (typeof value !== 'object' || value === null) return [];
  const schema = resolved(named, root);
  return Object.entries(schema.properties ?? {}).flatMap(([name, one]): readonly Pair[] => {
    const { [name]: own, ...others } = value as Payload;
    const at = `${where}/${name}`;
    const below = pairsIn(one, root, own, at, (changed) => put({ ...others, [name]: changed }));
    if (schema.required?.includes(name)) return below;
    return [{ where: at, absent: put(others), empty: put({ ...others, [name]: null }) }, ...below];
  });
};

/** The events that a message is read as, and the readings and states of it where it is stored; the text itself is kept as it came. */
const understood = (version: Version, action: string, payload: Payload): unknown => {
  const received = receive(version, JSON.stringify([2, 'm1', action, payload]));
  if (received.kind !== 'call') return received;
  return received.events.map(({ raw, ...event }) => {
    const { readings, states } = version.decodeStored('meter', raw, 0);
    return { event, readings, states };
  });
};

const versions = [
  [v16, routes16, (action: string) => schemaOf16(action, 'req')],
  [v201, routes201, (action: string) => schemaOf2x('ocpp2.0.1', action, 'request')],
  [v21, routes21, (action: string) => schemaOf2x('ocpp2.1', action, 'request')],
] as const;

describe('a property that is null', () => {
  for (const [version, routes, schemaOf] of versions) {
    it.each(Object.keys(routes))(
      `an optional property that is null is as if absent, at any depth of a %s of ${version.protocol}`,
      (action) => {
        const schema = schemaOf(action);
        const pairs = pairsIn(schema, schema, whole(schema, schema), '', (one) => one as Payload);

        const different = pairs.filter(({ absent, empty }) => {
          const outcomes = [absent, empty].map((one) =>
            JSON.stringify(understood(version, action, one)),
          );
          return outcomes[0] !== outcomes[1];
        });
        expect(different.map(({ where }) => where)).toEqual([]);
      },
    );
  }
});
