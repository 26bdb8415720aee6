/** The reason why a hub did not bring a message to its receiver. */
export type HubTrouble = 'unknown-receiver' | 'timeout' | 'connection-problem' | 'hub-failed';

/** The trouble that a status of OCPI names (2.2.1, 4xxx); undefined for any other status. */
export const hubTrouble = (statusCode: number | null | undefined): HubTrouble | undefined => {
  switch (statusCode) {
    case 4001:
      return 'unknown-receiver';
    case 4002:
      return 'timeout';
    case 4003:
      return 'connection-problem';
    default:
      return typeof statusCode === 'number' && statusCode >= 4000 && statusCode < 5000
        ? 'hub-failed'
        : undefined;
  }
};

/** Says whether a message may arrive when it is sent again: not while the hub has no such party. */
export const mayPass = (trouble: HubTrouble): boolean => trouble !== 'unknown-receiver';

/** The trouble as a sentence. */
export const troubleText = (trouble: HubTrouble): string => {
  switch (trouble) {
    case 'unknown-receiver':
      return 'The hub does not know the party.';
    case 'timeout':
      return 'The party did not answer the hub in time.';
    case 'connection-problem':
      return 'The hub cannot reach the party.';
    case 'hub-failed':
      return 'The hub failed.';
    default:
      return trouble satisfies never;
  }
};
