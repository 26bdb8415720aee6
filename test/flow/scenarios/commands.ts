import { describe, expect, it } from 'vitest';
import { endLife } from '../end-life.ts';
import { connect, eventually, registerCharger } from '../flow.ts';
import type { RunningFlow } from '../start-flow.ts';
import type { TestCharger } from '../test-charger.ts';

type Events = {
  readonly items: readonly {
    readonly data: { readonly commandId: string; readonly state: string };
  }[];
};
type Shown = { readonly commandId: string; readonly state: string };
type Call = readonly [2, string, string, Record<string, unknown>];

/** Waits for the n-th CALL to a charger, counted from 1. */
const callTo = async (plug: TestCharger, n: number): Promise<Call> => {
  const calls = await eventually(
    async () => plug.received.filter((text) => text.startsWith('[2,')),
    (all) => all.length >= n,
  );
  return JSON.parse(calls[n - 1] ?? 'null') as Call;
};

/** Commands on the way that all others take, with the privileges of the functions that they need. */
export const commandScenarios = (flow: () => RunningFlow): void => {
  describe('commands to a charger that is offline', () => {
    it('commands wait until their charger connects, are sent one after the other, and their ends are events', async () => {
      const finished = () => flow().operator.get<Events>('/events?types=command.finished');
      await finished();
      const charger = await registerCharger(flow());
      const before = await connect(flow(), charger);
      await before.close();
      const offline = await eventually(
        () => flow().operator.get<{ readonly online: boolean }>(`/chargers/${charger.chargerId}`),
        ({ body }) => !body.online,
      );
      expect(offline.body.online).toBe(false);
      const route = `/chargers/${charger.chargerId}/commands`;
      const reset = await flow().operator.post<Shown>(route, { type: 'reset', kind: 'soft' });
      const unlock = await flow().operator.post<Shown>(route, { type: 'unlock', connectorId: 1 });
      expect([reset.status, unlock.status]).toEqual([202, 202]);
      // The sender has looked for the charger, and noted that its commands wait; those of other chargers have their deadlines.
      flow().passDeadlines();
      await flow().drained();

      const plug = await connect(flow(), charger);
      for (const [n, word] of [
        [1, 'Accepted'],
        [2, 'Unlocked'],
      ] as const) {
        const [, messageId] = await callTo(plug, n);
        plug.shout(JSON.stringify([3, messageId, { status: word }]));
      }

      for (const { body } of [reset, unlock]) {
        const ended = await eventually(
          () => flow().operator.get<Shown>(`/commands/${body.commandId}`),
          (answer) => answer.body.state === 'accepted',
        );
        expect(ended.body.state).toBe('accepted');
      }
      await plug.close();
      const { body } = await eventually(finished, (answer) => answer.body.items.length >= 2);
      expect(body.items.map(({ data }) => [data.commandId, data.state])).toEqual(
        [reset, unlock].map((one) => [one.body.commandId, 'accepted']),
      );
    });

    it('a command for an hour ends by itself, with its event, at a charger that never comes back and that nobody looks at', async () => {
      const operator = await flow().newOperator('Patient');
      const finished = () => operator.get<Events>('/events?types=command.finished');
      const charger = await registerCharger({ ...flow(), operator });
      const { chargerId } = charger;
      const before = await connect(flow(), charger);
      await before.close();
      const { body, status } = await operator.post<Shown>(`/chargers/${chargerId}/commands`, {
        type: 'clear-cache',
        expiresInSeconds: 3600,
      });
      expect(status).toBe(202);
      await endLife(flow(), operator.operatorId, body.commandId);
      const ended = await eventually(
        async () => {
          // The quarter of an hour after which it is looked at again.
          flow().service.stack.passDelays(/"kind":"expire"/);
          return await finished();
        },
        (answer) => answer.body.items.length > 0,
      );
      expect(ended.body.items.map(({ data }) => [data.commandId, data.state])).toEqual([
        [body.commandId, 'expired'],
      ]);
    });
  });
};
