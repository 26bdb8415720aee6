import type * as z from 'zod';
import { chargerKey } from '../../../core/charger/charger-key.ts';
import { done, refused } from '../../http/answer.ts';
import {
  type ChargerChange,
  changeCharger as storeChange,
} from '../../store/chargers/change-charger.ts';
import type { Caller } from '../api-route.ts';
import type { ChargerChangeForm } from './charger-form.ts';
import { chargerView } from './charger-view.ts';
import { missingReference } from './missing-reference.ts';
import { readChargerFacts } from './read-charger-facts.ts';

type Form = z.infer<typeof ChargerChangeForm>;

const removable = [
  'name',
  'maxPowerKw',
  'connectors',
  'evses',
  'timeZone',
  'tariffId',
  'locationId',
  'commissionedAt',
] as const;

function changeOf(form: Form): ChargerChange {
  const { name, maxPowerKw, connectors, evses } = form;
  const { tariffId, timeZone, locationId, commissionedAt } = form;
  return {
    set: {
      ...(name == null ? {} : { name }),
      ...(maxPowerKw == null ? {} : { maxPowerKw }),
      ...(connectors == null ? {} : { connectors }),
      ...(evses == null ? {} : { evses }),
      ...(tariffId == null ? {} : { tariffId }),
      ...(timeZone == null ? {} : { timeZone }),
      ...(locationId == null ? {} : { locationId }),
      ...(commissionedAt == null ? {} : { commissionedAt }),
    },
    remove: removable.filter((fact) => form[fact] === null),
  };
}

/**
 * Changes what a charger was registered with. It holds from the next session on: one that runs keeps the tariff, power and
 * time zone that it began with.
 */
export async function changeCharger(caller: Caller, chargerId: string, form: Form) {
  const { database, operatorId, now } = caller;
  const missing = await missingReference(caller, form);
  if (missing !== undefined) return missing;
  const whose = { operatorId, chargerKey: chargerKey(operatorId, chargerId) };
  const charger = await storeChange(database, whose, changeOf(form), {
    updatedAt: now,
    version: form.version,
  });
  if (charger === 'absent') return refused('CHARGER_NOT_FOUND');
  if (charger === 'changed') return refused('CHARGER_CHANGED');
  const [facts] = await readChargerFacts(caller, [charger]);
  return facts === undefined
    ? refused('CHARGER_NOT_FOUND')
    : done(chargerView(facts, Date.parse(now)));
}
