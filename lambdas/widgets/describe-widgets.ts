/** The documentation that CloudWatch shows of the function, Markdown. */
export const describeWidgets = `## Widgets of Joulegate

Draws a widget of all operators of the deployment from its tables; it changes nothing.

| parameter | widgets | meaning |
|---|---|---|
| \`widget\` | | \`chargers\`, \`held\`, \`failures\` or \`money\` |
| \`operatorId\` | chargers, held, money | one operator; all unless given |
| \`offlineMinutes\` | chargers | only chargers that have been offline for so long |
| \`faulted\` | chargers | only chargers with a faulted connector; with \`offlineMinutes\`, those too |
| \`limit\` | chargers, held | rows, 1 to 100; 50 unless given |
| \`days\` | money | days, 1 to 31; 7 unless given |

\`\`\` yaml
widget: chargers
offlineMinutes: 10
faulted: true
\`\`\`
`;
