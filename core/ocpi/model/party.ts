/** A party of OCPI: country code (ISO 3166 alpha-2) and party id (3 characters), compared without regard to case. */
export type Party = { readonly countryCode: string; readonly partyId: string };
