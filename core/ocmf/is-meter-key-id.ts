/** True for a text that can be the id of a meter's public key. */
export const isMeterKeyId = (text: string): boolean => /^mk_[0-9a-f]{26}$/.test(text);
