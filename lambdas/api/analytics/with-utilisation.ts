import { utilisation } from '../../../core/analytics/utilisation.ts';
import { chargerKey } from '../../../core/charger/charger-key.ts';
import { duration } from '../../../core/units/instant.ts';
import type { ListedRollup } from '../../store/analytics/list-rollups.ts';
import { type Charger, readChargers } from '../../store/chargers/chargers.ts';
import type { Caller } from '../api-route.ts';
import { rollupView } from './rollup-view.ts';

const connectorsOf = ({ evses, connectors }: Charger): number =>
  evses === undefined || evses.length === 0
    ? (connectors ?? 0)
    : evses.reduce((sum, evse) => sum + evse.connectors.length, 0);

/** The part of a month (`YYYY-MM`, UTC) since a charger was commissioned, or else registered, until now. */
function timeOf({ commissionedAt, createdAt }: Charger, month: string, now: string) {
  const [year = 0, number = 0] = month.split('-').map(Number);
  const from = Math.max(Date.UTC(year, number - 1), Date.parse(commissionedAt ?? createdAt));
  const to = Math.min(Date.UTC(year, number), Date.parse(now));
  return duration(BigInt(Math.max(0, to - from)));
}

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
    const share =
      charger && utilisation(occupied, connectorsOf(charger), timeOf(charger, month, now));
    return { ...rollupView(rollup), utilisationPercent: share ?? null };
  });
}
