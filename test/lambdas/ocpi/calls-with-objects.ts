import type { TestDatabase } from '../../contracts/engines.ts';
import type { TestOperator } from '../plant.ts';
import { type CpoPartner, haveCpo } from './cpo-partner.ts';
import { type Golden, goldenDocument } from './golden-document.ts';

/** A call of ours as eMSP that takes an object of a CPO. */
export type CallWithObject = {
  readonly method: string;
  readonly place: string;
  /** Where the object is read back; undefined where its answer says that. */
  readonly at?: string;
  readonly document: Golden;
};

/** Every call of ours as eMSP that takes an object of a CPO, with one that is right. */
export function callsWithObjects(version: string): readonly CallWithObject[] {
  const of = (name: string) => goldenDocument(version, name);
  const owned = (module: string, ...ids: readonly unknown[]) =>
    [module, 'DE', 'JNA', ...ids].join('/');
  const [location, evse, connector] = [of('location'), of('evse'), of('connector')];
  const [tariff, session, cdr] = [of('tariff'), of('session'), of('cdr')];
  const put = (place: string, document: Golden): readonly CallWithObject[] => [
    { method: 'PUT', place, at: place, document },
    { method: 'PATCH', place, at: place, document },
  ];
  const evsePlace = owned('locations', location['id'], evse['uid']);
  const [putTariff, patchTariff] = put(owned('tariffs', tariff['id']), tariff);
  const invoice = version === '2.3.0' ? of('invoiceRecord') : undefined;
  return [
    ...put(owned('locations', location['id']), location),
    ...put(evsePlace, evse),
    ...put(`${evsePlace}/${connector['id']}`, connector),
    ...put(owned('sessions', session['id']), session),
    ...(putTariff ? [putTariff] : []),
    ...(patchTariff && version === '2.1.1' ? [patchTariff] : []),
    { method: 'POST', place: 'cdrs', document: cdr },
    ...(invoice
      ? [
          { method: 'POST', place: 'invoicereconciliation', document: invoice },
          ...put(owned('invoicereconciliation', invoice['id']), invoice).slice(0, 1),
        ]
      : []),
  ];
}

/** A CPO of an operator, with what the object of a call is in. */
export async function havePlaceOf(
  database: TestDatabase,
  operator: TestOperator,
  version: string,
  { place }: CallWithObject,
): Promise<CpoPartner> {
  const partner = await haveCpo(database, operator, version);
  const around = callsWithObjects(version).filter(
    ({ at }) => at !== undefined && place.startsWith(at),
  );
  for (const { at = '', document } of around) await partner.send('PUT', at, document);
  return partner;
}
