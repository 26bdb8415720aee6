import * as z from 'zod';
import { done, doneSilently, refused } from '../../http/answer.ts';
import { randomText } from '../../runtime/new-id.ts';
import { createPayLink, type PayLink, revokePayLink } from '../../store/payments/pay-links.ts';
import { type ApiRoute, route } from '../api-route.ts';
import { readOwnCharger } from '../chargers/read-own-charger.ts';
import { timeText } from '../common-schemas.ts';
import { whole } from '../forms.ts';
import { payUrl } from './pay-url.ts';

/** Characters of a token: 160 bits that nobody guesses. */
const tokenLength = 32;

const PayLinkForm = z.strictObject({ evseId: whole(255), connectorId: whole(255) });

const PayLinkSchema = z
  .strictObject({
    payLinkId: z.string(),
    evseId: z.int(),
    connectorId: z.int(),
    payUrl: z.string().meta({ description: 'The page at which a driver pays by card.' }),
    qrUrl: z.string().meta({ description: 'The page as a QR code, SVG.' }),
    createdAt: timeText,
  })
  .meta({ id: 'PayLink' });

const linkView = ({ token, evseId, connectorId, createdAt }: PayLink) => ({
  payLinkId: `${evseId}-${connectorId}`,
  evseId,
  connectorId,
  payUrl: payUrl(token),
  qrUrl: `${payUrl(token)}/qr`,
  createdAt,
});

/** The calls about the pages at which drivers pay by card. */
export const payLinkRoutes: readonly ApiRoute[] = [
  route({
    method: 'POST',
    path: '/chargers/{chargerId}/pay-links',
    summary:
      'Makes the page at which a driver without a contract charges at a connector and pays by card; a connector has one.',
    scope: 'chargers:write',
    body: PayLinkForm,
    example: { evseId: 1, connectorId: 1 },
    response: PayLinkSchema,
    errors: ['CHARGER_NOT_FOUND'],
    repeatable: 'claimed',
    run: async (caller, { path: { chargerId }, body }) => {
      const charger = await readOwnCharger(caller, chargerId);
      if (charger === undefined) return refused('CHARGER_NOT_FOUND');
      const { database, operatorId, now } = caller;
      const { chargerKey } = charger;
      const token = randomText(tokenLength);
      const link = { ...body, operatorId, chargerKey, token, createdAt: now };
      return done(linkView(await createPayLink(database, link)));
    },
  }),
  route({
    method: 'DELETE',
    path: '/chargers/{chargerId}/pay-links/{payLinkId}',
    summary: 'Revokes the page of a connector for good; another one can be made.',
    scope: 'chargers:write',
    status: 204,
    errors: ['CHARGER_NOT_FOUND', 'PAY_LINK_NOT_FOUND'],
    run: async (caller, { path: { chargerId, payLinkId } }) => {
      const charger = await readOwnCharger(caller, chargerId);
      if (charger === undefined) return refused('CHARGER_NOT_FOUND');
      const [, evseId, connectorId] = /^(\d{1,3})-(\d{1,3})$/.exec(payLinkId) ?? [];
      const { chargerKey } = charger;
      const place = { chargerKey, evseId: Number(evseId), connectorId: Number(connectorId) };
      const revoked = evseId === undefined ? 'absent' : await revokePayLink(caller.database, place);
      return revoked === 'absent' ? refused('PAY_LINK_NOT_FOUND') : doneSilently;
    },
  }),
];
