/** A register that counts the energy of a session, by its OBIS code. */
export type LawRegister = {
  /** The quantity, group C of the code. */
  readonly quantity: number;
  /** True when the losses of the cable are already taken off. */
  readonly isCompensated: boolean;
};

const shape =
  /^([0-9a-f]{1,2})-[0-9a-z]{1,2}:([0-9a-f]{1,2})\.([0-9a-f]{1,2})\.[0-9a-z]{1,2}(?:[.*][0-9a-z]{1,3})?$/i;
const compensated = [0x98, 0xb1, 0xb3, 0xc1, 0xc3];

/**
 * The register that an OBIS code names, when it is one of those that may be billed: electricity (A = 1), imported energy
 * (C = 1, 98, 9E or B0 to C7, hexadecimal as the format prints them), time integral (D = 8). Otherwise undefined.
 */
export const lawRegisterOf = (obis: string | undefined): LawRegister | undefined => {
  const groups = shape.exec(obis?.trim() ?? '');
  if (groups === null) return undefined;
  const [medium, quantity = 0, processing] = groups
    .slice(1)
    .map((text) => Number.parseInt(text, 16));
  const isEnergy = [0x01, 0x98, 0x9e].includes(quantity) || (quantity >= 0xb0 && quantity <= 0xc7);
  if (medium !== 1 || processing !== 8 || !isEnergy) return undefined;
  return { quantity, isCompensated: compensated.includes(quantity) };
};
