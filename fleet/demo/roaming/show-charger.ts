import { askApi, listApi } from '../../../clients/operator-api.ts';
import type { StackAccess } from '../../../clients/stack-access.ts';

type Location = { readonly locationId: string; readonly name: string };

const marketSquare = {
  name: 'Market square',
  address: 'Marktplatz 1',
  city: 'Neustadt',
  country: 'DEU',
  postalCode: '31535',
  timeZone: 'Europe/Berlin',
  publish: true,
  coordinates: { latitude: '52.50391', longitude: '9.45872' },
} as const;

/** Puts a charger of one connector on the market square, with all facts that partners need to see it; its id is what is written on it. */
export async function showCharger(access: StackAccess, chargerId: string): Promise<void> {
  const places = await Array.fromAsync(listApi<Location>(access, '/locations'));
  const { locationId } =
    places.find(({ name }) => name === marketSquare.name) ??
    (await askApi<Location>(access, 'POST', '/locations', marketSquare));
  const power = { powerType: 'AC_3_PHASE', maxVoltage: 230, maxAmperage: 16 };
  const connector = { connectorId: 1, standard: 'IEC_62196_T2', format: 'SOCKET', ...power };
  const evse = { evseId: 1, physicalReference: chargerId, connectors: [connector] };
  const capabilities = ['REMOTE_START_STOP_CAPABLE', 'RFID_READER'];
  await askApi(access, 'PATCH', `/chargers/${encodeURIComponent(chargerId)}`, {
    locationId,
    evses: [{ ...evse, capabilities }],
  });
}
