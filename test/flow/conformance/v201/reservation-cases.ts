import type { ConformanceBlock } from '../conformance-case.ts';
import { aNumber, minute, ordered, rejected, says } from '../steps.ts';
import {
  type accepted,
  authorizes,
  charged,
  connectors,
  ends,
  meters,
  starts,
  status,
} from './messages.ts';

const expiresAt = minute(600);
const central = { idToken: 'ADA', type: 'Central' };
const family = { groupIdToken: { idToken: 'FAMILY', type: 'Central' } };
const mum = { idToken: 'MUM', type: 'ISO14443' };

const reserves = (
  place: object,
  word = 'Accepted',
  outcome: object = { state: 'accepted', request: { reservationId: '$reservation' } },
  group: { readonly command?: object; readonly wire?: object } = {},
) =>
  ordered(
    { type: 'reserve', tokenId: 'ADA', expiresAt, ...place, ...group.command },
    [
      'ReserveNow',
      { id: aNumber, expiryDateTime: expiresAt, idToken: central, ...place, ...group.wire },
    ],
    { status: word },
    outcome,
  );

const updates = (word: string) =>
  says('ReservationStatusUpdate', {
    reservationId: '$reservation',
    reservationUpdateStatus: word,
  });

const updated = (word: string) =>
  [
    'ReservationStatusUpdate',
    { reservationId: '$reservation', reservationUpdateStatus: word },
  ] as const;

/** The session that named the reservation has used it. */
const wasUsed = {
  '/reservations': { items: [{ reservationId: '$reservation', state: 'used' }] },
};

/** Block H, reservations. */
export const reservationCases: ConformanceBlock = {
  name: 'H Reservation',
  protocol: 'ocpp2.0.1',
  cases: [
    {
      id: 'TC_H_01',
      statement: 'a session on a reserved EVSE names the reservation and is billed',
      steps: [
        reserves({ evseId: 1 }),
        status('Reserved', 0),
        authorizes(),
        starts('Authorized', { reservationId: '$reservation' }),
        meters(1),
        ends(2, 'StopAuthorized', 'Local'),
      ],
      leaves: { sessions: [charged()], shows: wasUsed },
    },
    {
      id: 'TC_H_07',
      statement: 'a reservation that nobody used expires, is kept as such and frees its connector',
      steps: [
        reserves({ evseId: 1 }),
        status('Reserved', 0),
        updates('Expired'),
        status('Available', 30),
      ],
      leaves: { messages: [updated('Expired')], charger: connectors('Available') },
    },
    {
      id: 'TC_H_08',
      statement: 'a session at a reserved charger names the reservation and is billed',
      steps: [
        reserves({}),
        authorizes(),
        starts('Authorized', { reservationId: '$reservation' }),
        meters(1),
        ends(2, 'StopAuthorized', 'Local'),
      ],
      leaves: { sessions: [charged()], shows: wasUsed },
    },
    {
      id: 'TC_H_14',
      statement: 'a charger whose last EVSE is reserved shows each of them as such',
      steps: [reserves({}), reserves({}), status('Reserved', 0), status('Reserved', 0, 2)],
      leaves: { charger: connectors('Reserved', 'Reserved') },
    },
    {
      id: 'TC_H_15',
      statement: 'any EVSE with a certain type of connector is reserved',
      steps: [reserves({ connectorType: 'cCCS2' }), status('Reserved', 0)],
      leaves: { charger: connectors('Reserved') },
    },
    {
      id: 'TC_H_17',
      statement: 'a reservation is cancelled by the number under which it was made',
      steps: [
        reserves({ evseId: 1 }),
        ordered({ type: 'cancel-reservation', reservationId: '$reservation' }, [
          'CancelReservation',
          { reservationId: '$reservation' },
        ]),
        status('Available', 1),
      ],
      leaves: { charger: connectors('Available') },
    },
    {
      id: 'TC_H_19',
      statement:
        'a token of the group for which an EVSE is reserved charges there, and its group is named',
      steps: [
        reserves(
          { evseId: 1 },
          'Accepted',
          { state: 'accepted' },
          { command: { parentTokenId: 'FAMILY' }, wire: family },
        ),
        authorizes(mum, { idTokenInfo: { status: 'Accepted', ...family } }),
        starts('Authorized', { idToken: mum, reservationId: '$reservation' }, {
          idTokenInfo: { status: 'Accepted', ...family },
        } as typeof accepted),
        meters(1),
        ends(2, 'StopAuthorized', 'Local'),
      ],
      leaves: { sessions: [charged({ tokenId: 'MUM' })] },
    },
    {
      id: 'TC_H_20',
      statement: 'a reservation that a fault ended is kept as such',
      steps: [reserves({ evseId: 1 }), status('Faulted', 1), updates('Removed')],
      leaves: { messages: [updated('Removed')], charger: connectors('Faulted') },
    },
    {
      id: 'TC_H_22',
      statement: 'a reservation that the charger refuses is rejected',
      steps: [reserves({ evseId: 1 }, 'Rejected', rejected('rejected', 'Rejected'))],
    },
  ],
};
