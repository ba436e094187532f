/**
 * How fast, how big: `npm run bench [-- --quick] [-- --lines 100,1000]` prints tables and writes `test-results/bench.json`.
 * The server is the bundle that ships, over standard input and output. `--quick` makes fewer edits and leaves 20,000 lines out.
 */
import { mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { cpus, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { root } from '../harness/root.ts';
import { designOf, workspaceOf } from './document.ts';
import { drawing } from './drawing.ts';
import { Session, type Spot } from './session.ts';

const { values } = parseArgs({ options: { quick: { type: 'boolean', default: false }, lines: { type: 'string' } } });
const [WARM_UP, EDITS, STARTS] = values.quick ? [20, 60, 3] : [60, 200, 7];
const sizes = values.lines?.split(',').map(Number) ?? (values.quick ? [100, 1000, 5000] : [100, 1000, 5000, 20_000]);

interface Spread {
  readonly p50: number;
  readonly p95: number;
  readonly max: number;
}

const documents = [];
for (const lines of sizes) documents.push(await typing(lines));
console.table(
  Object.fromEntries(
    documents.map((d) => [
      `${d.lines} lines`,
      {
        'keystroke p50': d.keystroke.p50,
        p95: d.keystroke.p95,
        max: d.keystroke.max,
        'cpu each': d.cpu,
        'hover p50': d.hover.p50,
        'hover p95': d.hover.p95,
        'completion p50': d.completion.p50,
        'completion p95': d.completion.p95,
        'cold p50': d.cold.p50,
        'MB open': d.memory.open,
        'MB peak': d.memory.peak,
      },
    ]),
  ),
);

const files = values.quick ? 50 : 200;
const workspace = [await sharedFile(files, 1), await sharedFile(files, 20)];
console.table(
  Object.fromEntries(
    workspace.map(({ files, open, own, importing, cold }) => [
      `${files} files import one, ${open} open`,
      {
        'own p50': own.p50,
        'own p95': own.p95,
        'importing p50': importing.p50,
        'importing p95': importing.p95,
        max: importing.max,
        cold,
      },
    ]),
  ),
);

const preview = await drawing(values.quick ? 5 : 20, values.quick ? 200 : 1000);
console.table(Object.fromEntries(preview.drawings.map(({ parts, ...times }) => [`preview of ${parts} parts`, times])));
if (preview.growth) {
  const { updates, early, late } = preview.growth;
  console.log(
    `The preview's page: ${early} MB after 50 updates, ${late} MB after ${updates} (${rounded(late / early)} times).`,
  );
}

const vsix = rounded(statSync(join(root, 'mlsys.vsix')).size / 1e6);
console.log(`mlsys.vsix: ${vsix} MB. All other figures: milliseconds, and MB of resident memory.`);
const machine = { cpu: cpus()[0]?.model, cores: cpus().length, load: loadavg().map(rounded), node: process.version };
mkdirSync(join(root, 'test-results'), { recursive: true });
const report = { edits: EDITS, warmUp: WARM_UP, machine, documents, workspace, preview, vsix };
writeFileSync(join(root, 'test-results/bench.json'), `${JSON.stringify(report, null, 2)}\n`);
console.log(
  `Load of the machine: ${machine.load.join(', ')} on ${machine.cores} cores. test-results/bench.json has it all.`,
);

/** Keystrokes in the middle of one document, requests while typing, and starts from nothing. */
async function typing(lines: number) {
  const text = designOf(lines);
  const uri = 'file:///bench/design.mlsys';
  const { session } = await Session.open(uri, text);
  const open = session.memory().now;
  session.typeAt(spotsIn(text));
  for (let i = 0; i < WARM_UP; i++) await session.keystroke();
  const cpu = session.cpu();
  const keystroke = await spread(EDITS, () => session.keystroke());
  const each = (session.cpu() - cpu) / EDITS;
  const hover = await spread(EDITS / 2, () => session.asking('hover'));
  const completion = await spread(EDITS / 2, () => session.asking('completion'));
  const { peak } = session.memory();
  await session.close();
  const cold = await spread(STARTS, async () => {
    const started = await Session.open(uri, text);
    await started.session.close();
    return started.first;
  });
  const memory = { open: Math.round(open), peak: Math.round(peak) };
  return { lines, keystroke, cpu: rounded(each), hover, completion, cold, memory };
}

/** A figure that others follow from, a property whose name is half written, and a comment, in the middle of the document. */
function spotsIn(text: string): Spot[] {
  const behind = (mark: string) => text.lastIndexOf(mark, text.length / 2) + mark.length;
  return [
    { at: behind('\n  replicas: '), typed: '23' },
    { at: behind('\n  pattern: online'), typed: '  owner: "ml"' },
    { at: behind('\n}\n'), typed: '// note' },
    { at: behind('\n  rate: '), typed: '1' },
  ];
}

/** A keystroke in the parameters that all files of a workspace import, until the findings there and in an open importing one are there. */
async function sharedFile(files: number, open: number) {
  const folder = mkdtempSync(join(tmpdir(), 'mlsys-bench-'));
  const texts = workspaceOf(files, 200);
  for (const [name, text] of texts) writeFileSync(join(folder, name), text);
  const uriOf = (name: string) => pathToFileURL(join(folder, name)).href;
  const hub = texts.get('hub.mlsys')!;
  const { session, first } = await Session.open(uriOf('hub.mlsys'), hub);
  for (let i = 0; i < open; i++) await session.openAnother(uriOf(`design${i}.mlsys`), texts.get(`design${i}.mlsys`)!);
  session.typeAt([{ at: hub.indexOf('2k/s'), typed: '1' }]);
  const watched = uriOf('design0.mlsys');
  for (let i = 0; i < WARM_UP; i++) await session.keystroke(watched);
  const importing = await spread(EDITS, () => session.keystroke(watched));
  const own = await spread(EDITS, () => session.keystroke());
  await session.close();
  rmSync(folder, { recursive: true });
  return { files, open, own, importing, cold: rounded(first) };
}

async function spread(times: number, measure: () => Promise<number>): Promise<Spread> {
  const list: number[] = [];
  for (let i = 0; i < times; i++) list.push(await measure());
  list.sort((a, b) => a - b);
  const at = (share: number) => rounded(list[Math.min(list.length - 1, Math.floor(list.length * share))]!);
  return { p50: at(0.5), p95: at(0.95), max: at(1) };
}

function rounded(value: number): number {
  return Number(value.toPrecision(3));
}
