import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Context } from '../../core/ocpi/codec/context.ts';
import type { PartnerLocation } from '../../core/ocpi/model/location.ts';
import type { OcpiVersion, PartnerObjects, Translators } from '../../core/ocpi/translators.ts';
import { translators211 } from '../../core/ocpi/v211/translators.ts';
import { translators221 } from '../../core/ocpi/v221/translators.ts';
import { translators230 } from '../../core/ocpi/v230/translators.ts';
import { type JsonLiteral, readJsonLiterals } from '../../core/units/json-literals.ts';

/** The translations of each version. */
export const translatorsOf: Readonly<Record<OcpiVersion, Translators>> = {
  '2.1.1': translators211,
  '2.2.1': translators221,
  '2.3.0': translators230,
};

/** A document of `test/golden/ocpi`: `name` is its file without the ending, `kind` the part before a dot. */
export type GoldenObject = {
  readonly name: string;
  readonly kind: keyof PartnerObjects;
};

const folderOf = (version: OcpiVersion): string =>
  fileURLToPath(new URL(`../../test/golden/ocpi/${version}`, import.meta.url));

/** Every document of 2.3.0, the version that can say the most; each is also kept as the older versions say it. */
export const goldenObjects: readonly GoldenObject[] = readdirSync(folderOf('2.3.0'))
  .filter((file) => file.endsWith('.json'))
  .map((file) => file.replace(/\.json$/, ''))
  .map((name) => ({ name, kind: name.split('.')[0] as keyof PartnerObjects }))
  .toSorted((a, b) => a.name.localeCompare(b.name));

/** A document as a version says it; undefined where it cannot. */
export const goldenDocument = (version: OcpiVersion, name: string): JsonLiteral | undefined => {
  const file = `${folderOf(version)}/${name}.json`;
  if (!existsSync(file)) return undefined;
  const read = readJsonLiterals(readFileSync(file, 'utf8'));
  if (read.kind === 'malformed') throw new Error(`${file}: ${read.message}`);
  return read.value;
};

const owner = { countryCode: 'DE', partyId: 'JNA' };
const emsp = { countryCode: 'DE', partyId: 'EMS' };

/** An object of a document of 2.3.0. */
export const goldenValue = ({ name, kind }: GoldenObject): PartnerObjects[typeof kind] => {
  const document = goldenDocument('2.3.0', name);
  const translator = translators230[kind];
  if (document === undefined || translator === undefined) throw new Error(`${name} is not there.`);
  const received = translator.from(document, { owner });
  if (received.kind === 'malformed') {
    throw new Error(`${name}: ${JSON.stringify(received.problems)}`);
  }
  return received.value;
};

/** The context of a document: the operator of the golden location, which is saved, and a provider of drivers. */
export const goldenContext = (kind: keyof PartnerObjects): Context => ({
  owner: kind === 'token' || kind === 'startSession' || kind === 'reserveNow' ? emsp : owner,
  emsp,
  location: goldenValue({ name: 'location', kind: 'location' }) as PartnerLocation,
});
