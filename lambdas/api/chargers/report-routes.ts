import * as z from 'zod';
import {
  assembleReports,
  type Report,
  reportActions,
} from '../../../core/ocpp/v2x/assemble-reports.ts';
import { done, refused } from '../../http/answer.ts';
import type { Charger } from '../../store/chargers/chargers.ts';
import { readChargerMessages } from '../../store/readings/charger-messages.ts';
import { type ApiRoute, type Caller, listRoute, route } from '../api-route.ts';
import { timeText } from '../common-schemas.ts';
import { readOwnCharger } from './read-own-charger.ts';

const reportFields = {
  action: z.string(),
  requestId: z.int(),
  firstAt: timeText,
  lastAt: timeText,
  parts: z.int(),
  complete: z.boolean().meta({ description: 'False while a part is missing, or the last one.' }),
  missing: z
    .array(z.int())
    .meta({ description: 'The numbers of parts that are missing between others.' }),
};

/** A report without its content. */
export const ReportSchema = z.strictObject(reportFields).meta({ id: 'Report' });

const WholeReportSchema = z
  .strictObject({
    ...reportFields,
    content: z
      .array(z.record(z.string(), z.unknown()))
      .meta({ description: 'The parts in their order, in the words of OCPP.' }),
  })
  .meta({ id: 'WholeReport' });

/** Shows a report without its content. */
export const reportView = ({ isComplete, content, missing, ...report }: Report) => ({
  ...report,
  parts: content.length,
  complete: isComplete,
  missing: [...missing],
});

const readReports = async (
  { database }: Caller,
  { chargerKey, renewedAt }: Charger,
): Promise<readonly Report[]> => {
  const filter = { actions: reportActions, from: renewedAt };
  return assembleReports(await readChargerMessages(database, chargerKey, filter));
};

/** The place of a report in the list of its charger's. */
const listPosition = ({ lastAt, action, requestId }: Report): string =>
  `${lastAt} ${action} ${requestId}`;

/** The calls about reports that come in several messages. */
export const reportRoutes: readonly ApiRoute[] = [
  listRoute({
    path: '/chargers/{chargerId}/reports',
    summary:
      'Lists the reports that a charger of OCPP 2 sent in several messages, in the last 30 days; those heard last come first.',
    scope: 'chargers:read',
    item: ReportSchema,
    errors: ['CHARGER_NOT_FOUND'],
    run: async (caller, { path, page: { limit, after } }) => {
      const charger = await readOwnCharger(caller, path.chargerId);
      if (charger === undefined) return refused('CHARGER_NOT_FOUND');
      const reports = await readReports(caller, charger);
      // One that has had another part since, or is not kept any more, has left its place.
      const rest = reports
        .filter((one) => after === undefined || listPosition(one) < after)
        .sort((a, b) => (listPosition(a) < listPosition(b) ? 1 : -1));
      const items = rest.slice(0, limit);
      const last = items.at(-1);
      return {
        items: items.map(reportView),
        next: rest.length > limit && last !== undefined ? listPosition(last) : null,
      };
    },
  }),
  route({
    method: 'GET',
    path: '/chargers/{chargerId}/reports/{requestId}',
    summary: 'Returns the latest report with a request id, put together from its messages.',
    scope: 'chargers:read',
    response: WholeReportSchema,
    errors: ['CHARGER_NOT_FOUND', 'REPORT_NOT_FOUND'],
    run: async (caller, { path: { chargerId, requestId } }) => {
      const charger = await readOwnCharger(caller, chargerId);
      if (charger === undefined) return refused('CHARGER_NOT_FOUND');
      const reports = await readReports(caller, charger);
      const found = reports.find((one) => String(one.requestId) === requestId);
      return found === undefined
        ? refused('REPORT_NOT_FOUND')
        : done({ ...reportView(found), content: found.content });
    },
  }),
];
