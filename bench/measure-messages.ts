import type { BenchStack } from './bench-stack.ts';
import type { ChargerSocket } from './charger-socket.ts';
import { atMost, type Row } from './row.ts';
import { runSession, type SessionPlan } from './run-session.ts';

/** DynamoDB requests that the message function makes before it answers: the most for any message of a kind. */
export type RequestsBeforeReply = { readonly writes: number; readonly reads: number };

/** Runs a session and gives the requests before the reply, by kind of message. */
export async function measureMessages(
  stack: BenchStack,
  charger: ChargerSocket,
  plan: SessionPlan,
): Promise<ReadonlyMap<string, RequestsBeforeReply>> {
  const most = new Map<string, RequestsBeforeReply>();
  await runSession(charger, plan, async (action, send) => {
    const { steps } = await stack.countDuring(send);
    const used = steps.find(({ step }) => step === 'ocpp');
    const before = most.get(action) ?? { writes: 0, reads: 0 };
    most.set(action, {
      writes: Math.max(before.writes, used?.writeRequests ?? 0),
      reads: Math.max(before.reads, used?.readRequests ?? 0),
    });
  });
  return most;
}

/** The budgets of single messages; a message that was never sent breaks its budget. */
export function messageRows(measured: ReadonlyMap<string, RequestsBeforeReply>): readonly Row[] {
  const of = (action: string): RequestsBeforeReply =>
    measured.get(action) ?? { writes: Number.NaN, reads: Number.NaN };
  const exact = (action: string): readonly Row[] => [
    atMost(`${action}: writes before the reply`, 1, of(action).writes, { unit: 'requests' }),
    atMost(`${action}: reads before the reply`, 0, of(action).reads, { unit: 'requests' }),
  ];
  const together = (action: string, limit: number): Row => {
    const { writes, reads } = of(action);
    const note = `${writes} writes, ${reads} reads`;
    return atMost(`${action}: before the reply`, limit, writes + reads, { unit: 'requests', note });
  };
  return [
    ...exact('MeterValues'),
    ...exact('StatusNotification'),
    together('StartTransaction', 3),
    together('StopTransaction', 2),
  ];
}
