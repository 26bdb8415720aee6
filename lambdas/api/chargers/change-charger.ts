import type * as z from 'zod';
import { chargerKey } from '../../../core/charger/charger-key.ts';
import { done, refused } from '../../http/answer.ts';
import {
  type ChargerChange,
  changeCharger as storeChange,
} from '../../store/chargers/change-charger.ts';
import { latestVersion } from '../../store/tariffs/tariffs.ts';
import type { Caller } from '../api-route.ts';
import { type ChargerChangeForm, defaultTimeZone } from './charger-form.ts';
import { chargerView } from './charger-view.ts';
import { readChargerFacts } from './read-charger-facts.ts';

type Form = z.infer<typeof ChargerChangeForm>;

const removable = ['name', 'maxPowerKw', 'connectors', 'tariffId'] as const;

/** A charger always has a time zone: without its own, the default. */
function changeOf(form: Form): ChargerChange {
  const { name, maxPowerKw, connectors, tariffId, timeZone } = form;
  return {
    set: {
      ...(name == null ? {} : { name }),
      ...(maxPowerKw == null ? {} : { maxPowerKw }),
      ...(connectors == null ? {} : { connectors }),
      ...(tariffId == null ? {} : { tariffId }),
      ...(timeZone === undefined ? {} : { timeZone: timeZone ?? defaultTimeZone }),
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
  const { tariffId, version } = form;
  if (tariffId != null) {
    const latest = await latestVersion(database, operatorId, tariffId);
    if (latest === undefined) return refused('TARIFF_NOT_FOUND');
  }
  const key = chargerKey(operatorId, chargerId);
  const charger = await storeChange(database, key, changeOf(form), version);
  if (charger === 'absent') return refused('CHARGER_NOT_FOUND');
  if (charger === 'changed') return refused('CHARGER_CHANGED');
  const [facts] = await readChargerFacts(database, [charger]);
  return facts === undefined
    ? refused('CHARGER_NOT_FOUND')
    : done(chargerView(facts, Date.parse(now)));
}
