import { AsnConvert } from '@peculiar/asn1-schema';

/** Reads DER as a structure of ASN.1; undefined where it is not one. */
export function parseDer<Structure>(
  der: Uint8Array,
  structure: new () => Structure,
): Structure | undefined {
  try {
    return AsnConvert.parse(der, structure);
  } catch {
    return undefined;
  }
}

/** Writes a structure of ASN.1 as DER. */
export const writeDer = (structure: object): Uint8Array =>
  new Uint8Array(AsnConvert.serialize(structure));
