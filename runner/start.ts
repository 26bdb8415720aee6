import { join } from 'node:path';
import type { Ready } from './ready-file.ts';
import { serveUntilSignal } from './serve-until-signal.ts';

/** `npm start`: the local stack until SIGINT or SIGTERM. */

await serveUntilSignal(async (service, settings) => {
  console.log(lookFurther(service.ready, settings.dataDirectory));
});

function lookFurther(
  { http, chargers, chargersTls, dashboard, apiKey }: Ready,
  dataDirectory: string,
): string {
  return `
Joulegate is ready.

  Operators   ${http}
  Chargers    ${chargers}/ocpp/{chargerId}
  with TLS    ${chargersTls}/ocpp/{chargerId}
  Dashboards  ${dashboard}
  API key     ${apiKey}
  Logs        ${join(dataDirectory, 'logs')}
  All of it   ${join(dataDirectory, 'ready.json')}

  curl -H 'Authorization: Bearer ${apiKey}' ${http}/chargers

Ctrl-C stops it; data stay in ${dataDirectory}.
`;
}
