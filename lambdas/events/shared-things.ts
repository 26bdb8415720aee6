import type { DynamoDBRecord } from 'aws-lambda';
import { chargerKey as chargerKeyOf } from '../../core/charger/charger-key.ts';
import { isConnectedAgain } from '../../core/ocpi/hub/connected-again.ts';
import type { SharedThing } from '../roaming/partner-message.ts';
import { connectorFrom } from '../store/chargers/connectors.ts';
import { hubClientFrom } from '../store/received/hub-client-item.ts';
import type { Item } from '../store/table/item.ts';
import { chargerKeyOfPk } from '../store/table/keys/charger-keys.ts';
import { newItem, oldItem } from '../stream/stream-records.ts';
import type { Addressed } from './address-event.ts';

/** A thing of an operator that its roaming partners may see. */
export type Shared = {
  readonly record: DynamoDBRecord;
  readonly operatorId: string;
  readonly thing: SharedThing;
};

const locationIn = (item: Item | undefined): string | undefined => item?.['locationId']?.S;

/** The places that a charger is at and was at: both look different when it moves. */
function placesOf(item: Item, old: Item | undefined): readonly SharedThing[] {
  const ids = [locationIn(item), locationIn(old)].filter((id) => id !== undefined);
  return [...new Set(ids)].map((locationId) => ({ kind: 'location', locationId }));
}

/** A limit of a charger's own that changed for a session. */
function limitIn(item: Item, old: Item | undefined): readonly SharedThing[] {
  const at = item['limitChangedAt']?.S;
  if (at === undefined || at === old?.['limitChangedAt']?.S) return [];
  const sessionId = item['pk']?.S?.slice('SESSION#'.length);
  const { operatorId, chargerId } = item;
  if (operatorId?.S === undefined || chargerId?.S === undefined) return [];
  const chargerKey = chargerKeyOf(operatorId.S, chargerId.S);
  return sessionId === undefined ? [] : [{ kind: 'limits', chargerKey, at, sessionId }];
}

/** A session that has a token: whether it is one of a partner is read where it matters. */
function sessionIn({ pk, start }: Item): readonly SharedThing[] {
  const sessionId = pk?.S?.slice('SESSION#'.length);
  const tokenId = start?.M?.['tokenId']?.S ?? '';
  return sessionId === undefined || tokenId === '' ? [] : [{ kind: 'session', sessionId }];
}

/** Says whether a command took a reservation back, or found none to take back, which may be a partner's. */
const isCancelled = ({ request, state }: Item): boolean =>
  ['accepted', 'rejected'].includes(state?.S ?? '') &&
  request?.S?.includes('"cancel-reservation"') === true;

/** Says whether a command changed how fast sessions of partners may charge. */
const changesLimits = ({ request, state }: Item): boolean =>
  state?.S === 'accepted' && /"(set|clear)-charging-profile"/.test(request?.S ?? '');

/** A command that a partner ordered, or that may concern one, once it has ended. */
function commandIn(item: Item): readonly SharedThing[] {
  const { chargerKey, sequence, orderedBy, profileOf, finishedAt } = item;
  const concerns =
    orderedBy !== undefined || profileOf !== undefined || isCancelled(item) || changesLimits(item);
  return !concerns || finishedAt === undefined
    ? []
    : [{ kind: 'command', chargerKey: chargerKey?.S ?? '', sequence: sequence?.S ?? '' }];
}

/** A reservation of a partner that its charger says has ended. */
function reservationIn({ chargerKey, number, droppedAt }: Item): readonly SharedThing[] {
  return chargerKey?.S === undefined || droppedAt?.S === undefined
    ? []
    : [
        {
          kind: 'reservation',
          chargerKey: chargerKey.S,
          number: Number(number?.N),
          at: droppedAt.S,
        },
      ];
}

/** A connector that was reserved and is free again. */
function releasedIn(item: Item, old: Item | undefined): readonly SharedThing[] {
  if (old?.['status']?.S !== 'reserved' || item['status']?.S !== 'available') return [];
  const { statusReceivedAt: at = '', ...connector } = connectorFrom(item);
  const { evseId, connectorId } = connector;
  const chargerKey = chargerKeyOfPk(item['pk']?.S ?? '');
  return [{ kind: 'released', chargerKey, evseId, connectorId, at }];
}

/** A party behind a hub that nothing could be sent to, and that is connected again. */
function connectedIn(item: Item, old: Item | undefined): readonly SharedThing[] {
  if (old === undefined) return [];
  const { partnerId, clients } = hubClientFrom(item);
  const [party] = clients;
  if (party === undefined || !isConnectedAgain(hubClientFrom(old).clients, clients, 'EMSP')) {
    return [];
  }
  const { countryCode, partyId } = party;
  return [{ kind: 'connected', partnerId, wokenFor: { countryCode, partyId } }];
}

function cdrIn({ pk, sk }: Item): readonly SharedThing[] {
  const chargerKey = pk?.S?.slice('CHAIN#'.length);
  const sequence = Number(sk?.S?.split('#')[1]);
  return chargerKey === undefined || !Number.isInteger(sequence)
    ? []
    : [{ kind: 'cdr', chargerKey, sequence }];
}

const isRefusal = ({ refusal }: Item, old: Item | undefined): boolean =>
  old !== undefined && refusal?.S !== old['refusal']?.S;

function thingsIn(item: Item, old: Item | undefined): readonly SharedThing[] {
  switch (item['kind']?.S) {
    case 'LOCATION':
      return placesOf(item, undefined);
    case 'CHARGER':
      // Anybody may be refused under its id, which is no change of it.
      return isRefusal(item, old) ? [] : placesOf(item, old);
    case 'TARIFF': {
      const tariffId = item['tariffId']?.S;
      return tariffId === undefined ? [] : [{ kind: 'tariff', tariffId }];
    }
    case 'RESERVATIONNUMBER':
      return reservationIn(item);
    case 'CONNECTOR':
      return releasedIn(item, old);
    case 'HUBCLIENT':
      return connectedIn(item, old);
    case 'COMMAND':
      return commandIn(item);
    case 'SESSION':
      return [...sessionIn(item), ...limitIn(item, old)];
    // To be credited changes nothing of a sealed CDR.
    case 'CDR':
      return old === undefined ? cdrIn(item) : [];
    default:
      return [];
  }
}

const operatorIn = (item: Item): string | undefined => {
  const { operatorId, pk } = item;
  return operatorId?.S ?? pk?.S?.split('#')[1];
};

/** The things whose registration a record of the stream of state changed. */
export function sharedByRecord(record: DynamoDBRecord): readonly Shared[] {
  const item = newItem(record) ?? oldItem(record);
  const operatorId = item && operatorIn(item);
  if (item === undefined || operatorId === undefined) return [];
  return thingsIn(item, oldItem(record)).map((thing) => ({ record, operatorId, thing }));
}

const ofChargers = ['charger.status', 'charger.fault', 'charger.connected', 'charger.disconnected'];

/** The things that an event concerns: the status of a charger's EVSEs, and a session that goes on. */
export function sharedByEvent({
  record,
  operatorId,
  chargerKey,
  event,
}: Addressed): readonly Shared[] {
  const { sessionId, tokenId } = event.data;
  if (event.type === 'session.updated' && typeof sessionId === 'string' && tokenId !== null) {
    return [{ record, operatorId, thing: { kind: 'session', sessionId } }];
  }
  if (chargerKey === undefined || !ofChargers.includes(event.type)) return [];
  const charger: Shared = { record, operatorId, thing: { kind: 'charger', chargerKey } };
  // One that was offline may owe an answer about its limits.
  return event.type === 'charger.connected'
    ? [charger, { record, operatorId, thing: { kind: 'limits', chargerKey, at: event.at } }]
    : [charger];
}

/** The messages that ask for a look at things of an operator, each once. */
export const looksAt = (operatorId: string, shared: readonly Shared[]) =>
  [...new Map(shared.map(({ thing }) => [JSON.stringify(thing), thing])).values()].map((thing) => ({
    kind: 'look' as const,
    operatorId,
    thing,
  }));
