import { readLines } from './read-lines.ts';

type Link = {
  readonly chargerId: string;
  readonly cdrId: string;
  readonly seal: { readonly sequence: number } | null;
};

/** The CDRs of a charger that a file has: their ids, and the places of its chain that are taken. */
export type KnownLinks = { readonly cdrIds: Set<string>; readonly places: Set<number> };

/**
 * The chargers of which a file of CDRs lacks a place of the chain before its last one. A list goes by the end of sessions, so one
 * that was sealed while the file was written may have been passed by already, and its successor not.
 */
export async function missingLinks(file: string): Promise<ReadonlyMap<string, KnownLinks>> {
  const chargers = new Map<string, KnownLinks>();
  for await (const line of readLines(file)) {
    const { chargerId, cdrId, seal } = JSON.parse(line) as Link;
    const known = chargers.get(chargerId) ?? { cdrIds: new Set(), places: new Set() };
    chargers.set(chargerId, known);
    known.cdrIds.add(cdrId);
    if (seal !== null) known.places.add(seal.sequence);
  }
  return new Map([...chargers].filter(([, { places }]) => Math.max(0, ...places) > places.size));
}
