import { join } from 'node:path';
import { unbilledWindows } from './event-source/unbilled-windows.ts';
import type { Ready } from './ready-file.ts';
import { StartRefusal } from './start-refusal.ts';
import { startService } from './start-service.ts';
import { readStartSettings } from './start-settings.ts';
import { stopOnSignal } from './stop-on-signal.ts';

/** `npm start`: the local stack until SIGINT or SIGTERM. */

try {
  const settings = readStartSettings(process.env);
  const service = await startService({
    ...settings,
    eventSources: unbilledWindows,
    progress: (line) => console.log(line),
  });
  stopOnSignal(service.stop);
  console.log(lookFurther(service.ready, settings.dataDirectory));
} catch (error) {
  console.error(error instanceof StartRefusal ? `joulegate: ${error.message}` : error);
  process.exit(1);
}

function lookFurther({ http, chargers, apiKey }: Ready, dataDirectory: string): string {
  return `
Joulegate is ready.

  Operators   ${http}
  Chargers    ${chargers}/ocpp/{chargerId}
  API key     ${apiKey}
  Logs        ${join(dataDirectory, 'logs')}
  All of it   ${join(dataDirectory, 'ready.json')}

  curl -H 'Authorization: Bearer ${apiKey}' ${http}/chargers

Ctrl-C stops it; data stay in ${dataDirectory}.
`;
}
