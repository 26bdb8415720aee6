import type { CallKind } from '../../bench/use/call-budgets.ts';
import { chargerKey } from '../../core/charger/charger-key.ts';
import { routes } from '../../lambdas/api/routes.ts';
import { noteUnknownCharger } from '../../lambdas/authorizer/note-unknown-charger.ts';
import { takeOver } from '../../lambdas/store/chargers/connections.ts';
import type { TestDatabase } from '../contracts/engines.ts';
import { acceptingThings } from './accepting-things.ts';
import { countRequests } from './count-requests.ts';
import { countUnits } from './count-units.ts';
import { partnerPlatform } from './ocpi/partner-platform.ts';
import { known, newLocation, oneOfEverything, pathOf, type Things } from './one-of-everything.ts';
import { newOperator, plugIn, settle, type TestOperator } from './plant.ts';
import { requestBodies } from './request-bodies.ts';
import { reachedPartner } from './test-services.ts';

/** The kind of a call by its method and its status when it is done. */
export function callKind({
  method,
  status,
}: {
  readonly method: string;
  readonly status: number;
}): CallKind {
  switch (method) {
    case 'GET':
      return 'read';
    case 'DELETE':
      return 'delete';
    case 'POST':
      return status === 201 ? 'create' : 'act';
    default:
      return 'change';
  }
}

/** The cost of a call: requests of DynamoDB and their capacity units, and the code with which it was refused. */
export type CallTaken = {
  /** Method and path, as in `GET /chargers`. */
  readonly call: string;
  readonly kind: CallKind;
  readonly refusal: string | undefined;
  readonly requests: number;
  readonly read: number;
  readonly written: number;
};

type Route = (typeof routes)[number];

const callOf = ({ method, path }: Route): string => `${method} ${path}`;

/** Bodies of calls that need something of their operator, or would be in the way of others. */
const ownBodies = (ids: Things): Readonly<Record<string, object>> => ({
  'POST /accounts': { accountId: 'every', name: 'Every', currency: 'EUR' },
  'POST /chargers': { chargerId: 'EVERY-1', tariffId: known(ids, 'tariffId') },
  'POST /chargers/{chargerId}/approval': { approval: 'accepted' },
  'POST /firmware-campaigns': {
    firmwareId: known(ids, 'firmwareId'),
    chargers: { chargerIds: ['EVERY-1'] },
  },
  'POST /promo-codes': { code: 'EVERY', kind: 'percent', percent: '10' },
  'POST /roaming/commands': { type: 'stop', roamingSessionId: known(ids, 'roamingSessionId') },
  'POST /tokens': { tokenId: 'EVERY' },
  'PUT /settings/admission': { approveNewChargers: true, waitingRoom: { places: 3 } },
  'PUT /settings/ocpi': {
    countryCode: 'DE',
    partyId: 'OUR',
    businessName: 'Ours',
    roles: ['CPO', 'EMSP'],
  },
});

/** Things of calls that the one of everything does not serve: others of it are still to be read, changed or deleted. */
const ownThings = (
  accepting: Things,
  { emptyLocationId = '', queuedCommandId = '' }: Things,
): Readonly<Record<string, Things>> => ({
  'DELETE /chargers/{chargerId}': { chargerId: 'EVERY-1' },
  'DELETE /commands/{commandId}': { commandId: queuedCommandId },
  'DELETE /locations/{locationId}': { locationId: emptyLocationId },
  'DELETE /waiting-chargers/{waitingChargerId}': { waitingChargerId: 'NEW-2' },
  'POST /accounts/{accountId}/erasure': { accountId: 'every' },
  'POST /cdrs/{cdrId}/resolve': accepting,
  'POST /partners/{partnerId}/pulls': accepting,
  'POST /partners/{partnerId}/rotate': accepting,
  'POST /partners/{partnerId}/test': accepting,
  'POST /sessions/{sessionId}/end': accepting,
  'POST /sessions/{sessionId}/promo-code': accepting,
  'POST /tokens/{tokenId}/erasure': { tokenId: 'EVERY' },
});

/** Everything that is there is read before it changes, and what belongs to something goes before it. */
const steps = ({ method, path }: Route): number => {
  if (method === 'DELETE') return 3 - path.split('/').length / 100;
  if (path.endsWith('/erasure')) return 2;
  return method === 'GET' ? 0 : 1;
};

/** An operator with one of everything, a connection of its charger, and others of what is deleted. */
async function preparedOperator(database: TestDatabase): Promise<readonly [TestOperator, Things]> {
  const operator = await newOperator(database, 'Every call');
  const things = await oneOfEverything(database, operator);
  const [session] = (await operator.call('GET', '/roaming/sessions')).body.items ?? [];
  const { operatorId } = operator;
  const protocol = 'ocpp1.6';
  const waiting = { operatorId, chargerId: 'NEW-2', protocol, now: Date.now() } as const;
  await noteUnknownCharger(database, waiting);
  await takeOver(database, chargerKey(operatorId, known(things, 'chargerId')), {
    connectionId: 'every-call',
    protocol,
    connectedAt: new Date().toISOString(),
  });
  const order = { type: 'clear-cache' };
  const command = await operator.call(
    'POST',
    pathOf('/chargers/{chargerId}/commands', things),
    order,
  );
  const empty = await operator.call('POST', '/locations', newLocation);
  const more = {
    roamingSessionId: String(session?.['roamingSessionId']),
    queuedCommandId: String(command.body['commandId']),
    emptyLocationId: String(empty.body['locationId']),
  };
  return [operator, { ...things, ...more }];
}

/** Has the connected charger say that nothing charges at its connector any more, so that its session can be ended by hand. */
async function freeConnector(
  database: TestDatabase,
  { operatorId }: TestOperator,
  chargerId: string,
): Promise<void> {
  const key = chargerKey(operatorId, chargerId);
  const charger = await plugIn(database, key, Date.now() + 1_000);
  const report = { connectorId: 1, errorCode: 'NoError', status: 'Faulted' };
  await charger.call('StatusNotification', report);
  await settle(database, key);
}

/** Makes every call of the API once, about one of everything, and counts what each takes. */
export async function takenByEveryCall(database: TestDatabase): Promise<readonly CallTaken[]> {
  const [operator, ids] = await preparedOperator(database);
  const bodies = { ...requestBodies, ...ownBodies(ids) };
  const platform = partnerPlatform('2.2.1');
  const own = ownThings(await acceptingThings(database, operator, ids, platform), ids);
  await freeConnector(database, operator, known(ids, 'chargerId'));
  reachedPartner.request = platform.request;
  const taken: CallTaken[] = [];
  for (const route of routes.toSorted((a, b) => steps(a) - steps(b))) {
    const call = callOf(route);
    const body = route.body === undefined ? undefined : known(bodies, call);
    let refusal: string | undefined;
    let requests = 0;
    const { read, write } = await countUnits(database, async () => {
      const { reads, writes } = await countRequests(database, async () => {
        const { code } = await operator.call(
          route.method,
          pathOf(route.path, { ...ids, ...own[call] }),
          body,
        );
        refusal = code;
      });
      requests = reads.length + writes.length;
    });
    taken.push({ call, kind: callKind(route), refusal, requests, read, written: write });
  }
  reachedPartner.request = undefined;
  return taken;
}
