/**
 * The number of a request of ours, for messages that are numbered (requestId, remoteStartId), 1 to 2147483647: always the same
 * for the same random text, so that nothing has to remember it. FNV-1a, of which 31 bits are used.
 */
export const requestNumber = (random: string): number => {
  let hash = 0x811c9dc5;
  for (let at = 0; at < random.length; at++) {
    hash = Math.imul(hash ^ random.charCodeAt(at), 0x01000193);
  }
  return Math.max(1, hash >>> 1);
};
