import * as z from 'zod';
import { approvals } from '../../../core/charger/approval.ts';
import { type ApiRoute, route } from '../api-route.ts';
import { changeApproval } from './change-approval.ts';
import { ChargerSchema } from './charger-view.ts';

/** The call by which an operator accepts a charger, or turns it away. */
export const approvalRoutes: readonly ApiRoute[] = [
  route({
    method: 'POST',
    path: '/chargers/{chargerId}/approval',
    summary:
      'Accepts a charger, which is then asked to boot again, or makes it pending or rejected, which closes its connection.',
    scope: 'chargers:write',
    body: z.strictObject({ approval: z.enum(approvals) }),
    example: { approval: 'accepted' },
    response: ChargerSchema,
    errors: ['CHARGER_NOT_FOUND'],
    run: async (caller, { path, body }) =>
      await changeApproval(caller, path.chargerId, body.approval),
  }),
];
