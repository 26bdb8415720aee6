import { askApi } from '../../clients/operator-api.ts';
import type { StackAccess } from '../../clients/stack-access.ts';
import type { ChargingPlan } from '../charger/charging-plan.ts';
import { unlessBusy } from './unless-busy.ts';

type Command = { readonly commandId: string; readonly state: string; readonly sessionId?: string };

/** How many commands a fleet was sent, and accepted. */
export type OrderCount = { sent: number; accepted: number };

/** The operator's orders to one charger. */
export type Orders = {
  /** Orders the start of a session; resolves with the charger's answer. */
  readonly start: (plan: ChargingPlan) => Promise<void>;
  /** Orders the stop of the session that the latest start began; nothing where it began none. */
  readonly stop: () => Promise<void>;
};

/** Orders sessions of a charger by the operator API, and counts. */
export function ordersTo(access: StackAccess, chargerId: string, count: OrderCount): Orders {
  const path = `/chargers/${encodeURIComponent(chargerId)}/commands?wait=20`;
  const order = async (command: object): Promise<Command | undefined> => {
    count.sent += 1;
    const ordered = await unlessBusy(askApi<Command>(access, 'POST', path, command));
    if (ordered?.state === 'accepted') count.accepted += 1;
    return ordered;
  };
  let latest: string | undefined;
  return {
    start: async ({ idTag: tokenId, connectorId }) => {
      latest = (await order({ type: 'start', tokenId, connectorId }))?.commandId;
    },
    stop: async () => {
      if (latest === undefined) return;
      const started = await unlessBusy(askApi<Command>(access, 'GET', `/commands/${latest}`));
      const sessionId = started?.sessionId;
      if (sessionId !== undefined) await order({ type: 'stop', sessionId });
    },
  };
}
