import type { PartnerEvse } from '../../../core/ocpi/model/evse.ts';
import type { PartnerLocation } from '../../../core/ocpi/model/location.ts';
import type { LocationFigures } from '../../../core/ocpi/received/location-figures.ts';
import { type Item, number, text, texts } from '../table/item.ts';
import { type ReceivedFrom, receivedId } from '../table/keys/received-keys.ts';
import { keptObjectFrom } from './kept-object.ts';

/** A location without its EVSEs, which are kept one by one: a location may have ten thousand. */
export type LocationHead = Omit<PartnerLocation, 'evses'>;

/** A location of a partner as it is held, without its EVSEs. */
export type HeldLocation = {
  readonly from: ReceivedFrom;
  /** Our id of it. */
  readonly receivedId: string;
  readonly head: LocationHead;
  readonly figures: LocationFigures;
  /** The words that it is found by. */
  readonly words: readonly string[];
  /** The cell of the map that it is found in; empty where its coordinates are none. */
  readonly cell: string;
  /** Counts up with every change. */
  readonly revision: number;
};

/** An EVSE of a partner's location as it is held. */
export type HeldEvse = {
  readonly evse: PartnerEvse;
  readonly figures: LocationFigures;
  /** Its place in its location, as it was sent. */
  readonly place: number;
  /** The object as it is stored. */
  readonly packed: Uint8Array | undefined;
  readonly revision: number;
};

const figuresFrom = (item: Item): LocationFigures => ({
  evses: number(item, 'evses'),
  free: number(item, 'free'),
  powerW: number(item, 'powerW'),
});

/** Reads a location from its item. */
export const heldLocationFrom = (item: Item): HeldLocation => {
  const head = keptObjectFrom<LocationHead>(item);
  const from = {
    operatorId: text(item, 'operatorId'),
    partnerId: text(item, 'partnerId'),
    owner: { countryCode: head.countryCode, partyId: head.partyId },
  };
  return {
    from,
    receivedId: receivedId('location', from, head.id),
    // A change of an EVSE moves the time of its location, and nothing else of it.
    head: { ...head, lastUpdated: text(item, 'lastUpdated') },
    figures: figuresFrom(item),
    words: texts(item, 'words'),
    cell: text(item, 'cell'),
    revision: number(item, 'revision'),
  };
};

/** Reads an EVSE from its item. */
export const heldEvseFrom = (item: Item): HeldEvse => ({
  evse: keptObjectFrom<PartnerEvse>(item),
  figures: figuresFrom(item),
  place: number(item, 'place'),
  packed: item['object']?.B,
  revision: number(item, 'revision'),
});
