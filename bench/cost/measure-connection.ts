import { addCounted, type Counted } from '../aws-bill/counted.ts';
import { type StepUsage, total } from '../aws-bill/step-usage.ts';
import { type Credentials, connectCharger } from '../charger/charger-socket.ts';
import { atMost, type Row } from '../report/row.ts';
import type { BenchStack } from '../stack/bench-stack.ts';
import type { BentClock } from '../stack/bent-clock.ts';

/** A connection from handshake to end, as API Gateway allows it, and the heartbeats on it. */
export type MeasuredConnection = {
  /** Handshake and disconnect. */
  readonly connect: Counted;
  /** The runs of all of it, by step. */
  readonly connectSteps: readonly StepUsage[];
  readonly heartbeatSteps: readonly StepUsage[];
  readonly heartbeats: number;
  /** One heartbeat, on average. */
  readonly heartbeat: Counted;
  readonly rows: readonly Row[];
};

const connectionSeconds = 2 * 60 * 60;
const noteSeconds = 10 * 60;

/** The heartbeats of two hours, the longest that a connection lasts, at the interval that the boot answered. */
export async function measureConnection(
  stack: BenchStack,
  clock: BentClock,
  credentials: Credentials,
  heartbeatSeconds: number,
): Promise<MeasuredConnection> {
  const warm = await connectCharger(stack.chargers, credentials);
  await warm.close();
  let charger = warm;
  const opened = await stack.billDuring(async () => {
    charger = await connectCharger(stack.chargers, credentials);
  });
  const heartbeats = Math.floor(connectionSeconds / heartbeatSeconds);
  const beating = await stack.billDuring(async () => {
    for (let count = 1; count <= heartbeats; count += 1) {
      clock.age(count * heartbeatSeconds * 1000);
      await charger.call('Heartbeat', {});
    }
    clock.age(0);
  });
  const closed = await stack.billDuring(() => charger.close());
  const requests = total(beating.steps, 'writeRequests') + total(beating.steps, 'readRequests');
  const allowed = connectionSeconds / noteSeconds;
  return {
    connect: addCounted([opened, closed].map(({ counted }) => ({ counted, times: 1 }))),
    connectSteps: [...opened.steps, ...closed.steps],
    heartbeatSteps: beating.steps,
    heartbeats,
    heartbeat: addCounted([{ counted: beating.counted, times: 1 / heartbeats }]),
    rows: [
      atMost('Heartbeat: requests above one write per 10 minutes', 0, excess(requests, allowed), {
        unit: 'requests',
        note: `${requests} in 2 hours, ${heartbeats} heartbeats`,
      }),
      atMost('Heartbeat: reads', 0, total(beating.steps, 'readRequests'), { unit: 'requests' }),
    ],
  };
}

const excess = (requests: number, allowed: number): number => Math.max(0, requests - allowed);
