import { listApi } from '../../../clients/operator-api.ts';
import type { StackAccess } from '../../../clients/stack-access.ts';
import type { ViewedRoaming, ViewedRoamingCdr, ViewedRoamingSession } from '../fleet-view.ts';

/** Asks the operator of a roaming driver what it knows of the sessions at an EVSE since `from` (epoch milliseconds), and of their CDRs. */
export async function lookAtRoaming(
  emsp: StackAccess,
  evseUid: string,
  from: number,
): Promise<ViewedRoaming> {
  const since = `from=${encodeURIComponent(new Date(from).toISOString())}`;
  const there = (one: { readonly evseUid: string }): boolean => one.evseUid === evseUid;
  const [active, cdrs] = await Promise.all([
    Array.fromAsync(
      listApi<ViewedRoamingSession & { readonly evseUid: string }>(
        emsp,
        `/roaming/sessions?state=active&${since}`,
      ),
    ),
    Array.fromAsync(
      listApi<ViewedRoamingCdr & { readonly evseUid: string }>(emsp, `/roaming/cdrs?${since}`),
    ),
  ]);
  return { active: active.filter(there), cdrs: cdrs.filter(there) };
}
