/** Says whether two identifiers of a partner are the same: a CiString, whose case says nothing (OCPI 2.2.1, types). */
export const sameId = (a: string, b: string): boolean => a.toUpperCase() === b.toUpperCase();
