import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildView } from '#language/views/index.ts';
import { Workspace } from '#language/workspace.ts';
import { chromiumOnThisMachine } from '../harness/host.ts';
import { root } from '../harness/root.ts';
import { openStage } from '../preview/stage.ts';
import { designOf } from './document.ts';

export interface Drawing {
  readonly design: string;
  /** from the text to the diagram on the screen, the first time and after an edit (median) */
  readonly first: number;
  readonly again: number;
  /** of which in the page, after an edit */
  readonly page: number;
}

/** The preview's page in Chromium, with the life cycle of an example and of bigger designs. Nothing without a Chromium. */
export async function drawing(edits: number): Promise<Drawing[]> {
  if (!chromiumOnThisMachine()) return [];
  const fraud = readFileSync(join(root, 'test/designs/examples/fraud.mlsys'), 'utf8');
  const designs = { 'fraud.mlsys': fraud, '400 lines': designOf(400), '1,000 lines': designOf(1000) };
  const stage = await openStage();
  try {
    const found: Drawing[] = [];
    for (const [design, text] of Object.entries(designs)) {
      const panel = await stage.open();
      const workspace = new Workspace();
      const draw = async (version: number) => {
        const started = performance.now();
        const edited = `${text}\nsource Added${version} { type: stream }\n`; // another node: nothing can be patched
        const document = workspace.update('file:///a.mlsys', edited);
        const { ms } = await panel.show(buildView(document, { view: 'lifecycle' }));
        return { whole: performance.now() - started, page: ms };
      };
      const first = await draw(0);
      const later: { readonly whole: number; readonly page: number }[] = [];
      for (let i = 1; i <= edits; i++) later.push(await draw(i));
      const median = (of: 'whole' | 'page') => later.map((d) => d[of]).sort((a, b) => a - b)[edits >> 1]!;
      const [again, page] = [median('whole'), median('page')];
      found.push({ design, first: Math.round(first.whole), again: Math.round(again), page: Math.round(page) });
      await panel.page.close();
    }
    return found;
  } finally {
    await stage.close();
  }
}
