/** Styles of the page, in both themes. */
export const styles = `
:root { --text: #16191f; --quiet: #545b64; --back: #f2f3f3; --card: #fff; --line: #d5dbdb; --link: #0972d3; --bad: #b3160b; --good: #1d6f42; }
:root.dark { --text: #e9ebed; --quiet: #a6b2bf; --back: #0f1b2a; --card: #192534; --line: #414d5c; --link: #539fe5; --bad: #ff9b8f; --good: #69d391; }
:root { color-scheme: light; } :root.dark { color-scheme: dark; }
body { margin: 0; background: var(--back); color: var(--text); font: 13px/1.45 system-ui, sans-serif; }
header { display: flex; flex-wrap: wrap; gap: .3rem 1rem; padding: .7rem 1rem; align-items: baseline; }
header b { font-size: 1rem; } a { color: var(--link); } .quiet { color: var(--quiet); }
main { display: grid; grid-template-columns: repeat(24, minmax(0, 1fr)); gap: 8px; padding: 0 8px 24px; }
section { background: var(--card); border: 1px solid var(--line); border-radius: 8px; padding: 8px 12px; overflow: auto; min-width: 0; }
section > h2 { font-size: .95rem; margin: 0 0 .4rem; } h1, h2, h3 { font-size: 1.05rem; margin: 0 0 .3rem; } p { margin: 0 0 .3rem; }
table { border-collapse: collapse; width: 100%; } th { text-align: left; color: var(--quiet); } th, td { border-bottom: 1px solid var(--line); padding: 3px 8px 3px 0; vertical-align: top; overflow-wrap: anywhere; }
pre { white-space: pre-wrap; overflow-wrap: anywhere; margin: 0; }
.chart { width: 100%; height: 150px; display: block; } .chart line { stroke: var(--line); } .chart polyline { fill: none; stroke-width: 2; vector-effect: non-scaling-stroke; }
.legend { display: flex; flex-wrap: wrap; gap: 0 .9rem; } .legend i { display: inline-block; width: 10px; height: 3px; margin-right: 4px; vertical-align: middle; }
.states { display: flex; flex-wrap: wrap; gap: .3rem .8rem; } .state b { color: var(--quiet); } .state.ok b { color: var(--good); } .state.alarm b { color: var(--bad); }
.btn { display: inline-block; border: 1px solid var(--link); border-radius: 16px; padding: 2px 12px; cursor: pointer; color: var(--link); } cwdb-action { display: none; }
button.btn { background: none; font: inherit; margin-top: .6rem; } dialog { background: var(--card); color: var(--text); border: 1px solid var(--line); border-radius: 8px; max-width: min(90vw, 40rem); } dialog::backdrop { background: #0008; }
@media (max-width: 800px) { main { display: block; } section { margin-bottom: 8px; max-height: none !important; } }
${['#0972d3', '#c33d69', '#1d8f6a', '#b36b00', '#7d4fd6', '#008cad', '#8a6d3b', '#d13212']
  .map(
    (colour, n) =>
      `.c${n} { stroke: ${colour}; fill: ${colour}; } .legend .c${n} { background: ${colour}; }`,
  )
  .join('\n')}
`;
