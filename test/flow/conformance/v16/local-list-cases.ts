import type { ConformanceBlock } from '../conformance-case.ts';
import { aNumber, ordered, rejected } from '../steps.ts';

const version = (listVersion: number, outcome: object) =>
  ordered({ type: 'local-list-version' }, ['GetLocalListVersion', {}], { listVersion }, outcome);

const ada = { idTag: 'ADA', idTagInfo: { status: 'Accepted' } };

const list = (updateType: string, word: string, outcome: object, tokens = [ada]) =>
  ordered(
    {
      type: 'local-list',
      full: updateType === 'Full',
      tokens: tokens.map(({ idTag, idTagInfo }) => ({ tokenId: idTag, ...idTagInfo })),
    },
    ['SendLocalList', { listVersion: aNumber, updateType, localAuthorizationList: tokens }],
    { status: word },
    outcome,
  );

/** Cases of the local authorization list. */
export const localListCases: ConformanceBlock = {
  name: 'Local authorization list',
  protocol: 'ocpp1.6',
  cases: [
    {
      id: 'TC_042_1',
      statement: 'a charger that has no list of tokens says so by the version -1',
      steps: [version(-1, rejected('not-supported', '-1'))],
    },
    {
      id: 'TC_042_2',
      statement: 'a charger whose list of tokens is empty says so by the version 0',
      steps: [
        version(0, {
          state: 'accepted',
          response: { data: { kind: 'local-list-version', version: 0 } },
        }),
      ],
    },
    {
      id: 'TC_043_1',
      statement: 'a list of tokens that the charger does not support is rejected with its word',
      steps: [list('Full', 'NotSupported', rejected('not-supported', 'NotSupported'))],
    },
    {
      id: 'TC_043_3',
      statement: 'a list of tokens that the charger could not take is rejected with its word',
      steps: [list('Full', 'Failed', rejected('failed', 'Failed'))],
    },
    {
      id: 'TC_043_4',
      statement: 'a whole list of tokens replaces the one that the charger has',
      steps: [
        list('Full', 'Accepted', { state: 'accepted' }, [
          ada,
          { idTag: 'BLOCKED', idTagInfo: { status: 'Blocked' } },
        ]),
      ],
    },
    {
      id: 'TC_043_5',
      statement: 'a changed list of tokens names only the token that changed, with a later version',
      steps: [list('Differential', 'Accepted', { state: 'accepted' })],
    },
  ],
};
