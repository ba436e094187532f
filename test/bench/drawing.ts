import { Workspace } from '#language/workspace.ts';
import { viewOf } from '#server/view.ts';
import { chromiumOnThisMachine } from '../harness/host.ts';
import { openStage, type Panel } from '../preview/stage.ts';

export interface Drawing {
  readonly parts: number;
  /** milliseconds from the text to the diagram on the screen: the first time, and after an edit of each kind (medians) */
  readonly first: number;
  readonly figure: number;
  readonly word: number;
  readonly structure: number;
  /** of which in the page, where the structure changed */
  readonly page: number;
}

export interface Growth {
  readonly updates: number;
  /** the page's memory in MB after 50 updates, and after all */
  readonly early: number;
  readonly late: number;
}

const VIEW = 'features';
const EDITS = {
  figure: (text: string, i: number) => text.replace('freshness: 5s', `freshness: ${6 + (i % 4)}s`),
  word: (text: string, i: number) => text.replace('tech: Flink', `tech: ${['Spark', 'Beam'][i % 2]}`),
  structure: (text: string, i: number) => `${text}\nfeatures Added${i} { source: S  type: batch }\n`,
};

/** So many feature views of one source: all of them are drawn. */
function designOf(parts: number): string {
  const views = Array.from(
    { length: parts - 1 },
    (_, i) => `features F${i} { source: S  type: streaming  tech: Flink  freshness: ${5 + i}s  schema { a: int32 } }`,
  );
  return ['system Bench {}', 'source S { type: stream  tech: Kafka  rate: 6k/s }', ...views].join('\n');
}

/** The preview's page in Chromium, with designs of 10, 50 and 200 parts. Nothing without a Chromium. */
export async function drawing(edits: number, updates: number): Promise<{ drawings: Drawing[]; growth: Growth | null }> {
  if (!chromiumOnThisMachine()) return { drawings: [], growth: null };
  const stage = await openStage();
  try {
    const drawings: Drawing[] = [];
    for (const parts of [10, 50, 200]) drawings.push(await timed(await stage.open(), parts, edits));
    return { drawings, growth: await grown(await stage.open(), updates) };
  } finally {
    await stage.close();
  }
}

async function timed(panel: Panel, parts: number, edits: number): Promise<Drawing> {
  const show = shower(panel);
  const text = designOf(parts);
  const first = await show(text);
  const medians: Record<string, number> = {};
  let page = 0;
  for (const [kind, edit] of Object.entries(EDITS)) {
    const found: { readonly whole: number; readonly page: number }[] = [];
    for (let i = 0; i < edits; i++) found.push(await show(edit(text, i)));
    const median = (of: 'whole' | 'page') => found.map((one) => one[of]).sort((a, b) => a - b)[edits >> 1]!;
    medians[kind] = Math.round(median('whole'));
    page = median('page');
  }
  await panel.page.close();
  const { figure = 0, word = 0, structure = 0 } = medians;
  return { parts, first: Math.round(first.whole), figure, word, structure, page: Math.round(page) };
}

/** Every tenth update draws anew. */
async function grown(panel: Panel, updates: number): Promise<Growth> {
  const show = shower(panel);
  const text = designOf(50);
  const session = await panel.page.context().newCDPSession(panel.page);
  const memory = async () => {
    await session.send('HeapProfiler.collectGarbage');
    const { usedSize } = await session.send('Runtime.getHeapUsage');
    return Number((usedSize / 1e6).toPrecision(3));
  };
  let early = 0;
  for (let i = 0; i < updates; i++) {
    if (i === 50) early = await memory();
    await show(i % 10 === 0 ? EDITS.structure(text, i) : EDITS.figure(text, i));
  }
  return { updates, early, late: await memory() };
}

/** From a text to the screen: language, view, the way into the page, and the page. */
function shower(panel: Panel) {
  const workspace = new Workspace();
  let version = 0;
  return async (text: string): Promise<{ readonly whole: number; readonly page: number }> => {
    const started = performance.now();
    const document = workspace.update('file:///a.mlsys', text);
    const response = viewOf(document, { view: VIEW }, ++version);
    const { ms } = await panel.draw(response);
    return { whole: performance.now() - started, page: ms };
  };
}
