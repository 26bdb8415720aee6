import { describe, expect, it } from 'vitest';
import { receive } from '../../../../core/ocpp/receive.ts';
import { routes as routes21 } from '../../../../core/ocpp/v21/routes.ts';
import { v21 } from '../../../../core/ocpp/v21/v21.ts';
import { routes as routes201 } from '../../../../core/ocpp/v201/routes.ts';
import { v201 } from '../../../../core/ocpp/v201/v201.ts';
import { isOfficial, officialSchema, type Schema } from '../v201/official-messages.ts';

type Payload = Record<string, unknown>;

/** A fault of a kind, put into an otherwise whole message. */
type Fault = {
  readonly what: string;
  readonly kind: 'missing' | 'null' | 'type' | 'value';
  readonly payload: Payload;
};

const missingCode = 'OccurrenceConstraintViolation';
const typeCode = 'TypeConstraintViolation';

const codes: Readonly<Record<Fault['kind'], readonly string[]>> = {
  missing: [missingCode],
  // As if absent, as far as null is tolerated at all.
  null: [missingCode, typeCode],
  type: [typeCode],
  value: ['PropertyConstraintViolation'],
};

/** The named tolerances of messages that are about no transaction, by the kind of fault that they tolerate. */
const tolerances: Readonly<Record<Fault['kind'], readonly string[]>> = {
  missing: ['missing-timestamp', 'missing-boot-reason', 'plain-id-token'],
  null: ['missing-timestamp', 'missing-boot-reason', 'plain-id-token'],
  type: ['plain-id-token'],
  value: ['long-field', 'empty-list', 'nonstandard-timestamp'],
};

const resolved = (schema: Schema, root: Schema): Schema =>
  schema.$ref === undefined
    ? schema
    : (root.definitions?.[schema.$ref.split('/').at(-1) ?? ''] ?? {});

const propertiesOf = (schema: Schema): readonly (readonly [string, Schema])[] =>
  Object.entries(schema.properties ?? {}).filter(([name]) => name !== 'customData');

/** A value with everything that its schema has. */
const whole = (named: Schema, root: Schema): unknown => {
  const schema = resolved(named, root);
  switch (schema.type) {
    case 'object':
      return Object.fromEntries(
        propertiesOf(schema).map(([name, one]) => [name, whole(one, root)]),
      );
    case 'array':
      return Array.from({ length: schema.minItems ?? 1 }, () => whole(schema.items ?? {}, root));
    case 'integer':
    case 'number':
      return Math.min(Math.max(1, schema.minimum ?? 1), schema.maximum ?? 1);
    case 'boolean':
      return true;
    case 'string':
      if (schema.enum !== undefined) return schema.enum[0];
      return schema.format === 'date-time' ? '2026-04-14T16:30:00Z' : 'x';
    default:
      // Any value, as the data of a vendor.
      return 'x';
  }
};

type Put = (value: unknown) => Payload;

const missing = Symbol('missing');

const replaced = (value: object, name: string, put: unknown): Payload => {
  const { [name]: _old, ...others } = value as Payload;
  return put === missing ? others : { ...others, [name]: put };
};

const wrongTypes: Readonly<Record<string, readonly unknown[]>> = {
  object: ['text', 7, []],
  array: ['text', 7, {}],
  integer: ['text', true, {}, 1.5],
  number: ['text', true, []],
  boolean: ['yes', 1, {}],
  string: [7, true, {}, []],
};

const faultsOfValue = (schema: Schema, path: string, put: Put): readonly Fault[] => [
  ...(wrongTypes[schema.type ?? ''] ?? []).map((value): Fault => {
    const what = `${path} is ${JSON.stringify(value)}`;
    return { what, kind: 'type', payload: put(value) };
  }),
  ...(schema.enum === undefined
    ? []
    : [{ what: `${path} is no word of OCPP`, kind: 'value', payload: put('Bogus') } as const]),
  ...(schema.maxLength === undefined
    ? []
    : [
        {
          what: `${path} is too long`,
          kind: 'value',
          payload: put('x'.repeat(schema.maxLength + 1)),
        } as const,
      ]),
  ...(schema.format === undefined
    ? []
    : [{ what: `${path} is no time`, kind: 'value', payload: put('yesterday') } as const]),
  ...(schema.minimum === undefined
    ? []
    : [{ what: `${path} is too small`, kind: 'value', payload: put(schema.minimum - 1) } as const]),
];

const faultsIn = (
  named: Schema,
  root: Schema,
  value: unknown,
  path: string,
  put: Put,
): readonly Fault[] => {
  const schema = resolved(named, root);
  if (schema.type === 'array' && Array.isArray(value)) {
    const [first, ...rest] = value;
    const most = schema.maxItems === undefined ? [] : Array(schema.maxItems + 1).fill(first);
    return [
      ...(most.length === 0
        ? []
        : [{ what: `${path} has too many`, kind: 'value', payload: put(most) } as const]),
      ...faultsOfValue(schema, path, put),
      ...faultsIn(schema.items ?? {}, root, first, `${path}/0`, (one) => put([one, ...rest])),
    ];
  }
  if (schema.type !== 'object' || typeof value !== 'object' || value === null) {
    return faultsOfValue(schema, path, put);
  }
  return [
    ...(path === '' ? [] : faultsOfValue(schema, path, put)),
    ...(schema.required ?? []).flatMap((name): readonly Fault[] => [
      {
        what: `${path}/${name} is missing`,
        kind: 'missing',
        payload: put(replaced(value, name, missing)),
      },
      {
        what: `${path}/${name} is null`,
        kind: 'null',
        payload: put(replaced(value, name, null)),
      },
    ]),
    ...propertiesOf(schema).flatMap(([name, one]) =>
      faultsIn(one, root, (value as Payload)[name], `${path}/${name}`, (changed) =>
        put(replaced(value, name, changed)),
      ),
    ),
  ];
};

type Outcome = { readonly frame?: readonly unknown[]; readonly quirks: readonly string[] };

/** A message of a transaction is never refused. */
const isKept = ({ frame }: Outcome): boolean => frame === undefined;

/** Any other gets the code of its fault, or is read by a tolerance that is named for that kind of fault. */
const isRefused = (kind: Fault['kind'], { frame, quirks }: Outcome): boolean => {
  if (frame !== undefined)
    return frame[0] === 4 && frame[1] === 'm1' && codes[kind].includes(String(frame[2]));
  const named = quirks.filter((one) => one !== 'null-property');
  return named.length > 0 && named.every((one) => tolerances[kind].includes(one));
};

const versions = [
  ['ocpp2.0.1', v201, routes201],
  ['ocpp2.1', v21, routes21],
] as const;

describe('messages that break the official schemas of OCPP 2.0.1 and 2.1', () => {
  for (const [protocol, version, routes] of versions) {
    const actions = Object.keys(routes);
    const outcomeOf = (action: string, payload: Payload): Outcome => {
      const received = receive(version, JSON.stringify([2, 'm1', action, payload]));
      if (received.kind === 'answer') return { frame: JSON.parse(received.frame), quirks: [] };
      if (received.kind !== 'call') throw new Error(`${action}: ${received.kind}`);
      return { quirks: received.quirks };
    };

    it.each(actions)(
      `a whole %s of ${protocol} is read, and each property that is missing, of a wrong type, too long or no word of it is refused with its code, or tolerated by name`,
      (action) => {
        const schema = officialSchema(protocol, action, 'request');
        const payload = whole(schema, schema) as Payload;
        expect(isOfficial(protocol, action, 'request', payload)).toBe(true);
        expect(outcomeOf(action, payload)).toEqual({ quirks: [] });

        const faults = faultsIn(schema, schema, payload, '', (one) => one as Payload);
        const isTransactional = version.isTransactional(action);
        const wrong = faults.flatMap(({ what, kind, payload: broken }) => {
          const outcome = outcomeOf(action, broken);
          const isRight = isTransactional ? isKept(outcome) : isRefused(kind, outcome);
          return isRight ? [] : [`${what}: ${JSON.stringify(outcome)}`];
        });
        expect(wrong).toEqual([]);
      },
    );
  }
});
