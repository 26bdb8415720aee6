import { askApi } from '../../clients/operator-api.ts';
import type { Credentials } from '../charger/charger-socket.ts';
import type { BenchStack } from '../stack/bench-stack.ts';
import type { BenchPartners } from './bench-partners.ts';

const evsesPerCharger = 32;
const connectorsPerEvse = 8;

/** Connectors of one charger of a large site. */
export const connectorsPerCharger = evsesPerCharger * connectorsPerEvse;

/** Makes the operator a party, with a tariff that every version of OCPI can say; gives the tariff's id. */
export async function beParty({ access }: BenchStack): Promise<string> {
  const party = { countryCode: 'DE', partyId: 'BEN', businessName: 'Bench', roles: ['CPO'] };
  await askApi(access, 'PUT', '/settings/ocpi', party);
  const priced = { name: 'Roaming', currency: 'EUR', perKwh: '0.50', vatPercent: '19' };
  return (await askApi<{ tariffId: string }>(access, 'POST', '/tariffs', priced)).tariffId;
}

/** Registers with some partners of the bench, all of which are sent what changes. */
export async function registerPartners(
  { access }: BenchStack,
  partners: BenchPartners,
  numbers: readonly number[],
): Promise<void> {
  for (const number of numbers) {
    await askApi(access, 'POST', '/partners', {
      name: `Partner ${number}`,
      roles: ['CPO'],
      versions: ['2.2.1'],
      versionsUrl: partners.versionsUrl(number),
      tokenA: `token-a-of-${number}`,
    });
  }
}

/** A published location with so many chargers; gives how they connect. */
export async function addSite(
  { access }: BenchStack,
  tariffId: string,
  name: string,
  chargers: number,
  connectors: 1 | typeof connectorsPerCharger,
): Promise<readonly Credentials[]> {
  const { locationId } = await askApi<{ locationId: string }>(access, 'POST', '/locations', {
    name,
    address: 'Main Street 1',
    city: 'Porto',
    country: 'PRT',
    publish: true,
    timeZone: 'Europe/Lisbon',
    coordinates: { latitude: '41.14961', longitude: '-8.61099' },
  });
  const facts = { standard: 'IEC_62196_T2', format: 'SOCKET', powerType: 'AC_3_PHASE' };
  const of = (length: number) => Array.from({ length }, (_, at) => at + 1);
  const evses = of(connectors === 1 ? 1 : evsesPerCharger).map((evseId) => ({
    evseId,
    connectors: of(connectors === 1 ? 1 : connectorsPerEvse).map((connectorId) => ({
      connectorId,
      ...facts,
      maxVoltage: 230,
      maxAmperage: 32,
    })),
  }));
  const added: Credentials[] = [];
  for (const number of of(chargers)) {
    const form = { chargerId: `${name}-${number}`, locationId, tariffId, evses };
    const made = await askApi<Credentials>(access, 'POST', '/chargers', form);
    added.push({ chargerId: form.chargerId, password: made.password });
  }
  return added;
}
