import type { ConformanceBlock } from '../conformance-case.ts';
import { aNumber, minute, ordered, rejected, says } from '../steps.ts';
import { authorizes, charged, meters, starts, status, stops } from './messages.ts';

const expiresAt = minute(600);

const reserves = (
  word = 'Accepted',
  outcome: object = { state: 'accepted', request: { reservationId: '$reservation' } },
  { connectorId = 1, parent }: { connectorId?: number; parent?: string } = {},
) =>
  ordered(
    {
      type: 'reserve',
      connectorId,
      tokenId: 'ADA',
      expiresAt,
      ...(parent === undefined ? {} : { parentTokenId: parent }),
    },
    [
      'ReserveNow',
      {
        connectorId,
        expiryDate: expiresAt,
        idTag: 'ADA',
        reservationId: aNumber,
        ...(parent === undefined ? {} : { parentIdTag: parent }),
      },
    ],
    { status: word },
    outcome,
  );

const refusedReservation = (reason: string, word: string) => reserves(word, rejected(reason, word));

const cancels = (word: string, outcome: object) =>
  ordered(
    { type: 'cancel-reservation', reservationId: '$reservation' },
    ['CancelReservation', { reservationId: '$reservation' }],
    { status: word },
    outcome,
  );

/** The session that named the reservation has used it. */
const wasUsed = {
  '/reservations': { items: [{ reservationId: '$reservation', state: 'used' }] },
};

/** Cases of reservations. */
export const reservationCases: ConformanceBlock = {
  name: 'Reservation',
  protocol: 'ocpp1.6',
  cases: [
    {
      id: 'TC_046',
      statement: 'a session on a reserved connector names the reservation and is billed',
      steps: [
        reserves(),
        status('Reserved', 0),
        authorizes(),
        starts({ reservationId: '$reservation' }),
        meters(30, 3500),
        stops(),
        status('Available', 61),
      ],
      leaves: {
        sessions: [charged()],
        charger: { connectors: [{ connectorId: 1, status: 'Available' }, {}] },
        shows: wasUsed,
      },
    },
    {
      id: 'TC_047',
      statement: 'a reservation that expires frees its connector and leaves no session behind',
      steps: [reserves(), status('Reserved', 0), status('Available', 30)],
      leaves: { charger: { connectors: [{ connectorId: 1, status: 'Available' }, {}] } },
    },
    {
      id: 'TC_048_1',
      statement: 'a reservation of a connector with a fault is rejected as faulted',
      steps: [refusedReservation('faulted', 'Faulted')],
    },
    {
      id: 'TC_048_2',
      statement: 'a reservation of a connector in use is rejected as occupied',
      steps: [refusedReservation('occupied', 'Occupied')],
    },
    {
      id: 'TC_048_3',
      statement: 'a reservation of a connector out of service is rejected as unavailable',
      steps: [refusedReservation('unavailable', 'Unavailable')],
    },
    {
      id: 'TC_048_4',
      statement: 'a reservation that the charger refuses is rejected',
      steps: [refusedReservation('rejected', 'Rejected')],
    },
    {
      id: 'TC_049',
      statement:
        'a session at a reserved charger, on whichever connector, names the reservation and is billed',
      steps: [
        reserves('Accepted', { state: 'accepted' }, { connectorId: 0 }),
        status('Reserved', 0, { connectorId: 0 }),
        authorizes(),
        starts({ connectorId: 1, reservationId: '$reservation' }),
        meters(30, 3500),
        stops(),
      ],
      leaves: { sessions: [charged()], shows: wasUsed },
    },
    {
      id: 'TC_051',
      statement: 'a reservation is cancelled by the number under which it was made',
      steps: [reserves(), cancels('Accepted', { state: 'accepted' }), status('Available', 1)],
      leaves: { charger: { connectors: [{ connectorId: 1, status: 'Available' }, {}] } },
    },
    {
      id: 'TC_052',
      statement: 'the cancellation of a reservation that the charger does not know is rejected',
      steps: [reserves(), cancels('Rejected', rejected('rejected', 'Rejected'))],
    },
    {
      id: 'TC_053',
      statement:
        'a token of the group for which a connector is reserved charges there, and its group is named',
      steps: [
        reserves('Accepted', { state: 'accepted' }, { parent: 'FAMILY' }),
        says(
          'Authorize',
          { idTag: 'MUM' },
          { idTagInfo: { status: 'Accepted', parentIdTag: 'FAMILY' } },
        ),
        starts(
          { idTag: 'MUM', reservationId: '$reservation' },
          { idTagInfo: { status: 'Accepted', parentIdTag: 'FAMILY' } },
        ),
        meters(30, 3500),
        stops(),
      ],
      leaves: { sessions: [charged({ tokenId: 'MUM' })] },
    },
  ],
};
