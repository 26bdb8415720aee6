/** The documentation that CloudWatch shows of the function, Markdown. */
export const describeActions = `## Buttons of Joulegate

Does what a button of a dashboard asks for. It draws no widget of its own.

| parameter | actions | meaning |
|---|---|---|
| \`action\` | | \`accept\`, \`setEnergy\`, \`void\` or \`retry\` |
| \`operatorId\`, \`cdrId\` | accept, setEnergy, void | the held CDR, and its operator |
| \`step\` | retry | the step whose failures are handed to it again |

The fields \`name\`, \`reason:<cdrId>\` and \`energy:<cdrId>\` of the widget are read from its forms.
`;
