import { randomBytes } from 'node:crypto';
import * as z from 'zod';
import { chargerKey } from '../../core/charger/charger-key.ts';
import {
  chargerPasswordLength,
  connectionTokenLength,
  isChargerId,
  plainSecret,
} from '../../core/charger/charger-secrets.ts';
import { secretHash } from '../runtime/secrets.ts';
import { type Charger, createCharger, readCharger } from '../store/chargers.ts';
import { countCharger } from '../store/operators.ts';
import { latestVersion } from '../store/tariffs.ts';
import { type ApiAnswer, done, refused } from './api-answer.ts';
import { chargerUrls } from './charger-urls.ts';
import { decimal, id, timeZone, whole } from './forms.ts';
import type { Caller } from './route.ts';

const power = decimal.refine((kw) => Number(kw) > 0 && Number(kw) <= 10_000, {
  message: 'A power in kW above 0, at most 10000.',
});

/** What an operator says of a charger that is to be registered. */
export const ChargerForm = z.strictObject({
  chargerId: z.string().refine(isChargerId, {
    message: '1 to 48 letters, digits or any of * - _ = : + | @ . and spaces within',
  }),
  name: z.string().trim().min(1).max(100).optional(),
  maxPowerKw: power.optional(),
  connectors: whole(32)
    .refine((count) => count > 0, { message: 'At least one connector.' })
    .optional(),
  timeZone: timeZone.default('UTC'),
  tariffId: id(64).optional(),
});

const secret = (length: number): string => plainSecret(randomBytes(length * 2), length);

/** Registers a charger and shows its secrets, once. */
export async function registerCharger(
  caller: Caller,
  form: z.infer<typeof ChargerForm>,
): Promise<ApiAnswer> {
  const { database, operatorId, now } = caller;
  const { chargerId, name, maxPowerKw, connectors, tariffId } = form;
  if (tariffId !== undefined) {
    const version = await latestVersion(database, operatorId, tariffId);
    if (version === undefined) return refused('TARIFF_NOT_FOUND');
  }
  const key = chargerKey(operatorId, chargerId);
  if ((await readCharger(database, key)) !== undefined) return refused('CHARGER_EXISTS');
  const password = secret(chargerPasswordLength);
  const connectionToken = secret(connectionTokenLength);
  const { shard, slug } = await countCharger(database, operatorId);
  const charger: Charger = {
    chargerId,
    chargerKey: key,
    operatorId,
    shard,
    passwordHash: secretHash(password),
    connectionTokenHash: secretHash(connectionToken),
    timeZone: form.timeZone,
    createdAt: now,
    ...(name === undefined ? {} : { name }),
    ...(maxPowerKw === undefined ? {} : { maxPowerKw }),
    ...(connectors === undefined ? {} : { connectors }),
    ...(tariffId === undefined ? {} : { tariffId }),
  };
  if ((await createCharger(database, charger)) === 'exists') return refused('CHARGER_EXISTS');
  const urls = chargerUrls(slug, chargerId, connectionToken);
  return done({ chargerId, password, connectionToken, urls }, 201);
}
