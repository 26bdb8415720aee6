import type { SendPartnerMessages } from '../roaming/send-partner-messages.ts';
import { listDuePulls } from '../store/received/pull-schedule.ts';
import type { Database } from '../store/table/client.ts';

/** Asks for the pulls from roaming partners that are due by a time, epoch ms; gives from how many partners. */
export async function askForDuePulls(
  { database, send }: { readonly database: Database; readonly send: SendPartnerMessages },
  now: number,
): Promise<number> {
  let asked = 0;
  for await (const whose of listDuePulls(database, new Date(now).toISOString())) {
    await send([{ kind: 'pulls', ...whose }]);
    asked += 1;
  }
  return asked;
}
