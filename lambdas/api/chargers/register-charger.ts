import * as z from 'zod';
import { chargerKey } from '../../../core/charger/charger-key.ts';
import {
  chargerPasswordLength,
  connectionTokenLength,
} from '../../../core/charger/charger-secrets.ts';
import { omitUndefined } from '../../../core/units/omit-undefined.ts';
import { done, refused } from '../../http/answer.ts';
import type { KeepAnswer } from '../../http/keep-answer.ts';
import { secretHash } from '../../runtime/secrets.ts';
import { type Charger, createCharger, readCharger } from '../../store/chargers/chargers.ts';
import { readAdmission } from '../../store/operators/admission.ts';
import { countCharger } from '../../store/operators/operators.ts';
import type { Caller } from '../api-route.ts';
import type { ChargerForm } from './charger-form.ts';
import { newSecret } from './charger-secret.ts';
import { chargerUrls } from './charger-urls.ts';
import { missingReference } from './missing-reference.ts';

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
export async function registerCharger(
  caller: Caller,
  form: z.infer<typeof ChargerForm>,
  keepAnswer?: KeepAnswer,
) {
  const { database, operatorId, now } = caller;
  const { chargerId, password: chosen, ...facts } = form;
  const missing = await missingReference(caller, facts);
  if (missing !== undefined) return missing;
  const key = chargerKey(operatorId, chargerId);
  if ((await readCharger(database, key)) !== undefined) return refused('CHARGER_EXISTS');
  const password = chosen ?? newSecret(chargerPasswordLength);
  const connectionToken = newSecret(connectionTokenLength);
  const [{ shard, slug }, { approveNewChargers }] = await Promise.all([
    countCharger(database, operatorId),
    readAdmission(database, operatorId),
  ]);
  const charger: Charger = omitUndefined({
    chargerId,
    chargerKey: key,
    operatorId,
    shard,
    passwordHash: secretHash(password),
    connectionTokenHash: secretHash(connectionToken),
    ...facts,
    approval: approveNewChargers ? ('pending' as const) : undefined,
    createdAt: now,
    version: 1,
  });
  const urls = chargerUrls(slug, chargerId, connectionToken);
  const answer = { chargerId, password, connectionToken, urls };
  // In one transaction: should the answer get lost, its repetition has the secrets, and the id is not taken for nothing.
  const kept = keepAnswer === undefined ? [] : [keepAnswer(answer)];
  const created = await createCharger(database, charger, kept);
  return created === 'exists' ? refused('CHARGER_EXISTS') : done(answer);
}
