import { askApi, listApi } from '../../clients/operator-api.ts';
import type { StackAccess } from '../../clients/stack-access.ts';
import type { FleetPicture, ViewedCdr, ViewedCharger, ViewedSession } from './fleet-view.ts';

/** Asks the operator API for what one picture of some chargers needs: how they are, and their sessions and CDRs since `from` (epoch milliseconds). */
export const lookAtFleet = async (
  access: StackAccess,
  chargerIds: readonly string[],
  from: number,
): Promise<FleetPicture> => {
  const since = `from=${encodeURIComponent(new Date(from).toISOString())}`;
  const ours = ({ chargerId }: { readonly chargerId: string }): boolean =>
    chargerIds.includes(chargerId);
  const [chargers, active, cdrs] = await Promise.all([
    Promise.all(
      chargerIds.map((id) =>
        askApi<ViewedCharger>(access, 'GET', `/chargers/${encodeURIComponent(id)}`),
      ),
    ),
    Array.fromAsync(listApi<ViewedSession>(access, `/sessions/active?${since}`)),
    Array.fromAsync(listApi<ViewedCdr>(access, `/cdrs?${since}`)),
  ]);
  return { chargers, active: active.filter(ours), cdrs: cdrs.filter(ours) };
};
