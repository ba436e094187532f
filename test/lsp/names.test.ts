import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type {
  DocumentHighlight,
  Location,
  Position,
  SymbolInformation,
  TextEdit,
  WorkspaceEdit,
} from 'vscode-languageserver/node';
import { Client, example, offsetIn, positionIn } from './client.ts';

/** what lies in the folder; only `open.mlsys` and `fraud.mlsys` are opened */
const FILES: Readonly<Record<string, string>> = {
  'shared.mlsys': `param peak = 10/s
model Net { params: 1M }
serving Scorer { model: Net  hardware: 1 x L4  latency: 2ms  replicas: 2  traffic: peak }
`,
  'open.mlsys': `import "./shared.mlsys"
gateway Gate { latency: 1ms }
entity Card { keys: 3 }
param looks = 3
request R {
  traffic: 2 * peak
  flow: Gate -> (Scorer & 2 * Scorer[50]) -> 5% * ~Scorer
}
serving Wide { model: Net  hardware: 1 x L4  latency: 2ms * Scorer.replicas }
experiment E {
  on: R
  control: Scorer 90%
  treatment: Wide 10%
  unit: Card
  primary: rate baseline 1% mde 5%
  sequential: pocock(looks)
}
monitor M { watch: Scorer  category: operational  metric: p99 }
scenario S {
  peak = 2 * base
  Scorer.replicas = Scorer.replicas + 1
}
require Scorer.latency.p99 < 20ms
`,
  'closed.mlsys': 'import "./shared.mlsys"\nrequire Scorer.utilization < 50%\n',
  'other.mlsys': 'serving Scorer { }\nrequire Scorer.gpus < 3\nparam taken = 1\n',
  'node_modules/away.mlsys': 'import "../shared.mlsys"\nrequire Scorer.gpus < 3\n',
  'fraud.mlsys': example('fraud.mlsys'),
};

const folder = mkdtempSync(join(tmpdir(), 'mlsys names-'));
const uriOf = (name: string): string => pathToFileURL(join(folder, name)).toString();
const OPEN = uriOf('open.mlsys');

describe('names', () => {
  let client: Client;
  beforeAll(async () => {
    mkdirSync(join(folder, 'node_modules'));
    for (const [name, text] of Object.entries(FILES)) writeFileSync(join(folder, name), text);
    client = await Client.start({ root: pathToFileURL(folder).toString() });
    for (const name of ['open.mlsys', 'fraud.mlsys']) await client.open(uriOf(name), FILES[name]!);
  });
  afterAll(async () => {
    expect(client.errors).toEqual([]);
    await client.stop();
    rmSync(folder, { recursive: true });
  });

  const ask = <T>(feature: string, uri: string, position: Position, more: object = {}): Promise<T> =>
    client.connection.sendRequest(`textDocument/${feature}`, { textDocument: { uri }, position, ...more });

  const nameOf = (uri: string): string => decodeURIComponent(uri).slice(decodeURIComponent(uri).lastIndexOf('/') + 1);

  /** `file:line` of each reference, lines from one */
  const references = async (uri: string, position: Position, includeDeclaration = true): Promise<string[]> => {
    const found = await ask<Location[]>('references', uri, position, { context: { includeDeclaration } });
    return found.map((l) => `${nameOf(l.uri)}:${l.range.start.line + 1}`);
  };

  const renamed = async (uri: string, position: Position, newName: string): Promise<Record<string, string>> => {
    const { changes } = await ask<WorkspaceEdit>('rename', uri, position, { newName });
    return Object.fromEntries(
      Object.entries(changes!).map(([at, edits]) => [nameOf(at), applied(FILES[nameOf(at)]!, edits)]),
    );
  };

  const applied = (text: string, edits: readonly TextEdit[]): string =>
    edits
      .toSorted((a, b) => offsetIn(text, b.range.start) - offsetIn(text, a.range.start))
      .reduce(
        (t, { range, newText }) =>
          t.slice(0, offsetIn(text, range.start)) + newText + t.slice(offsetIn(text, range.end)),
        text,
      );

  const refusal = async (uri: string, position: Position, newName?: string): Promise<string> => {
    const asked =
      newName === undefined ? ask('prepareRename', uri, position) : ask('rename', uri, position, { newName });
    return asked.then(
      (answer) => `answered ${JSON.stringify(answer)}`,
      (error: Error) => error.message,
    );
  };

  describe('references', () => {
    it('are in flows, expressions, arms, lists, scenarios and requirements, in open and in other files', async () => {
      const lines = [7, 7, 7, 9, 12, 18, 21, 21, 23].map((line) => `open.mlsys:${line}`);
      const all = ['shared.mlsys:3', ...lines, 'closed.mlsys:2'];
      expect((await references(OPEN, client.at(OPEN, 'Scorer', 'flow: '))).toSorted()).toEqual(all.toSorted());
      expect((await references(OPEN, client.at(OPEN, 'Scorer', 'watch: '), false)).toSorted()).toEqual(
        all.slice(1).toSorted(),
      );
    });

    it('of a parameter are in values, arguments and scenarios', async () => {
      expect((await references(OPEN, client.at(OPEN, 'peak', 'traffic: 2 * '))).toSorted()).toEqual([
        'open.mlsys:20',
        'open.mlsys:6',
        'shared.mlsys:1',
        'shared.mlsys:3',
      ]);
      expect(await references(OPEN, client.at(OPEN, 'looks'))).toEqual(['open.mlsys:4', 'open.mlsys:16']);
    });

    it('of a catalog name are where it is used, and in the catalog', async () => {
      const found = await references(OPEN, client.at(OPEN, 'L4'));
      expect(found[0]).toMatch(/^accelerators\.mlsys:\d+$/);
      expect(found.slice(1)).toEqual(expect.arrayContaining(['open.mlsys:9', 'shared.mlsys:3', 'fraud.mlsys:132']));
    });

    it('of a word or number are none', async () => {
      expect(await references(OPEN, client.at(OPEN, 'operational'))).toEqual([]);
      expect(await references(OPEN, client.at(OPEN, '90%'))).toEqual([]);
    });
  });

  it('highlights tell reading from writing', async () => {
    const marked = async (text: string, after: string) =>
      (await ask<DocumentHighlight[] | null>('documentHighlight', OPEN, client.at(OPEN, text, after)))?.map(
        ({ range, kind }) => `${range.start.line + 1} ${kind === 3 ? 'write' : 'read'}`,
      );
    expect(await marked('peak', 'traffic: 2 * ')).toEqual(['6 read', '20 write']);
    expect(await marked('Scorer', 'S {\n  peak = 2 * base\n  ')).toEqual([
      ...['7 read', '7 read', '7 read', '9 read', '12 read', '18 read'],
      ...['21 write', '21 read', '23 read'],
    ]);
    expect(await marked('Wide', 'serving ')).toEqual(['9 write', '13 read']);
    expect(await marked('operational', '')).toBeUndefined();
  });

  describe('rename', () => {
    it('changes the declaration and every use, in every file that sees it, and no other name', async () => {
      const made = await renamed(OPEN, client.at(OPEN, 'Scorer', 'flow: '), 'Judge');
      expect(Object.keys(made).toSorted()).toEqual(['closed.mlsys', 'open.mlsys', 'shared.mlsys']);
      for (const [name, text] of Object.entries(made)) expect(text).toBe(FILES[name]!.replaceAll('Scorer', 'Judge'));
    });

    it('of a parameter reaches the targets of scenarios and arguments of words', async () => {
      const made = await renamed(OPEN, client.at(OPEN, 'peak', 'S {\n  '), 'crowd');
      expect(made['open.mlsys']).toBe(FILES['open.mlsys']!.replaceAll('peak', 'crowd'));
      expect(made['shared.mlsys']).toBe(FILES['shared.mlsys']!.replaceAll('peak', 'crowd'));
      const looks = await renamed(OPEN, client.at(OPEN, 'looks'), 'peeks');
      expect(looks).toEqual({ 'open.mlsys': FILES['open.mlsys']!.replaceAll('looks', 'peeks') });
    });

    it('of every declaration of an example and back gives the example', async () => {
      const uri = uriOf('fraud.mlsys');
      const text = FILES['fraud.mlsys']!;
      const declarations = [...text.matchAll(/^(?:\w+ )(\w+)(?= *(?:\{|=))/gm)];
      expect(declarations.length).toBeGreaterThan(25);
      for (const { 0: whole, 1: name = '', index } of declarations) {
        const made = await renamed(uri, positionIn(text, index + whole.length), 'Renamed_1');
        const back = made['fraud.mlsys']!.replaceAll('Renamed_1', name);
        expect(back).toBe(text);
        expect(made['fraud.mlsys']).not.toMatch(new RegExp(`^[a-z]+ ${name}\\b(?!:)`, 'm'));
      }
    });

    it('says beforehand what is renamed', async () => {
      const answer = await ask('prepareRename', OPEN, client.at(OPEN, 'Scorer', '[50]) -> 5% * '));
      expect(answer).toEqual({
        range: { start: { line: 6, character: 51 }, end: { line: 6, character: 57 } },
        placeholder: 'Scorer',
      });
    });

    it('says why it cannot be', async () => {
      expect(await refusal(OPEN, client.at(OPEN, 'L4'))).toContain('`L4` is a name of the catalog');
      expect(await refusal(OPEN, client.at(OPEN, 'L4'), 'Own')).toContain('`L4` is a name of the catalog');
      expect(await refusal(OPEN, client.at(OPEN, 'operational'))).toContain('Only the names of declarations');
      const scorer = client.at(OPEN, 'Scorer', 'flow: ');
      expect(await refusal(OPEN, scorer, '3rd')).toContain('`3rd` is no name');
      expect(await refusal(OPEN, scorer, 'A.b')).toContain('`A.b` is no name');
      expect(await refusal(OPEN, scorer, 'Net')).toContain('`Net` is declared already, in shared.mlsys');
      expect(await refusal(OPEN, scorer, 'Gate')).toContain('`Gate` is declared already, in open.mlsys');
      expect(await refusal(OPEN, scorer, 'S')).toContain('`S` is declared already, in open.mlsys');
      expect(await refusal(OPEN, scorer, 'H100')).toContain('`H100` is a hardware of the catalog already');
      expect(await refusal(OPEN, scorer, 'taken')).toMatch(/^answered /);
    });

    it('does not give a name that would be read as something else', async () => {
      const uri = uriOf('words.mlsys');
      await client.open(uri, 'param n = 3\nserving X { replicas: n }\nrequire 6 / n < X.replicas\n');
      expect(await refusal(uri, client.at(uri, 'n', 'param '), 'auto')).toContain(
        'read as something else in words.mlsys',
      );
      expect(await refusal(uri, client.at(uri, 'n', 'param '), 'm')).toMatch(/^answered /);
    });
  });

  it('workspace symbols are the declarations of all files', async () => {
    const symbols = async (query: string) =>
      (await client.connection.sendRequest<SymbolInformation[]>('workspace/symbol', { query })).map(
        ({ name, containerName, location }) =>
          `${containerName} ${name} ${nameOf(location.uri)}:${location.range.start.line + 1}`,
      );
    expect((await symbols('scorer')).toSorted()).toEqual([
      'monitor ScoreDrift fraud.mlsys:205',
      'request ScoreTransaction fraud.mlsys:152',
      'serving FraudScorer fraud.mlsys:128',
      'serving FraudScorerV2 fraud.mlsys:190',
      'serving Scorer other.mlsys:1',
      'serving Scorer shared.mlsys:3',
    ]);
    expect(await symbols('pk')).toEqual(expect.arrayContaining(['param peak shared.mlsys:1']));
    expect((await symbols('')).length).toBeGreaterThan(40);
    expect((await symbols('')).filter((symbol) => symbol.includes('away.mlsys'))).toEqual([]);
    writeFileSync(join(folder, 'late.mlsys'), 'entity Lately { keys: 3 }\n');
    await client.connection.sendNotification('workspace/didChangeWatchedFiles', {
      changes: [{ uri: uriOf('late.mlsys'), type: 1 }],
    });
    expect(await symbols('lately')).toEqual(['entity Lately late.mlsys:1']);
  });
});
