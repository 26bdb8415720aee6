import * as z from 'zod';
import { isChargerId } from '../../../core/charger/charger-secrets.ts';
import { time } from '../../http/time-form.ts';
import { decimal, id, timeZone, whole } from '../forms.ts';
import { chargerPassword } from './charger-secret.ts';
import { evsesForm } from './evse-form.ts';

/** Fields of a charger that an operator may set and change later. */
const facts = {
  name: z.string().trim().min(1).max(100),
  maxPowerKw: decimal.refine((kw) => Number(kw) > 0 && Number(kw) <= 10_000, {
    message: 'The value must be kW above 0 and at most 10000.',
  }),
  connectors: whole(32).refine((count) => count > 0, { message: 'The value must be at least 1.' }),
  evses: evsesForm,
  timeZone,
  tariffId: id(64),
  locationId: id(64),
  commissionedAt: time.meta({
    description:
      'When it was commissioned, where that was before it is registered: a session that is dated before that is held.',
  }),
} as const;

/** The registration data of a charger. */
export const ChargerForm = z.strictObject({
  chargerId: z.string().max(48).refine(isChargerId, {
    message:
      'The value must be 1 to 48 letters, digits, inner spaces or any of * - _ = : + | @ . but not . or .. alone.',
  }),
  name: facts.name.optional(),
  maxPowerKw: facts.maxPowerKw.optional(),
  connectors: facts.connectors.optional(),
  evses: facts.evses.optional(),
  timeZone: facts.timeZone.optional(),
  tariffId: facts.tariffId.optional(),
  locationId: facts.locationId.optional(),
  commissionedAt: facts.commissionedAt.optional(),
  password: chargerPassword.optional(),
});

/** Change of a charger: null removes a field, an absent one stays as it is. */
export const ChargerChangeForm = z
  .strictObject({
    name: facts.name.nullable().optional(),
    maxPowerKw: facts.maxPowerKw.nullable().optional(),
    connectors: facts.connectors.nullable().optional(),
    evses: facts.evses.nullable().optional(),
    timeZone: facts.timeZone.nullable().optional(),
    tariffId: facts.tariffId.nullable().optional(),
    locationId: facts.locationId.nullable().optional(),
    commissionedAt: facts.commissionedAt.nullable().optional(),
    version: z.int().min(1).optional().meta({
      description:
        'The version that the change is based on; the change is refused if it is not the latest.',
    }),
  })
  .refine(({ version: _, ...changes }) => Object.keys(changes).length > 0, {
    message: 'The body must contain at least one field to change.',
  });
