import type { ConformanceBlock } from '../conformance-case.ts';
import { minute, ordered, says } from '../steps.ts';
import { charged, connectors, ends, meters, starts, status } from './messages.ts';

type Place = { readonly command: object; readonly wire: object };

const anEvse: Place = { command: { evseId: 1 }, wire: { evse: { id: 1 } } };
const theCharger: Place = { command: {}, wire: {} };
const aConnector: Place = {
  command: { evseId: 1, connectorId: 1 },
  wire: { evse: { id: 1, connectorId: 1 } },
};

const changes = (
  { command, wire }: Place,
  available: boolean,
  word = 'Accepted',
  outcome: object = { state: 'accepted' },
) =>
  ordered(
    { type: 'availability', available, ...command },
    ['ChangeAvailability', { operationalStatus: available ? 'Operative' : 'Inoperative', ...wire }],
    { status: word },
    outcome,
  );

/** Takes a place out of service, or back, after which its connectors say what they are. */
const switched = (place: Place, available: boolean, both: boolean) => {
  const word = available ? 'Available' : 'Unavailable';
  return {
    steps: [changes(place, available), status(word, 1), ...(both ? [status(word, 1, 2)] : [])],
    leaves: { charger: connectors(word, both ? word : null) },
  };
};

/** A place that is taken out of service after the session on it. */
const afterSession = (place: Place) => ({
  steps: [
    starts(),
    meters(1),
    changes(place, false, 'Scheduled', { state: 'accepted', response: { remark: 'scheduled' } }),
    ends(2, 'StopAuthorized', 'Local'),
    status('Unavailable', 61),
  ],
  leaves: { sessions: [charged()], charger: connectors('Unavailable') },
});

/** Block G, availability. */
export const availabilityCases: ConformanceBlock = {
  name: 'G Availability',
  protocol: 'ocpp2.0.1',
  cases: [
    {
      id: 'TC_G_01',
      statement: 'each connector is shown with the status and the time that it last had',
      steps: [status('Available', 0), status('Occupied', 5), status('Faulted', 6, 2)],
      leaves: {
        charger: {
          connectors: [
            { evseId: 1, connectorId: 1, status: 'Occupied', statusAt: minute(5) },
            { evseId: 2, connectorId: 1, status: 'Faulted', statusAt: minute(6) },
          ],
        },
      },
    },
    {
      id: 'TC_G_03',
      statement: 'an EVSE is taken out of service',
      ...switched(anEvse, false, false),
    },
    {
      id: 'TC_G_04',
      statement: 'an EVSE is put back into service',
      ...switched(anEvse, true, false),
    },
    {
      id: 'TC_G_05',
      statement: 'a charger is taken out of service',
      ...switched(theCharger, false, true),
    },
    {
      id: 'TC_G_06',
      statement: 'a charger is put back into service',
      ...switched(theCharger, true, true),
    },
    {
      id: 'TC_G_07',
      statement: 'a connector is taken out of service',
      ...switched(aConnector, false, false),
    },
    {
      id: 'TC_G_08',
      statement: 'a connector is put back into service',
      ...switched(aConnector, true, false),
    },
    {
      id: 'TC_G_11',
      statement: 'an EVSE is taken out of service after its session, which is billed',
      ...afterSession(anEvse),
    },
    {
      id: 'TC_G_14',
      statement: 'a charger is taken out of service after its session, which is billed',
      ...afterSession(theCharger),
    },
    {
      id: 'TC_G_17',
      statement: 'a connector is taken out of service after its session, which is billed',
      ...afterSession(aConnector),
    },
    {
      id: 'TC_G_20',
      statement: 'a lock that fails is an event of its component that the operator reads',
      steps: [
        says('NotifyEvent', {
          generatedAt: minute(0),
          seqNo: 0,
          eventData: [
            {
              eventId: 1,
              timestamp: minute(0),
              trigger: 'Delta',
              actualValue: 'true',
              eventNotificationType: 'HardWiredNotification',
              component: { name: 'ConnectorPlugRetentionLock', evse: { id: 1, connectorId: 1 } },
              variable: { name: 'Problem' },
            },
          ],
        }),
      ],
      leaves: {
        messages: [['NotifyEvent', { seqNo: 0 }]],
        shows: {
          '/device-model': {
            variables: [
              {
                component: { name: 'ConnectorPlugRetentionLock' },
                variable: { name: 'Problem' },
                attributes: [{ value: 'true' }],
              },
            ],
          },
        },
      },
    },
  ],
};
