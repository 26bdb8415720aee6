import * as z from 'zod';
import { isMeterKeyId } from '../../../core/ocmf/is-meter-key-id.ts';
import { done, doneSilently, refused } from '../../http/answer.ts';
import { deleteMeterKey, readMeterKeys } from '../../store/chargers/meter-keys.ts';
import { type ApiRoute, listRoute, route } from '../api-route.ts';
import { timeText } from '../common-schemas.ts';
import { MeterKeyForm } from './meter-key-form.ts';
import { ProposedMeterKeysSchema } from './proposed-meter-keys-schema.ts';
import { readOwnCharger } from './read-own-charger.ts';

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

/**
 * The calls about the public keys by which the signed values of a charger's meters are verified. What reads keys is loaded with the
 * first of them: it has the arithmetic of all curves.
 */
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
      const { registerMeterKey } = await import('./meter-key-calls.ts');
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
      const { meterKeyView } = await import('./meter-key-calls.ts');
      return {
        items: items.map(meterKeyView),
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
      const { proposedMeterKeys } = await import('./proposed-meter-keys.ts');
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
