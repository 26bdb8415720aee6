/** The documentation that CloudWatch shows of the function, Markdown. */
export const describeWidgets = `## Widgets of Joulegate

Draws a widget of all operators of the deployment from its tables; it changes nothing.

| parameter | widgets | meaning |
|---|---|---|
| \`widget\` | | \`chargers\`, \`fleet\`, \`charging\`, \`uptime\`, \`failed\`, \`held\`, \`failures\`, \`money\`, \`tariffs\`, \`bills\`, \`commands\` or \`deliveries\` |
| \`operatorId\` | all but failures | one operator; all unless given |
| \`definition\` | uptime | \`nevi\`, \`uk\` or \`contract\`; all three beside each other unless given |
| \`offlineMinutes\` | chargers | only chargers that have been offline for so long |
| \`faulted\` | chargers | only chargers with a faulted connector; with \`offlineMinutes\`, those too |
| \`limit\` | chargers, held, uptime, failed, tariffs, bills | rows, 1 to 100; 50 unless given, 20 of the last four |
| \`days\` | money | days, 1 to 31; 7 unless given |

\`\`\` yaml
widget: chargers
offlineMinutes: 10
faulted: true
\`\`\`
`;
