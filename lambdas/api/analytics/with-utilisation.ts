import { utilisation } from '../../../core/analytics/utilisation.ts';
import { chargerKey } from '../../../core/charger/charger-key.ts';
import type { ListedRollup } from '../../store/analytics/listed-rollup.ts';
import { readChargers } from '../../store/chargers/chargers.ts';
import type { Caller } from '../api-route.ts';
import { connectorTime } from './connector-time.ts';
import { rollupView } from './rollup-view.ts';

/** Shows the sums of chargers in a month, with how far their connectors were used. */
export async function withUtilisation(
  { database, operatorId, now }: Caller,
  rollups: readonly ListedRollup[],
  month: string,
) {
  const keys = rollups.map(({ group }) => chargerKey(operatorId, group));
  const chargers = await readChargers(database, keys);
  return rollups.map((rollup, index) => {
    const charger = chargers[index];
    const { occupied } = rollup.figures;
    const share = charger && utilisation(occupied, connectorTime(charger, month, now));
    return { ...rollupView(rollup), utilisationPercent: share ?? null };
  });
}
