import '../quiet.ts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ocpiVersions } from '../../../core/ocpi/partner/ocpi-versions.ts';
import { readJsonLiterals } from '../../../core/units/json-literals.ts';
import { openDatabase, type TestDatabase } from '../../contracts/engines.ts';
import { oddProperties, oddTexts, textsWith } from '../odd-texts.ts';
import { scan } from '../plant.ts';
import { callsWithObjects, havePlaceOf } from './calls-with-objects.ts';
import { haveEmsp } from './cpo-partner.ts';

let database: TestDatabase;

beforeAll(async () => {
  database = await openDatabase('dynoxide');
});
afterAll(async () => {
  await database.stop();
});

/** True where every odd text goes into every place, as `npm run fuzz` has it; else each place has another one than its neighbours. */
const isLarge = Number(process.env['JOULEGATE_FUZZ_FRAMES'] ?? 0) > 0;

/** A text as bytes of UTF-16, which keep half of a surrogate pair. */
const bytesOf = (text: string): Uint8Array => Buffer.from(text, 'utf16le');

const isJson = (text: string): boolean => readJsonLiterals(text).kind === 'json';

/** A document with odd texts in its places, and with each odd property beside its own, as far as they are JSON. */
const oddOnes = (document: object): readonly string[] => [...written(document)].filter(isJson);

function* written(document: object): Generator<string> {
  const whole = JSON.stringify(document);
  const every = isLarge ? 1 : Object.keys(oddTexts).length;
  for (const [kind, literal] of Object.values(oddTexts).entries()) {
    for (const [place, text] of textsWith(whole, literal).entries()) {
      if ((kind + place) % every === 0) yield text;
    }
  }
  for (const property of Object.values(oddProperties)) yield `{${property},${whole.slice(1)}`;
}

describe.each([...ocpiVersions])('a CPO of OCPI %s that sends odd texts', (version) => {
  it.each(callsWithObjects(version).map((call) => [call.method, call.place, call] as const))(
    '%s %s: an odd text in any place is refused by a code of OCPI, or kept so that the object can be read, well-formed and without zero bytes',
    async (method, place, call) => {
      const operator = await haveEmsp(database);
      const { send } = await havePlaceOf(database, operator, version, call);
      const later = { ...call.document, last_updated: '2099-01-01T00:00:00Z' };
      for (const body of oddOnes(method === 'POST' ? call.document : later)) {
        const { http, statusCode } = await send(method, place, bytesOf(body));
        expect([body.slice(0, 300), [200, 201].includes(http)]).toEqual([expect.anything(), true]);
        expect([1000, 2001, 2003]).toContain(statusCode);
        if (call.at === undefined) continue;
        const read = await send('GET', call.at);
        expect([body.slice(0, 300), read.data]).toEqual([expect.anything(), expect.any(Object)]);
      }
      for (const list of ['locations', 'sessions', 'cdrs']) {
        const { status, body } = await operator.call('GET', `/roaming/${list}`);
        expect([list, status, body.items]).toEqual([list, 200, expect.any(Array)]);
      }
      const stored = (await scan(database, database.state)).map((item) => JSON.stringify(item));
      expect(stored.filter((item) => /\\u0000|\\u[dD][89a-fA-F]/.test(item))).toEqual([]);
      expect(Object.keys(Object.prototype)).toEqual([]);
    },
  );
});
