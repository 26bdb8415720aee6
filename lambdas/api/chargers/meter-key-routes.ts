import * as z from 'zod';
import { isMeterKeyId } from '../../../core/ocmf/is-meter-key-id.ts';
import { done, doneSilently, refused } from '../../http/answer.ts';
import { type KeepAnswer, keptPart } from '../../http/keep-answer.ts';
import type { Charger } from '../../store/chargers/chargers.ts';
import {
  deleteMeterKey,
  keepMeterKey,
  readMeterKeys,
  type StoredMeterKey,
} from '../../store/chargers/meter-keys.ts';
import { type ApiRoute, type Caller, listRoute, route } from '../api-route.ts';
import { timeText } from '../common-schemas.ts';
import { MeterKeyForm, meterKeyTermsOf } from './meter-key-form.ts';
import { ProposedMeterKeysSchema, proposedMeterKeys } from './proposed-meter-keys.ts';
import { readOwnCharger } from './read-own-charger.ts';

/** Keys of one charger: some meters on each connector, each exchanged now and then. */
const mostKeys = 50;

/** The mathematics of curves, which no other call needs. */
const loadPoints = async () => await import('./meter-key-points.ts');

const MeterKeySchema = z
  .strictObject({
    meterKeyId: z.string(),
    publicKey: z.string(),
    encoding: z.enum(['hex', 'base64']).nullable(),
    curve: z.string().nullable(),
    evseId: z.int().nullable(),
    connectorId: z.int().nullable(),
    meterSerial: z.string().nullable(),
    validFrom: timeText.nullable(),
    validUntil: timeText.nullable(),
    createdAt: timeText,
  })
  .meta({ id: 'MeterKey' });

const meterKeyView = (key: StoredMeterKey, curve: string | null) => ({
  meterKeyId: key.meterKeyId,
  publicKey: key.publicKey,
  encoding: key.encoding ?? null,
  curve,
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
  keepAnswer: KeepAnswer | undefined,
) {
  const { database, now } = caller;
  const terms = meterKeyTermsOf(form);
  const { curveOf, idOfMeterKey } = await loadPoints();
  const meterKeyId = idOfMeterKey(charger.chargerId, terms);
  if (meterKeyId === undefined) return refused('METER_KEY_UNREADABLE');
  const known = await readMeterKeys(database, charger.chargerKey);
  const isNew = known.every((one) => one.meterKeyId !== meterKeyId);
  if (isNew && known.length >= mostKeys) return refused('METER_KEYS_TOO_MANY');
  const key = { ...terms, meterKeyId, createdAt: now };
  const answer = keptPart(keepAnswer, meterKeyView(key, curveOf(key)));
  const kept = await keepMeterKey(database, charger.chargerKey, key, answer);
  return kept === 'refused'
    ? refused('IDEMPOTENCY_KEY_REUSED')
    : done(meterKeyView(kept, curveOf(kept)));
}

/** The calls about the public keys by which the signed values of a charger's meters are verified. */
export const meterKeyRoutes: readonly ApiRoute[] = [
  route({
    method: 'POST',
    path: '/chargers/{chargerId}/meter-keys',
    summary:
      "Registers a public key of a charger's meter; registering the same key again changes nothing.",
    scope: 'chargers:write',
    body: MeterKeyForm,
    example: {
      publicKey:
        '046b17d1f2e12c4247f8bce6e563a440f277037d812deb33a0f4a13945d898c2964fe342e2fe1a7f9b8ee7eb4a7c0f9e162bce33576b315ececbb6406837bf51f5',
      encoding: 'hex',
      connectorId: 1,
      validFrom: '2026-01-01T00:00:00Z',
    },
    status: 201,
    response: MeterKeySchema,
    errors: [
      'CHARGER_NOT_FOUND',
      'METER_KEY_UNREADABLE',
      'METER_KEYS_TOO_MANY',
      'IDEMPOTENCY_KEY_REUSED',
    ],
    repeatable: true,
    run: async (caller, { path: { chargerId }, body, keepAnswer }) => {
      const charger = await readOwnCharger(caller, chargerId);
      if (charger === undefined) return refused('CHARGER_NOT_FOUND');
      return await registerMeterKey(caller, charger, body, keepAnswer);
    },
  }),
  listRoute({
    path: '/chargers/{chargerId}/meter-keys',
    summary: "Lists the public keys of a charger's meters.",
    scope: 'chargers:read',
    item: MeterKeySchema,
    errors: ['CHARGER_NOT_FOUND'],
    run: async (caller, { path: { chargerId }, page: { limit, after } }) => {
      const charger = await readOwnCharger(caller, chargerId);
      if (charger === undefined) return refused('CHARGER_NOT_FOUND');
      const all = await readMeterKeys(caller.database, charger.chargerKey);
      const rest = all.filter(({ meterKeyId }) => after === undefined || meterKeyId > after);
      const items = rest.slice(0, limit);
      const hasMore = rest.length > items.length;
      const { curveOf } = await loadPoints();
      return {
        items: items.map((key) => meterKeyView(key, curveOf(key))),
        next: hasMore ? (items.at(-1)?.meterKeyId ?? null) : null,
      };
    },
  }),
  route({
    method: 'GET',
    path: '/chargers/{chargerId}/proposed-meter-keys',
    summary:
      'Returns the public keys that a charger says its meters have and that are not registered; they verify nothing.',
    scope: 'chargers:read',
    response: ProposedMeterKeysSchema,
    errors: ['CHARGER_NOT_FOUND'],
    run: async (caller, { path: { chargerId } }) => {
      const charger = await readOwnCharger(caller, chargerId);
      if (charger === undefined) return refused('CHARGER_NOT_FOUND');
      return done({ items: [...(await proposedMeterKeys(caller, charger))] });
    },
  }),
  route({
    method: 'DELETE',
    path: '/chargers/{chargerId}/meter-keys/{meterKeyId}',
    summary:
      "Deletes a public key of a charger's meter; CDRs keep the keys they were verified with.",
    scope: 'chargers:write',
    status: 204,
    errors: ['CHARGER_NOT_FOUND', 'METER_KEY_NOT_FOUND'],
    run: async (caller, { path: { chargerId, meterKeyId } }) => {
      const charger = await readOwnCharger(caller, chargerId);
      if (charger === undefined) return refused('CHARGER_NOT_FOUND');
      if (!isMeterKeyId(meterKeyId)) return refused('METER_KEY_NOT_FOUND');
      const deleted = await deleteMeterKey(caller.database, charger.chargerKey, meterKeyId);
      return deleted === 'absent' ? refused('METER_KEY_NOT_FOUND') : doneSilently;
    },
  }),
];
