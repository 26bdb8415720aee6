import * as z from 'zod';
import { chargerKey, normalizeChargerId } from '../../../core/charger/charger-key.ts';
import { isWaitOver } from '../../../core/charger/waiting-place.ts';
import { doneSilently, refused } from '../../http/answer.ts';
import { readChargers } from '../../store/chargers/chargers.ts';
import {
  dismissWaiting,
  leaveWaitingRoom,
  readWaitingRoom,
  type WaitingCharger,
} from '../../store/chargers/waiting-room.ts';
import { type ApiRoute, type Caller, listRoute, route } from '../api-route.ts';
import { timeText } from '../common-schemas.ts';
import { ChargerForm } from './charger-form.ts';
import { RegisteredChargerSchema, registerCharger } from './register-charger.ts';

const WaitingChargerSchema = z
  .strictObject({
    chargerId: z.string().meta({ description: 'As its URL names it; nothing of it is proven.' }),
    ocppVersion: z.string(),
    address: z
      .string()
      .nullable()
      .meta({ description: 'The address that it tried to connect from.' }),
    firstSeenAt: timeText,
    lastSeenAt: timeText.meta({ description: 'Of its last attempt, to ten minutes.' }),
  })
  .meta({ id: 'WaitingCharger' });

const view = ({ chargerId, protocol, address, firstSeenAt, lastSeenAt }: WaitingCharger) => ({
  chargerId,
  ocppVersion: protocol.replace('ocpp', ''),
  address: address ?? null,
  firstSeenAt,
  lastSeenAt,
});

/** The chargers that wait and that nobody has dismissed or registered, by id. */
async function readWaiting({ database, operatorId, now }: Caller) {
  const room = await readWaitingRoom(database, operatorId);
  const waiting = (room?.chargers ?? []).map((one) => ({
    ...one,
    id: normalizeChargerId(one.chargerId),
  }));
  const hours = room?.bounds.hours ?? 0;
  const shown = waiting.filter(
    (one) => one.dismissedAt === undefined && !isWaitOver(one, hours, Date.parse(now)),
  );
  // One may be registered without being adopted, or tries while it is.
  const keys = shown.map(({ id }) => chargerKey(operatorId, id));
  const registered = new Set(
    (await readChargers(database, keys)).map((charger) => charger?.chargerKey),
  );
  return shown
    .filter(({ id }) => !registered.has(chargerKey(operatorId, id)))
    .sort((a, b) => (a.id < b.id ? -1 : 1));
}

const findWaiting = async (caller: Caller, chargerId: string) =>
  (await readWaiting(caller)).find(({ id }) => id === normalizeChargerId(chargerId));

/** The calls about chargers that tried to connect and that nobody registered. */
export const waitingRoutes: readonly ApiRoute[] = [
  listRoute({
    path: '/waiting-chargers',
    summary:
      'Lists the unknown chargers that tried to connect by the URL of the operator, by id, while the waiting room is open.',
    scope: 'chargers:read',
    filters: {},
    item: WaitingChargerSchema,
    run: async (caller, { page: { limit, after = '' } }) => {
      const found = (await readWaiting(caller)).filter(({ id }) => id > after);
      const items = found.slice(0, limit);
      const next = found.length > limit ? (items.at(-1)?.id ?? null) : null;
      return { items: items.map(view), next };
    },
  }),
  route({
    method: 'POST',
    path: '/waiting-chargers/{waitingChargerId}/adopt',
    summary:
      'Registers a charger that waits, and shows its password and connection token once: enter one of them in the charger.',
    scope: 'chargers:write',
    body: ChargerForm.omit({ chargerId: true }).prefault({}),
    example: { name: 'Car park, bay 1', maxPowerKw: 22, connectors: 2 },
    status: 201,
    response: RegisteredChargerSchema,
    errors: [
      'WAITING_CHARGER_NOT_FOUND',
      'TARIFF_NOT_FOUND',
      'LOCATION_NOT_FOUND',
      'CHARGER_EXISTS',
      'IDEMPOTENCY_KEY_REUSED',
    ],
    repeatable: true,
    run: async (caller, { path, body, keepAnswer }) => {
      const waiting = await findWaiting(caller, path.waitingChargerId);
      if (waiting === undefined) return refused('WAITING_CHARGER_NOT_FOUND');
      const { chargerId } = waiting;
      const answer = await registerCharger(caller, { ...body, chargerId }, keepAnswer);
      if (answer.kind === 'done') {
        await leaveWaitingRoom(caller.database, caller.operatorId, waiting);
      }
      return answer;
    },
  }),
  route({
    method: 'DELETE',
    path: '/waiting-chargers/{waitingChargerId}',
    summary: 'Dismisses a charger that waits; it is not shown again before its time is over.',
    scope: 'chargers:write',
    status: 204,
    errors: ['WAITING_CHARGER_NOT_FOUND'],
    run: async (caller, { path }) => {
      const waiting = await findWaiting(caller, path.waitingChargerId);
      if (waiting === undefined) return refused('WAITING_CHARGER_NOT_FOUND');
      const { database, operatorId, now } = caller;
      await dismissWaiting(database, operatorId, waiting.chargerId, now);
      return doneSilently;
    },
  }),
];
