import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { StackAccess } from './cli/stack-access.ts';
import { registerFleet } from './demo/register-fleet.ts';
import { runCharger } from './demo/run-charger.ts';
import { demoChargers } from './demo/scenario.ts';
import { fleetScreen, lookAtFleet } from './demo/show-fleet.ts';
import { unbilledWindows } from './event-source/unbilled-windows.ts';
import type { ChargerConnection } from './fleet/charger-connection.ts';
import { StartRefusal } from './start-refusal.ts';
import { type Service, startService } from './start-service.ts';
import { readStartSettings } from './start-settings.ts';
import { stopOnSignal } from './stop-on-signal.ts';

/** `npm run demo`: the local stack and a small fleet that charges in fast-forward; serves until SIGINT or SIGTERM. */

// Three hours of charging in about a minute and a half.
const speed = 120;

try {
  const settings = readStartSettings(process.env);
  const service = await startService({
    ...settings,
    eventSources: unbilledWindows,
    progress: (line) => console.log(line),
  });
  const connections: ChargerConnection[] = [];
  stopOnSignal(async () => {
    await Promise.allSettled(connections.map((connection) => connection.close()));
    await service.stop();
  });
  await showCharging(service, settings.dataDirectory, connections);
  console.log(lookFurther(service.ready, settings.dataDirectory));
} catch (error) {
  console.error(error instanceof StartRefusal ? `joulegate: ${error.message}` : error);
  process.exit(1);
}

async function showCharging(
  service: Service,
  dataDirectory: string,
  connections: ChargerConnection[],
): Promise<void> {
  const access: StackAccess = service.ready;
  const now = Date.now();
  const fleet = demoChargers(now);
  const passwords = await registerFleet(access, fleet, join(dataDirectory, 'demo-fleet.json'));
  const expected = fleet.reduce((sum, charger) => sum + charger.plans.length, 0);
  const before = (await lookAtFleet(access)).cdrs.length;
  console.log(
    `\n${fleet.length} chargers, ${expected} sessions of the last three hours, ${speed} times as fast\n`,
  );

  const from = Math.min(...fleet.flatMap(({ plans }) => plans.map(({ startedAt }) => startedAt)));
  const running = fleet.map(async (charger) => {
    const password = passwords[charger.chargerId] ?? '';
    const clock = { from: from - 60_000, speed };
    connections.push(await runCharger(access.chargers, charger, password, clock));
  });
  let charging = true;
  const all = Promise.all(running).finally(() => {
    charging = false;
  });
  const screen = fleetScreen();
  for (;;) {
    const picture = await lookAtFleet(access);
    const done = !charging && picture.cdrs.length >= before + expected;
    screen.show(picture, done);
    if (done) break;
    await sleep(1000);
  }
  await all;
}

function lookFurther(ready: Service['ready'], dataDirectory: string): string {
  const curl = `curl -s -H 'Authorization: Bearer ${ready.apiKey}' ${ready.http}`;
  return `
Every session has its sealed CDR. The stack keeps serving; Ctrl-C stops it. Look further:

  ${curl}/cdrs
  ${curl}/sessions
  ${curl}/chargers
  npm run joulegate -- sessions list
  npm run joulegate -- cdr show SESSION_ID

  Connect a charger of yours   ${ready.chargers}/ocpp/{chargerId}   (README, "Connect a real charger")
  Logs of the functions        ${join(dataDirectory, 'logs')}
`;
}
