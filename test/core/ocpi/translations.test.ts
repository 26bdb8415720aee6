import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Context } from '../../../core/ocpi/codec/context.ts';
import type { Loss } from '../../../core/ocpi/codec/losses.ts';
import type { Pair, Translation } from '../../../core/ocpi/codec/translation.ts';
import type { PartnerConnector } from '../../../core/ocpi/model/connector.ts';
import type { PartnerLocation } from '../../../core/ocpi/model/location.ts';
import type { OcpiVersion, PartnerObjects, Translators } from '../../../core/ocpi/translators.ts';
import { translators211 } from '../../../core/ocpi/v211/translators.ts';
import { translators221 } from '../../../core/ocpi/v221/translators.ts';
import { translators230 } from '../../../core/ocpi/v230/translators.ts';
import { NumberLiteral, readJsonLiterals } from '../../../core/units/json-literals.ts';
import { writeJsonLiterals } from '../../../core/units/write-json-literals.ts';
import { oddDocument, oddities } from './arbitraries/odd-documents.ts';
import { anyObject } from './arbitraries/requests.ts';
import { validatorOf } from './schemas/validators.ts';

const translators: Readonly<Record<OcpiVersion, Translators>> = {
  '2.1.1': translators211,
  '2.2.1': translators221,
  '2.3.0': translators230,
};
const kinds = Object.keys(anyObject) as (keyof PartnerObjects)[];
const cases = kinds.flatMap((kind) =>
  (Object.keys(translators) as OcpiVersion[]).flatMap((version) =>
    translators[version][kind] === undefined ? [] : [{ kind, version }],
  ),
);

type Any = { readonly [name: string]: unknown };

/** The translation of a kind without its type: the laws hold for all of them alike. */
const kindsOf221 = kinds.filter((kind) => translators['2.2.1'][kind] !== undefined);

const pairOf = (version: OcpiVersion, kind: keyof PartnerObjects): Pair<Any> =>
  translators[version][kind] as unknown as Pair<Any>;

const connectorAt = (id: string): PartnerConnector => ({
  id,
  standard: 'IEC_62196_T2',
  format: 'SOCKET',
  powerType: 'AC_3_PHASE',
  maxVoltage: '230',
  maxAmperage: '32',
  tariffIds: [],
  capabilities: [],
  lastUpdated: '2026-03-01T00:00:00.000Z',
});

/** A saved location that has the connector of a session or CDR. */
const savedFor = (id: string, evseUid: string, connectorId: string): PartnerLocation => ({
  countryCode: 'DE',
  partyId: 'JGT',
  id,
  publish: true,
  publishAllowedTo: [],
  address: 'Hauptstr. 1',
  city: 'Berlin',
  country: 'DEU',
  coordinates: { latitude: '52.52000', longitude: '13.40500' },
  relatedLocations: [],
  evses: [
    {
      uid: evseUid,
      status: 'CHARGING',
      statusSchedule: [],
      capabilities: [],
      connectors: [connectorAt(connectorId)],
      directions: [],
      parkingRestrictions: [],
      images: [],
      parking: [],
      acceptedServiceProviders: [],
      lastUpdated: '2026-03-01T00:00:00.000Z',
    },
  ],
  parkingPlaces: [],
  directions: [],
  facilities: [],
  timeZone: 'Europe/Berlin',
  images: [],
  lastUpdated: '2026-03-01T00:00:00.000Z',
});

const placeOf = (kind: keyof PartnerObjects, value: Any): PartnerLocation | undefined => {
  if (kind === 'session') {
    return savedFor(
      String(value['locationId']),
      String(value['evseUid']),
      String(value['connectorId']),
    );
  }
  if (kind !== 'cdr') return undefined;
  const { id, evseUid, connectorId } = (value as unknown as PartnerObjects['cdr']).location;
  return savedFor(id, evseUid, connectorId);
};

const contextFor = (kind: keyof PartnerObjects, value: Any): Context => {
  const location = placeOf(kind, value);
  return {
    owner: {
      countryCode: String(value['countryCode'] ?? 'DE'),
      partyId: String(value['partyId'] ?? 'JGT'),
    },
    negativeCredits: true,
    ...(location === undefined ? {} : { location }),
  };
};

/** The text on the wire, read again. */
const overTheWire = (translation: Extract<Translation, { kind: 'translated' }>) => {
  const read = readJsonLiterals(writeJsonLiterals(translation.object));
  if (read.kind !== 'json') throw new Error(read.message);
  return read.value;
};

const received = (pair: Pair<Any>, translation: Translation, context: Context): Any | undefined => {
  if (translation.kind === 'impossible') return undefined;
  const back = pair.from(overTheWire(translation), context);
  if (back.kind === 'malformed') throw new Error(JSON.stringify(back.problems));
  return back.value;
};

type Check = (value: Any, context: Context) => void;

/** Numbers that a partner sent besides, as their text. */
const plain = (value: unknown): unknown => {
  if (value instanceof NumberLiteral) return value.text;
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, plain(inner)]));
};

const gone = Symbol('gone');

/** Applies one loss to a copy: at its path there is then what the partner reads. */
const applyLoss = (copy: unknown, { path, instead }: Loss): void => {
  const steps = path.split(/\.|(?=\[)/).map((step) => step.replace(/^\[|\]$/g, ''));
  let place = copy as Record<string, unknown>;
  for (const step of steps.slice(0, -1)) place = place[step] as Record<string, unknown>;
  const last = steps.at(-1) ?? '';
  const value: unknown = instead === null ? gone : JSON.parse(instead);
  if (last === '') (place as unknown as unknown[]).push(value);
  else place[last] = value;
};

const withoutGone = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.filter((item) => item !== gone).map(withoutGone);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, inner]) => inner !== gone)
      .map(([name, inner]) => [name, withoutGone(inner)]),
  );
};

/** The losses of a translation are what its reader gets differently. */
const saysItsLosses: (pair: Pair<Any>, ...of: Parameters<Check>) => void = (
  pair,
  value,
  context,
) => {
  const translation = pair.to(value, context);
  if (translation.kind === 'impossible') return;
  const expected = structuredClone(plain(value));
  for (const loss of translation.losses) applyLoss(expected, loss);
  expect(plain(received(pair, translation, context))).toEqual(withoutGone(expected));
};

describe('translations between our objects and the words of a version', () => {
  it.each(cases)('an object of OCPI $version fits its schema: $kind', ({ kind, version }) => {
    const validate = validatorOf(version, kind);
    fc.assert(
      fc.property(anyObject[kind] as fc.Arbitrary<Any>, (value) => {
        const translation = pairOf(version, kind).to(value, contextFor(kind, value));
        if (translation.kind === 'impossible') return;
        expect(validate(JSON.parse(writeJsonLiterals(translation.object)))).toEqual([]);
      }),
      { numRuns: 60 },
    );
  });

  it.each(cases)(
    'the losses of a translation into $version are exactly what its reader gets differently: $kind',
    ({ kind, version }) => {
      const pair = pairOf(version, kind);
      fc.assert(
        fc.property(anyObject[kind] as fc.Arbitrary<Any>, (value) => {
          const context = contextFor(kind, value);
          const translation = pair.to(value, context);
          const back = received(pair, translation, context);
          if (translation.kind === 'impossible') return;
          const expected = structuredClone(value);
          for (const loss of translation.losses) applyLoss(expected, loss);
          expect(back).toEqual(withoutGone(expected));
        }),
        { numRuns: 60 },
      );
    },
  );

  it.each(cases)(
    'whatever $version can say goes there and back without any loss: $kind',
    ({ kind, version }) => {
      const pair = pairOf(version, kind);
      fc.assert(
        fc.property(anyObject[kind] as fc.Arbitrary<Any>, (value) => {
          const context = contextFor(kind, value);
          const sayable = received(pair, pair.to(value, context), context);
          if (sayable === undefined) return;
          const again = pair.to(sayable, context);
          expect(again).toMatchObject({ kind: 'translated', losses: [] });
          expect(received(pair, again, context)).toEqual(sayable);
        }),
        { numRuns: 60 },
      );
    },
  );

  it.each(kindsOf221)('2.3.0 says everything that 2.2.1 says: %s', (kind) => {
    const [older, newer] = [pairOf('2.2.1', kind), pairOf('2.3.0', kind)];
    fc.assert(
      fc.property(anyObject[kind] as fc.Arbitrary<Any>, (value) => {
        const context = contextFor(kind, value);
        const said = received(older, older.to(value, context), context);
        // A hub is the only thing with another form: it has no role, but an id of its own.
        if (said === undefined || JSON.stringify(said).includes('"HUB"')) return;
        expect(newer.to(said, context)).toMatchObject({ kind: 'translated', losses: [] });
      }),
      { numRuns: 40 },
    );
  });

  /** Whatever a partner may have sent us in a version, as we understood it. */
  const receivedIn = (version: OcpiVersion, kind: keyof PartnerObjects, check: Check) => {
    const sent = fc.tuple(anyObject[kind] as fc.Arbitrary<Any>, oddities);
    const law = fc.property(sent, ([value, odd]) => {
      const context = contextFor(kind, value);
      const written = pairOf(version, kind).to(value, context);
      if (written.kind === 'impossible') return;
      const document = oddDocument(overTheWire(written), odd);
      const read = pairOf(version, kind).from(document, context);
      if (read.kind === 'malformed') return;
      const location = placeOf(kind, read.value) ?? placeOf(kind, value);
      check(read.value, { ...context, ...(location === undefined ? {} : { location }) });
    });
    fc.assert(law, { numRuns: 15 });
  };

  it.each(cases)(
    'what a partner of $version sent goes on in every version without an unsaid loss: $kind',
    ({ kind, version }) => {
      const others = cases.filter((other) => other.kind === kind);
      receivedIn(version, kind, (value, context) => {
        for (const other of others) saysItsLosses(pairOf(other.version, kind), value, context);
      });
    },
  );

  it.each(cases)(
    'what a partner of $version sent is shown to it as it came, in words that nobody knows and too long for the version: $kind',
    ({ kind, version }) => {
      receivedIn(version, kind, (value, around) => {
        const context = { ...around, isEcho: true };
        const pair = pairOf(version, kind);
        const shown = pair.to(value, context);
        expect(shown).toMatchObject({ kind: 'translated', losses: [] });
        expect(received(pair, shown, context)).toEqual(value);
      });
    },
  );
});
