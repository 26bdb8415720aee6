import * as z from 'zod';
import { chargerKey, normalizeChargerId } from '../../core/charger/charger-key.ts';
import { isMeterKeyId, meterKeyIdOf } from '../../core/ocmf/meter-key.ts';
import { pointsOfKey } from '../../core/ocmf/read-public-key.ts';
import { type Charger, readCharger } from '../store/chargers.ts';
import {
  deleteMeterKey,
  keepMeterKey,
  readMeterKeys,
  type StoredMeterKey,
} from '../store/meter-keys.ts';
import { cursorAt } from '../store/table/cursor.ts';
import { type ApiAnswer, done, doneSilently, refused } from './api-answer.ts';
import { listQuery, noBody, noQuery } from './forms.ts';
import { listRequest } from './list-request.ts';
import { MeterKeyForm, meterKeyTermsOf } from './meter-key-form.ts';
import { type Caller, type Route, route } from './route.ts';

/** Keys of one charger: some meters on each connector, each exchanged now and then. */
const mostKeys = 50;

/** A charger that is the caller's own; undefined when there is no such charger. */
const ownCharger = async (
  { database, operatorId }: Caller,
  path: Readonly<Record<string, string>>,
): Promise<Charger | undefined> =>
  await readCharger(database, chargerKey(operatorId, path['chargerId'] ?? ''));

/** The curve is known at once unless the key is compressed: then the records tell. */
const curveOf = ({ publicKey, encoding }: StoredMeterKey): string | null => {
  const [first, ...others] = pointsOfKey(publicKey, encoding);
  return first === undefined || others.length > 0 ? null : first.curve;
};

const meterKeyView = (key: StoredMeterKey) => ({
  meterKeyId: key.meterKeyId,
  publicKey: key.publicKey,
  encoding: key.encoding ?? null,
  curve: curveOf(key),
  evseId: key.connector?.evseId ?? null,
  connectorId: key.connector?.connectorId ?? null,
  meterSerial: key.meterSerial ?? null,
  validFrom: key.validFrom ?? null,
  validUntil: key.validUntil ?? null,
  createdAt: key.createdAt,
});

async function registerMeterKey(
  caller: Caller,
  charger: Charger,
  form: z.infer<typeof MeterKeyForm>,
): Promise<ApiAnswer> {
  const { database, now } = caller;
  const terms = meterKeyTermsOf(form);
  const meterKeyId = meterKeyIdOf(normalizeChargerId(charger.chargerId), terms);
  if (meterKeyId === undefined) return refused('METER_KEY_UNREADABLE');
  const known = await readMeterKeys(database, charger.chargerKey);
  const isNew = known.every((one) => one.meterKeyId !== meterKeyId);
  if (isNew && known.length >= mostKeys) return refused('METER_KEYS_TOO_MANY');
  const kept = await keepMeterKey(database, charger.chargerKey, {
    ...terms,
    meterKeyId,
    createdAt: now,
  });
  return done(meterKeyView(kept), 201);
}

/** The calls about the public keys by which the signed values of a charger's meters are verified. */
export const meterKeyRoutes: readonly Route[] = [
  route({
    method: 'POST',
    path: '/chargers/{chargerId}/meter-keys',
    summary: "Registers a public key of a charger's meter; the same one again is the same one.",
    scope: 'chargers:write',
    query: noQuery,
    body: MeterKeyForm,
    run: async (caller, { path, body }) => {
      const charger = await ownCharger(caller, path);
      if (charger === undefined) return refused('CHARGER_NOT_FOUND');
      return await registerMeterKey(caller, charger, body);
    },
  }),
  route({
    method: 'GET',
    path: '/chargers/{chargerId}/meter-keys',
    summary: "Lists the public keys of a charger's meters.",
    scope: 'chargers:read',
    query: z.strictObject(listQuery),
    body: noBody,
    run: async (caller, { path, query }) => {
      const request = listRequest(query);
      if (request === undefined) return refused('INVALID_CURSOR');
      const charger = await ownCharger(caller, path);
      if (charger === undefined) return refused('CHARGER_NOT_FOUND');
      const all = await readMeterKeys(caller.database, charger.chargerKey);
      const { after } = request;
      const rest = all.filter(({ meterKeyId }) => after === undefined || meterKeyId > after);
      const page = rest.slice(0, request.limit);
      const last = page.at(-1);
      const hasMore = rest.length > page.length && last !== undefined;
      const nextCursor = hasMore ? cursorAt(last.meterKeyId) : null;
      return done({ items: page.map(meterKeyView), nextCursor });
    },
  }),
  route({
    method: 'DELETE',
    path: '/chargers/{chargerId}/meter-keys/{meterKeyId}',
    summary: "Deletes a public key of a charger's meter; CDRs keep those that they rest on.",
    scope: 'chargers:write',
    query: noQuery,
    body: noBody,
    run: async (caller, { path }) => {
      const charger = await ownCharger(caller, path);
      if (charger === undefined) return refused('CHARGER_NOT_FOUND');
      const meterKeyId = path['meterKeyId'] ?? '';
      if (!isMeterKeyId(meterKeyId)) return refused('METER_KEY_NOT_FOUND');
      const deleted = await deleteMeterKey(caller.database, charger.chargerKey, meterKeyId);
      return deleted === 'absent' ? refused('METER_KEY_NOT_FOUND') : doneSilently;
    },
  }),
];
