import type { ChargerSocket } from '../charger/charger-socket.ts';
import { runSession, type SessionPlan } from '../charger/run-session.ts';
import { atMost, type Row } from '../report/row.ts';
import type { BenchStack } from '../stack/bench-stack.ts';

/** DynamoDB requests that the message function makes before it answers: the most for any message of a kind. */
export type RequestsBeforeReply = {
  readonly writes: number;
  readonly reads: number;
  readonly writeUnits: number;
};

const nothing: RequestsBeforeReply = { writes: 0, reads: 0, writeUnits: 0 };

/** The most that any message so far has used, and one more. */
async function countMost(
  stack: BenchStack,
  before: RequestsBeforeReply,
  send: () => Promise<void>,
): Promise<RequestsBeforeReply> {
  const { steps } = await stack.countDuring(send);
  const used = steps.find(({ step }) => step === 'ocpp');
  return {
    writes: Math.max(before.writes, used?.writeRequests ?? 0),
    reads: Math.max(before.reads, used?.readRequests ?? 0),
    writeUnits: Math.max(before.writeUnits, used?.writeUnits ?? 0),
  };
}

/** Sends so many messages of a kind and gives the most that one of them used before the reply. */
export async function mostBeforeReply(
  stack: BenchStack,
  count: number,
  send: (n: number) => Promise<void>,
): Promise<RequestsBeforeReply> {
  let most = nothing;
  for (let n = 0; n < count; n += 1) {
    most = await countMost(stack, most, async () => await send(n));
  }
  return most;
}

/** Runs a session and gives the requests before the reply, by kind of message. */
export async function measureMessages(
  stack: BenchStack,
  charger: ChargerSocket,
  plan: SessionPlan,
): Promise<ReadonlyMap<string, RequestsBeforeReply>> {
  const most = new Map<string, RequestsBeforeReply>();
  await runSession(charger, plan, async (action, send) => {
    most.set(action, await countMost(stack, most.get(action) ?? nothing, send));
  });
  return most;
}

/** The budgets of a message that costs one write of one unit, and no read. */
export const exactRows = (
  message: string,
  { writes, reads, writeUnits }: RequestsBeforeReply,
): readonly Row[] => [
  atMost(`${message}: writes before the reply`, 1, writes, {
    unit: 'requests',
    note: `${writeUnits} units`,
  }),
  atMost(`${message}: reads before the reply`, 0, reads, { unit: 'requests' }),
];

/** The budgets of single messages; a message that was never sent breaks its budget. */
export function messageRows(measured: ReadonlyMap<string, RequestsBeforeReply>): readonly Row[] {
  const of = (action: string): RequestsBeforeReply =>
    measured.get(action) ?? { writes: Number.NaN, reads: Number.NaN, writeUnits: Number.NaN };
  const together = (action: string, limit: number): Row => {
    const { writes, reads } = of(action);
    const note = `${writes} writes, ${reads} reads`;
    return atMost(`${action}: before the reply`, limit, writes + reads, { unit: 'requests', note });
  };
  return [
    ...exactRows('MeterValues', of('MeterValues')),
    ...exactRows('StatusNotification', of('StatusNotification')),
    together('StartTransaction', 3),
    together('StopTransaction', 2),
  ];
}
