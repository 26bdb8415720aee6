import { join } from 'node:path';
import type { Ready } from '../runner/ready-file.ts';
import { serveUntilSignal } from '../runner/serve-until-signal.ts';
import { fleetScreen } from './demo/fleet-screen.ts';
import { type DemoOutcome, runDemo } from './demo/run-demo.ts';

/** `npm run demo`: the local stack and a small fleet that charges in fast-forward; serves until SIGINT or SIGTERM. */

// Three hours of charging in about a minute and a half.
const speed = 120;

await serveUntilSignal(async ({ ready }, { dataDirectory }, interrupted) => {
  console.log(`Dashboards: ${ready.dashboard}`);
  const outcome = await runDemo({
    access: ready,
    file: join(dataDirectory, 'demo-fleets.json'),
    now: Date.now(),
    speed,
    screen: fleetScreen(),
    tell: (line) => console.log(line),
    interrupted,
  });
  console.log(lookFurther(outcome, ready, dataDirectory));
});

function lookFurther(
  { sessions, sealed }: DemoOutcome,
  { apiKey, http, chargers, dashboard }: Ready,
  dataDirectory: string,
): string {
  const curl = `curl -s -H 'Authorization: Bearer ${apiKey}' ${http}`;
  const outcome =
    sealed === sessions
      ? 'Every session has its sealed CDR.'
      : `Of ${sessions} sessions ${sealed} have a sealed CDR; /cdrs?state=held and the logs tell more.`;
  const environment = process.env['JOULEGATE_DATA_DIR']
    ? `JOULEGATE_DATA_DIR=${dataDirectory} `
    : '';
  return `
${outcome} The stack keeps serving; Ctrl-C stops it. Look further:

  ${curl}/cdrs
  ${curl}/sessions
  ${curl}/chargers
  ${environment}npm run joulegate -- sessions list
  ${environment}npm run joulegate -- cdr show SESSION_ID

  Dashboards                   ${dashboard}
  Connect a charger of yours   ${chargers}/ocpp/{chargerId}   (README, "Connect a charger")
  Logs of the functions        ${join(dataDirectory, 'logs')}
`;
}
