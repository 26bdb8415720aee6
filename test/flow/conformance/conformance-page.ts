import type { ConformanceBlock, ConformanceCase } from './conformance-case.ts';

const versions = [
  ['ocpp1.6', 'OCPP 1.6 with its security extension'],
  ['ocpp2.0.1', 'OCPP 2.0.1'],
] as const;

type Passed = (one: ConformanceCase) => boolean;

const resultOf = (one: ConformanceCase, passed: Passed): string => {
  if (!passed(one)) return 'fails';
  return one.limit === undefined ? 'passes' : `cannot pass in whole: ${one.limit}`;
};

const blockText = ({ name, cases }: ConformanceBlock, passed: Passed): string =>
  [
    `### ${name}`,
    '',
    '| case | it is shown that | result |',
    '|---|---|---|',
    ...cases.map((one) => `| ${one.id} | ${one.statement} | ${resultOf(one, passed)} |`),
    '',
  ].join('\n');

const summaryRow = (name: string, cases: readonly ConformanceCase[], passed: Passed): string => {
  const passing = cases.filter(passed);
  const whole = passing.filter(({ limit }) => limit === undefined).length;
  const failing = cases.length - passing.length;
  return `| ${name} | ${cases.length} | ${whole} | ${passing.length - whole} | ${failing} |`;
};

/** The page about the cases of certification, from the results of their tests. */
export const conformancePage = (blocks: readonly ConformanceBlock[], passed: Passed): string => {
  const ofVersion = (protocol: string) => blocks.filter((block) => block.protocol === protocol);
  return [
    '# Conformance',
    '',
    'The cases of certification of a central system (CSMS), by their ids, and what our tests show of each. Written by `npm run conformance`',
    'from the results of `test/flow/conformance.test.ts`: a simulated charger goes through each case over the WebSocket of a running stack,',
    'and every answer, what is stored, what the API shows and what is billed are compared with what they have to be. This is no',
    'certification: the cases are ours, named after those of the Open Charge Alliance, and its own tool has not been run. Of OCPP 2.0.1',
    'they are those whose names are public, 194 of 251. [spec-coverage.md](spec-coverage.md) lists the messages.',
    '',
    '| version | cases | pass | cannot pass in whole | fail |',
    '|---|---|---|---|---|',
    ...versions.map(([protocol, name]) =>
      summaryRow(
        name,
        ofVersion(protocol).flatMap(({ cases }) => cases),
        passed,
      ),
    ),
    '',
    ...versions.flatMap(([protocol, name]) => [
      `## ${name}`,
      '',
      ...ofVersion(protocol).map((block) => blockText(block, passed)),
    ]),
  ].join('\n');
};
