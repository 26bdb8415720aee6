import * as z from 'zod';
import { chargerKey } from '../../core/charger/charger-key.ts';
import {
  chargerPasswordLength,
  connectionTokenLength,
  isChargerId,
} from '../../core/charger/charger-secrets.ts';
import { done, refused } from '../http/answer.ts';
import { secretHash } from '../runtime/secrets.ts';
import { type Charger, createCharger, readCharger } from '../store/chargers.ts';
import { countCharger } from '../store/operators.ts';
import { latestVersion } from '../store/tariffs.ts';
import type { Caller } from './api-route.ts';
import { chargerPassword, newSecret } from './charger-secret.ts';
import { chargerUrls } from './charger-urls.ts';
import { decimal, id, timeZone, whole } from './forms.ts';

const power = decimal.refine((kw) => Number(kw) > 0 && Number(kw) <= 10_000, {
  message: 'The value must be kW above 0 and at most 10000.',
});

/** The registration data of a charger. */
export const ChargerForm = z.strictObject({
  chargerId: z.string().refine(isChargerId, {
    message:
      'The value must be 1 to 48 letters, digits, inner spaces or any of * - _ = : + | @ . but not . or .. alone.',
  }),
  name: z.string().trim().min(1).max(100).optional(),
  maxPowerKw: power.optional(),
  connectors: whole(32)
    .refine((count) => count > 0, { message: 'The value must be at least 1.' })
    .optional(),
  timeZone: timeZone.default('UTC'),
  tariffId: id(64).optional(),
  password: chargerPassword.optional(),
});

/** A charger that was just registered, with the secrets that are shown once. */
export const RegisteredChargerSchema = z
  .strictObject({
    chargerId: z.string(),
    password: z.string(),
    connectionToken: z.string(),
    urls: z.strictObject({ basic: z.string(), token: z.string() }),
  })
  .meta({ id: 'RegisteredCharger' });

/** Registers a charger and shows its secrets, once. */
export async function registerCharger(caller: Caller, form: z.infer<typeof ChargerForm>) {
  const { database, operatorId, now } = caller;
  const { chargerId, name, maxPowerKw, connectors, tariffId } = form;
  if (tariffId !== undefined) {
    const version = await latestVersion(database, operatorId, tariffId);
    if (version === undefined) return refused('TARIFF_NOT_FOUND');
  }
  const key = chargerKey(operatorId, chargerId);
  if ((await readCharger(database, key)) !== undefined) return refused('CHARGER_EXISTS');
  const password = form.password ?? newSecret(chargerPasswordLength);
  const connectionToken = newSecret(connectionTokenLength);
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
  return done({ chargerId, password, connectionToken, urls });
}
