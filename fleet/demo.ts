import { join } from 'node:path';
import type { Ready } from '../runner/ready-file.ts';
import { serveUntilSignal } from '../runner/serve-until-signal.ts';
import { fleetScreen } from './demo/fleet-screen.ts';
import { type DemoOutcome, runDemo } from './demo/run-demo.ts';
import { demoDrive, roamingToken } from './demo/scenario.ts';

/** `npm run demo`: the local stack and a small fleet that charges in fast-forward; serves until SIGINT or SIGTERM. */

// Three hours of charging in about a minute and a half.
const speed = 120;

await serveUntilSignal(async ({ ready, openOperator }, { dataDirectory }, interrupted) => {
  console.log(`Dashboards: ${ready.dashboard}`);
  const emsp = { ...ready, apiKey: await openOperator(demoDrive) };
  const outcome = await runDemo({
    access: ready,
    emsp,
    file: join(dataDirectory, 'demo-fleets.json'),
    now: Date.now(),
    speed,
    screen: fleetScreen(),
    tell: (line) => console.log(line),
    interrupted,
  });
  console.log(lookFurther(outcome, ready, emsp.apiKey, dataDirectory));
});

function roamingLine([verdict]: readonly string[]): string {
  if (verdict === undefined) return 'The roaming driver’s operator has no CDR; the logs tell more.';
  const check = verdict === 'agrees' ? 'which agrees with its own price' : `verdict: ${verdict}`;
  return `The driver ${roamingToken} of ${demoDrive.name} charged by roaming: its operator started and stopped the session by OCPI, saw it live, and has its CDR, ${check}.`;
}

function lookFurther(
  { sessions, sealed, verdicts }: DemoOutcome,
  { apiKey, http, chargers, dashboard }: Ready,
  emspKey: string,
  dataDirectory: string,
): string {
  const curlAs = (key: string) => `curl -s -H 'Authorization: Bearer ${key}' ${http}`;
  const curl = curlAs(apiKey);
  const outcome =
    sealed === sessions
      ? 'Every session has its sealed CDR.'
      : `Of ${sessions} sessions ${sealed} have a sealed CDR; /cdrs?state=held and the logs tell more.`;
  const environment = process.env['JOULEGATE_DATA_DIR']
    ? `JOULEGATE_DATA_DIR=${dataDirectory} `
    : '';
  return `
${outcome}
${roamingLine(verdicts)}
The stack keeps serving; Ctrl-C stops it. Look further:

  ${curl}/cdrs
  ${curl}/sessions
  ${curl}/chargers
  ${curlAs(emspKey)}/roaming/cdrs
  ${environment}npm run joulegate -- sessions list
  ${environment}npm run joulegate -- cdr show SESSION_ID

  Dashboards                   ${dashboard}
  Connect a charger of yours   ${chargers}/ocpp/{chargerId}   (README, "Connect a charger")
  Logs of the functions        ${join(dataDirectory, 'logs')}
`;
}
