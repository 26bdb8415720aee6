import '../quiet.ts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { routes } from '../../../core/ocpp/v16/routes.ts';
import { officialSchema } from '../../core/ocpp/arbitrary-message.ts';
import { messageRecords, scan, type TestCharger } from '../plant.ts';
import { openSite, type TestSite } from '../test-site.ts';

let site: TestSite;
let charger: TestCharger;

beforeAll(async () => {
  site = await openSite({
    tokens: [{ tokenId: 'TAG1' }],
    tariff: { name: 'AC', currency: 'EUR', perKwh: '0.50' },
  });
  await site.register();
  charger = await site.plugIn();
});

afterAll(async () => {
  await site.close();
});

/** Odd contents of a text, as written in JSON. */
const oddTexts: Readonly<Record<string, string>> = {
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
const oddProperties: Readonly<Record<string, string>> = {
  'a prototype': '"__proto__":{"connectorId":7,"toString":1}',
  'a constructor': '"constructor":{"prototype":{"x":1}}',
  'a name with a lone surrogate': '"\\ud83d":"\\udc00"',
  'a repeated name': '"timestamp":"2026-04-14T16:30:00Z","timestamp":"2026-04-14T16:31:00Z"',
};

type Schema = ReturnType<typeof officialSchema>;

const sample = (schema: Schema, root: Schema): unknown => {
  if (schema.$ref !== undefined) {
    return sample(root.definitions?.[schema.$ref.split('/').at(-1) ?? ''] ?? {}, root);
  }
  if (schema.enum !== undefined) return schema.enum[0];
  if (schema.format === 'date-time') return '2026-04-14T16:30:00Z';
  if (schema.type === 'string') return 'a';
  if (schema.type === 'integer') return 1;
  if (schema.type === 'array') return [sample(schema.items ?? {}, root)];
  const properties = Object.entries(schema.properties ?? {});
  return Object.fromEntries(properties.map(([name, part]) => [name, sample(part, root)]));
};

/** A whole message once for each of its texts, that one written as given. */
const variantsOf = (action: string, literal: string): readonly string[] => {
  const schema = officialSchema(action, 'req');
  const whole = JSON.stringify(sample(schema, schema));
  const texts = [...whole.matchAll(/:("[^"]*")/g)];
  return texts.map(
    ({ index, 1: text = '' }) =>
      whole.slice(0, index + 1) + literal + whole.slice(index + 1 + text.length),
  );
};

const withProperty = (action: string, property: string): string => {
  const schema = officialSchema(action, 'req');
  const whole = JSON.stringify(sample(schema, schema));
  return whole === '{}' ? `{${property}}` : `{${property},${whole.slice(1)}`;
};

const actions = Object.keys(routes);
let sent = 0;

const expectValidAnswer = async (action: string, payload: string) => {
  sent += 1;
  const answer = await charger.send(`[2,"m${sent}","${action}",${payload}]`);
  const frame = JSON.parse(answer ?? 'null') as unknown[];
  expect(frame[1]).toBe(`m${sent}`);
  if (routes[action as keyof typeof routes].transaction !== undefined) expect(frame[0]).toBe(3);
  expect(frame[2]).not.toBe('InternalError');
  expect([3, 4]).toContain(frame[0]);
};

describe('a message with an odd text in it', () => {
  it.each(Object.entries(oddTexts))(
    'an odd text gets a valid answer and causes no internal error, in any text of any message: %s',
    async (_about, literal) => {
      for (const action of actions) {
        for (const payload of variantsOf(action, literal)) await expectValidAnswer(action, payload);
      }
    },
  );

  it.each(Object.entries(oddProperties))(
    'a message with any additional properties gets a valid answer and causes no internal error: %s',
    async (_about, property) => {
      for (const action of actions) await expectValidAnswer(action, withProperty(action, property));
      expect(({} as Record<string, unknown>)['connectorId']).toBeUndefined();
    },
  );

  it('a message with odd texts is stored well-formed and without zero bytes, and every step can read it', async () => {
    for (const action of actions) {
      for (const literal of Object.values(oddTexts)) {
        const [payload] = variantsOf(action, literal);
        if (payload !== undefined) await expectValidAnswer(action, payload);
      }
    }
    await site.settle();

    const stored = JSON.stringify([
      await messageRecords(site.database),
      await scan(site.database, site.database.state),
    ]);
    expect(stored.length).toBeGreaterThan(100_000);
    expect(stored.isWellFormed()).toBe(true);
    // Text stored word for word may contain escapes; JSON.stringify escapes their backslash.
    expect(stored).not.toMatch(/\\u0000|\\u[dD][89abAB][\da-fA-F]{2}(?!\\\\u[dD][c-fC-F])/);
    expect((await site.sessions()).length).toBeGreaterThan(0);
  });
});
