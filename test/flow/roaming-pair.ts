import { expect } from 'vitest';
import { eventually, type Flow, type Registered, registerCharger, registerTariff } from './flow.ts';
import type { OperatorClient } from './operator-client.ts';

/** Two operators of one deployment that are roaming partners of each other, over real HTTP: one has chargers, one drivers. */
export type RoamingPair = {
  /** The flow of the operator of chargers. */
  readonly cpo: Flow;
  readonly emsp: OperatorClient;
  /** The path of the partner at each side. */
  readonly atCpo: string;
  readonly atEmsp: string;
  readonly charger: Registered;
  readonly locationId: string;
};

type Partner = {
  readonly partnerId: string;
  readonly versionsUrl: string;
  readonly tokenA: string;
};

const haveParty = async (flow: Flow, partyId: string, role: 'CPO' | 'EMSP') => {
  const operator = await flow.newOperator(`${partyId} of a pair`);
  const party = { countryCode: 'DE', partyId, businessName: partyId, roles: [role] };
  expect((await operator.put('/settings/ocpi', party)).status).toBe(200);
  return operator;
};

/** A published location with one charger, whose first half hour costs half as much. */
const addCharger = async (cpo: Flow) => {
  const price = (price: string) => ({ type: 'ENERGY', price, vat: '19' });
  const tariffId = await registerTariff(cpo, {
    elements: [
      { priceComponents: [price('0.60')], restrictions: { minDuration: 1800 } },
      { priceComponents: [price('0.30')] },
    ],
  });
  const made = await cpo.operator.post<{ locationId: string }>('/locations', {
    ...{ name: 'Yard', address: 'Main Street 1', city: 'Porto', country: 'PRT', publish: true },
    coordinates: { latitude: '41.14961', longitude: '-8.61099' },
    timeZone: 'Europe/Lisbon',
  });
  const { locationId } = made.body;
  const facts = { standard: 'IEC_62196_T2', format: 'SOCKET', powerType: 'AC_3_PHASE' };
  const connectors = [{ connectorId: 1, ...facts, maxVoltage: 230, maxAmperage: 32 }];
  const capabilities = ['REMOTE_START_STOP_CAPABLE', 'RFID_READER'];
  const evses = [{ evseId: 1, capabilities, connectors }];
  const charger = await registerCharger(cpo, { tariffId, locationId, connectors: 1, evses });
  return { locationId, charger };
};

/** Makes two operators and registers them with each other in one version of OCPI; neither reads the other by itself. */
export const haveRoamingPair = async (flow: Flow, version: string): Promise<RoamingPair> => {
  const cpo = { ...flow, operator: await haveParty(flow, 'OWN', 'CPO') };
  const emsp = await haveParty(flow, 'DRI', 'EMSP');
  const wanted = { versions: [version], negativeCredits: true, pullEveryHours: null };
  const invited = await cpo.operator.post<Partner>('/partners', {
    ...{ name: 'Drivers', roles: ['CPO'] },
    ...wanted,
  });
  const { versionsUrl, tokenA } = invited.body;
  const registered = await emsp.post<Partner>('/partners', {
    ...{ name: 'Chargers', roles: ['EMSP'], versionsUrl, tokenA },
    ...wanted,
  });
  expect(registered.body).toMatchObject({ state: 'registered', version });
  const [atCpo, atEmsp] = [invited, registered].map(({ body }) => `/partners/${body.partnerId}`);
  return { cpo, emsp, atCpo: `${atCpo}`, atEmsp: `${atEmsp}`, ...(await addCharger(cpo)) };
};

type Pulls = {
  readonly pulls: readonly { readonly module: string; readonly state: string }[];
};

const pullAs = async (operator: OperatorClient, at: string, modules: readonly string[]) => {
  expect((await operator.post(`${at}/pulls`, { modules })).status).toBe(202);
  const { body } = await eventually(
    () => operator.get<Pulls>(`${at}/pulls`),
    (answer) => modules.every((name) => isComplete(answer.body, name)),
  );
  expect(modules.filter((name) => !isComplete(body, name))).toEqual([]);
};

/** Has the operator of drivers read modules from its partner, and waits until it has all of them. */
export const pull = async ({ emsp, atEmsp }: RoamingPair, modules: readonly string[]) =>
  await pullAs(emsp, atEmsp, modules);

/** Has the operator of chargers read the tokens of the other's drivers, and waits until it has all of them. */
export const pullTokens = async ({ cpo, atCpo }: RoamingPair) =>
  await pullAs(cpo.operator, atCpo, ['tokens']);

const isComplete = ({ pulls }: Pulls, name: string): boolean =>
  pulls.some(({ module, state }) => module === name && state === 'complete');
