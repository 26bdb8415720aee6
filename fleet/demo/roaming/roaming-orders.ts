import { askApi, listApi } from '../../../clients/operator-api.ts';
import type { StackAccess } from '../../../clients/stack-access.ts';
import type { OrderCount, Orders } from '../order-session.ts';
import { roamingToken } from '../scenario.ts';
import { eventually } from './eventually.ts';
import type { RoamingPlace } from './roaming-place.ts';

type Command = { readonly roamingCommandId: string; readonly state: string };
type Session = {
  readonly roamingSessionId: string;
  readonly tokenId: string;
  readonly evseUid: string;
};

/** Orders the session of a roaming driver by its own operator: remote start and stop go to the partner whose charger it is. */
export function roamingOrders(
  emsp: StackAccess,
  { roamingLocationId, evseUid }: RoamingPlace,
  count: OrderCount,
  interrupted: AbortSignal,
): Orders {
  const order = async (command: object): Promise<void> => {
    count.sent += 1;
    const { roamingCommandId } = await askApi<Command>(emsp, 'POST', '/roaming/commands', command);
    const at = `/roaming/commands/${roamingCommandId}`;
    const outcome = await eventually(interrupted, async () => {
      const { state } = await askApi<Command>(emsp, 'GET', at);
      return state === 'sent' ? undefined : state;
    });
    if (outcome === 'accepted') count.accepted += 1;
  };
  const runningSession = async (): Promise<Session | undefined> => {
    for await (const one of listApi<Session>(emsp, '/roaming/sessions?state=active')) {
      if (one.tokenId === roamingToken && one.evseUid === evseUid) return one;
    }
    return undefined;
  };
  return {
    start: async () =>
      await order({ type: 'start', roamingLocationId, evseUid, tokenId: roamingToken }),
    stop: async () => {
      const running = await eventually(interrupted, runningSession);
      if (running === undefined) return;
      await order({ type: 'stop', roamingSessionId: running.roamingSessionId });
    },
  };
}
