import { beginCharging, type SendReading } from '../charger/begin-charging.ts';
import { connectCharger } from '../charger/charger-socket.ts';
import type { LoadOrder, LoadResult } from './load-order.ts';
import { writeBare } from './write-bare.ts';

// A process of its own, so that the work of asking is not counted as the work of answering.

type Charging = { readonly send: SendReading };

let charging: readonly Charging[] = [];

process.on('message', (message) => {
  obey(message as LoadOrder).then(
    (result) => process.send?.(result),
    (error: unknown) => process.send?.({ kind: 'failed', message: String(error) }),
  );
});

async function obey(order: LoadOrder): Promise<LoadResult> {
  switch (order.kind) {
    case 'connect': {
      const { chargers, fleet, protocol } = order;
      charging = await Promise.all(
        fleet.map(async (credentials) => {
          const socket = await connectCharger(chargers, credentials, protocol);
          return { send: await beginCharging(socket, protocol) };
        }),
      );
      return { kind: 'connected' };
    }
    case 'drive':
      return await drive(order.seconds);
    case 'write':
      return await writeBare(order);
    case 'leave':
      setImmediate(() => process.exit(0));
      return { kind: 'left' };
    default:
      return order satisfies never;
  }
}

/** Every charger sends its next reading as soon as the last one is answered. */
async function drive(seconds: number): Promise<LoadResult> {
  const began = performance.now();
  const until = began + seconds * 1000;
  let sent = 0;
  let answered = 0;
  let firstError = '';
  const latencies: number[] = [];
  const driveOne = async ({ send }: Charging): Promise<void> => {
    while (performance.now() < until) {
      sent += 1;
      const from = performance.now();
      try {
        await send();
        answered += 1;
        latencies.push(performance.now() - from);
      } catch (error) {
        // One that is not answered is lost, and so is this charger.
        firstError ||= String(error);
        return;
      }
    }
  };
  await Promise.all(charging.map(driveOne));
  const took = (performance.now() - began) / 1000;
  latencies.sort((a, b) => a - b);
  const p99 = latencies[Math.floor(latencies.length * 0.99)] ?? Number.NaN;
  return { kind: 'driven', sent, answered, seconds: took, p99, firstError };
}
