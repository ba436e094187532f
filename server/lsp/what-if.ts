import { applied, asScenario, wrongName } from '#language/editor/what-if-edits.ts';
import { readSets } from '#language/editor/what-if.ts';
import { WHAT_IF_EDITS, type WhatIfEdits, type WhatIfEditsRequest } from '../protocol.ts';
import { type Host, rangeOf } from './host.ts';

/** What the preview's "Apply" and "Save as scenario" write. */
export function provideWhatIf(host: Host): void {
  const answer = ({ uri, scenario, sets: asked, scenarioName }: WhatIfEditsRequest): WhatIfEdits => {
    const document = host.document(uri);
    if (!document) return { edits: [] };
    const problem = scenarioName === undefined ? undefined : wrongName(document, scenarioName);
    if (problem !== undefined) return { problem, edits: [] };
    const { values } = readSets(document, asked);
    const sets = Object.fromEntries(Object.entries(asked).filter(([name]) => values.has(name)));
    const edits =
      scenarioName === undefined
        ? applied(document, scenario, sets)
        : asScenario(document, scenario, scenarioName, sets);
    return { edits: edits.map(({ at, text }) => ({ uri: at.at.uri, range: rangeOf(document, at), newText: text })) };
  };
  host.connection.onRequest(WHAT_IF_EDITS, host.guard('what if', answer, { edits: [] }));
}
