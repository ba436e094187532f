import { Range, Uri, WorkspaceEdit, window, workspace } from 'vscode';
import { WHAT_IF_EDITS, type WhatIfEdits, type WhatIfEditsRequest } from '#server/protocol.ts';
import type { Host } from '../activate.ts';

/** Writes varied values as one edit that can be undone at once: where they stand, or as a scenario. Gives the scenario's name, or what is truthy. */
export async function write(host: Host, request: WhatIfEditsRequest, as: 'text' | 'scenario'): Promise<string | null> {
  const ask = (more: Partial<WhatIfEditsRequest> = {}) =>
    host.client.sendRequest<WhatIfEdits>(WHAT_IF_EDITS, { ...request, ...more });
  if (as === 'text') return (await apply(await ask())) ? 'text' : null;
  const scenarioName = await window.showInputBox({
    title: 'Save as Scenario',
    prompt: 'The name of the scenario',
    value: 'WhatIf',
    validateInput: async (name) => (await ask({ scenarioName: name })).problem,
  });
  if (scenarioName === undefined) return null;
  return (await apply(await ask({ scenarioName }))) ? scenarioName : null;
}

async function apply({ edits }: WhatIfEdits): Promise<boolean> {
  const edit = new WorkspaceEdit();
  for (const { uri, range, newText } of edits) {
    const { start, end } = range;
    edit.replace(Uri.parse(uri), new Range(start.line, start.character, end.line, end.character), newText);
  }
  return edits.length > 0 && workspace.applyEdit(edit);
}
