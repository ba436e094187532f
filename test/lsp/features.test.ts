import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CATALOG, MEMORY, VIEW, type ViewResponse } from '#server/protocol.ts';
import { Client, example, offsetIn, rules } from './client.ts';

const FRAUD = 'file:///designs/fraud.mlsys';
const WORKED = 'file:///designs/worked_estimates.mlsys';

describe('editor features', () => {
  let client: Client;
  beforeAll(async () => {
    client = await Client.start();
    await client.open(FRAUD, example('fraud.mlsys'));
    await client.open(WORKED, example('worked_estimates.mlsys'));
  });
  afterAll(async () => {
    expect(client.errors).toEqual([]);
    await client.stop();
  });

  /** what is offered where `|` stands */
  async function offered(marked: string, snippets = client) {
    const uri = `untitled:${marked.length}-${Math.abs([...marked].reduce((h, c) => (h * 31 + c.charCodeAt(0)) | 0, 7))}`;
    const offset = marked.indexOf('|');
    const text = marked.replace('|', '');
    await snippets.open(uri, text);
    const before = text.slice(0, offset);
    const items = await snippets.completion(uri, {
      line: before.split('\n').length - 1,
      character: offset - before.lastIndexOf('\n') - 1,
    });
    const accepted = (label: string) => {
      const edit = items.find((i) => i.label === label)!.textEdit as {
        range: Parameters<typeof Object>[0];
        newText: string;
      };
      return (
        text.slice(0, offsetIn(text, edit.range.start)) + edit.newText + text.slice(offsetIn(text, edit.range.end))
      );
    };
    return { items, labels: items.map((i) => i.label), accepted };
  }

  describe('hover', () => {
    const about = async (text: string, after: string, uri = FRAUD) => client.hover(uri, client.at(uri, text, after));

    it('of a declaration shows its doc, figures and derivation', async () => {
      expect(await about('CardVelocity', 'features ')).toContain('How fast a card is being used right now.');
      const text = await about('RealTime', 'serving ', WORKED);
      expect(text).toContain('**400 GPUs**');
      expect(text).toMatch(/\| utilization \|/);
      expect(text).toContain('Moved most by');
    });

    it('of a reference shows what it refers to', async () => {
      expect(await about('FraudNet', 'serving FraudScorer {\n  model: ')).toMatch(/\*\*model\*\* `FraudNet`/);
    });

    it('of a property shows its doc, default and the figures that it bears on', async () => {
      const replicas = await about('replicas', 'serving FraudScorer {');
      expect(replicas).toContain('How many copies run');
      expect(replicas).toContain('Default: `auto`');
      expect(replicas).toMatch(/utilization \*\*\d+(\.\d+)?%\*\*/);
      expect(await about('budget', 'serving FraudScorer {')).toMatch(/latency, p99 \*\*/);
      expect(await about('16', 'replicas: ')).toMatch(/replicas/);
    });

    it('of a word, number and unit shows its meaning', async () => {
      expect(await about('online', 'serving FraudScorer {\n  model: FraudNet\n  pattern: ')).toContain(
        'Answers requests while somebody waits',
      );
      expect(await about('1.2KB', 'record: ')).toContain('1200 B');
      expect(await client.hover(FRAUD, client.at(FRAUD, '12k/s', 'peak = ', 4))).toContain('per second');
    });

    it('of a catalog name shows its row with the source', async () => {
      const text = await about('L4', 'hardware: 1 x ');
      expect(text).toContain('24GB');
      expect(text).toContain('Source: NVIDIA, L4 datasheet');
    });

    it('of a member shows the estimate', async () => {
      const text = await about('.p99', 'require ScoreTransaction.latency');
      expect(text).toContain('latency, p99');
      expect(text).toMatch(/\*\*[\d.]+ ms\*\*/);
    });

    it('with intervals keeps nobody waiting', async () => {
      const uri = 'file:///designs/support_chat.mlsys';
      await client.open(uri, example('support_chat.mlsys'));
      const begin = performance.now();
      const hover = client.hover(uri, client.at(uri, 'Chat', 'serving '));
      await client.completion(uri, client.at(uri, 'replicas', 'serving Chat'));
      expect(performance.now() - begin).toBeLessThan(1000);
      const interval = /\| latency, p99 \| \*\*.+\*\* \| .+ to .+ \|/;
      let text = await hover;
      // asked again, it goes on where it was: a slow machine needs several turns
      for (let i = 0; i < 10 && !interval.test(text); i++)
        text = await client.hover(uri, client.at(uri, 'Chat', 'serving '));
      expect(text).toMatch(interval);
    });

    it('says what a missing figure needs', async () => {
      const uri = 'untitled:needs';
      await client.open(uri, 'source S {\n  type: stream\n  rate: 5/s\n}\n');
      expect(await client.hover(uri, client.at(uri, 'S', 'source '))).toContain('needs `record`');
    });

    it('shows names and texts of the user literally', async () => {
      const uri = 'untitled:literal';
      await client.open(uri, 'serving A { }\nrequire A.gpus < 3 "<b>*x*</b> [l](http://e)"\n');
      const text = await client.hover(uri, client.at(uri, 'require', ''));
      expect(text).toContain('\\<b\\>\\*x\\*\\</b\\> \\[l\\]');
    });
  });

  describe('inlay hints', () => {
    it('stand behind the values that they belong to, one a line', async () => {
      const hints = await client.hints(WORKED);
      const shown = hints.map(
        ({ position, label }) =>
          `${client.text(WORKED).split('\n')[position.line]!.slice(0, position.character).trim()} ${label}`,
      );
      expect(shown).toContain('replicas: auto ≈ 400 GPUs');
      expect(shown).toContain('replicas: auto ≈ 100 GPUs');
      expect(shown).toContain('step: 100ms ≈ 86.8 h');
      const fraud = await client.hints(FRAUD);
      const texts = fraud.map(({ label }) => label).join('\n');
      expect(texts).toMatch(/^34% busy$/m);
      expect(texts).toMatch(/^7\.2 MB\/s$/m);
      expect(texts).toMatch(/^≈ 1\.4\d h of 8 h$/m);
      expect(texts).toMatch(/^p99 ≈ .+ of 50 ms$/m);
      const lines = fraud.map(({ position }) => position.line);
      expect(new Set(lines).size).toBe(lines.length);
      expect(fraud.every(({ tooltip }) => tooltip === undefined || JSON.stringify(tooltip).includes('| step |'))).toBe(
        true,
      );
    });

    it('can be switched off', async () => {
      const quiet = await Client.start({ initializationOptions: { mlsys: { inlayHints: { enabled: false } } } });
      await quiet.open(WORKED, example('worked_estimates.mlsys'));
      expect(await quiet.hints(WORKED)).toEqual([]);
      await quiet.connection.sendNotification('workspace/didChangeConfiguration', {
        settings: { mlsys: { inlayHints: { enabled: true } } },
      });
      expect(await quiet.hints(WORKED)).not.toEqual([]);
      await quiet.stop();
    });
  });

  describe('completion', () => {
    it('offers kinds with what they require', async () => {
      const { labels, accepted } = await offered('param peak = 10k/s\nser|\n');
      expect(labels).toEqual(expect.arrayContaining(['serving', 'service', 'param', 'require', 'import', 'scenario']));
      expect(accepted('features')).toMatch(
        /features \$\{1:\w+\} \{\n {2}entity: .*\n {2}type: \$\{3\|batch,streaming,on_demand\|\}\n {2}schema \{/,
      );
    });

    it('offers missing properties, required ones first, none that is there', async () => {
      const { labels, items } = await offered('serving X {\n  pattern: online\n  |\n  replicas: 3\n}\n');
      expect(labels.slice(0, 2).toSorted()).toEqual(['hardware', 'model']);
      expect(items[0]!.detail).toContain('required');
      expect(labels).not.toContain('pattern');
      expect(labels).not.toContain('replicas');
      expect(labels).toContain('owner');
    });

    it('offers the words that a property allows, with their meaning', async () => {
      expect((await offered('serving X { pattern:| }')).accepted('batch')).toBe('serving X { pattern: batch }');
      const { labels, items, accepted } = await offered('serving X { pattern: onl|ine }');
      expect(labels).toEqual(['online', 'batch', 'streaming', 'embedded']);
      expect(items[0]!.documentation).toMatchObject({ value: 'Answers requests while somebody waits' });
      expect(accepted('batch')).toBe('serving X { pattern: batch }');
    });

    it('offers references of the right kind, own before the catalog', async () => {
      const { labels } = await offered('model Mine { }\nsource S { type: batch }\nserving X { model: | }');
      expect(labels[0]).toBe('Mine');
      expect(labels).toContain('Llama_3_1_8B');
      expect(labels).not.toContain('S');
    });

    it('offers hardware after a count', async () => {
      const { labels, items } = await offered('training T { hardware: 8 x | }');
      expect(labels).toEqual(expect.arrayContaining(['H100', 'A100_80GB']));
      const resolved = await client.connection.sendRequest<{ documentation: { value: string } }>(
        'completionItem/resolve',
        items.find((i) => i.label === 'H100'),
      );
      expect(resolved.documentation.value).toContain('80GB');
    });

    it('offers units that fit, members, parts of flows, targets of scenarios and rules', async () => {
      expect((await offered('serving X { latency: 20| }')).labels.slice(0, 2)).toEqual(['ms', 's']);
      expect((await offered('serving X { latency: 20m| }')).accepted('min')).toBe('serving X { latency: 20min }');
      expect((await offered('source S { type: stream rate: 6| }')).labels).toEqual(
        expect.arrayContaining(['k/s', 'qps']),
      );
      expect((await offered('serving X { }\nrequire X.| < 3\n')).labels).toEqual(
        expect.arrayContaining(['gpus', 'latency.p99', 'cost']),
      );
      expect((await offered('serving X { }\nrequire X.latency.|\n')).labels).toEqual(['p50', 'p95', 'p99']);
      const flow = await offered(
        'entity E { keys: 3 }\nservice A { }\nservice B { }\nrequest R { traffic: 5/s flow: A -> | }',
      );
      expect(flow.labels).toEqual(['A', 'B']);
      expect((await offered('param peak = 3/s\nserving X { }\nscenario S {\n  |\n}')).labels).toEqual(['peak', 'X']);
      expect((await offered('serving X { }\nscenario S {\n  X.|\n}')).labels).toContain('replicas');
      expect((await offered('// mlsys-ignore cap|\n')).labels).toContain('capacity/unstable');
    });

    it('offers after a blank only what has to follow', async () => {
      const uri = 'untitled:blank';
      await client.open(uri, 'serving X {\n  latency: 20ms \n  pattern: \n}\n');
      const blank = { triggerKind: 2, triggerCharacter: ' ' };
      const asked = (line: number, character: number) =>
        client.connection.sendRequest<unknown[]>('textDocument/completion', {
          textDocument: { uri },
          position: { line, character },
          context: blank,
        });
      expect(await asked(1, 16)).toEqual([]);
      expect(await asked(2, 11)).toHaveLength(4);
    });

    it('writes no snippet, and gives no link, to a client that knows none', async () => {
      const simple = await Client.start({ snippets: false });
      const { items } = await offered('serving X {\n  |\n}', simple);
      expect(
        items.every((i) => i.insertTextFormat === 1 && !(i.textEdit as { newText: string }).newText.includes('${')),
      ).toBe(true);
      await simple.open(WORKED, example('worked_estimates.mlsys'));
      const name = simple.at(WORKED, 'Transformer100M', 'serving RealTime');
      expect(await simple.definition(WORKED, name)).toMatchObject({ uri: WORKED, range: { start: { line: 3 } } });
      await simple.stop();
    });
  });

  it('goes to definitions in the document and in the catalog', async () => {
    const own = (await client.definition(FRAUD, client.at(FRAUD, 'FraudNet', 'serving FraudScorer {\n  model: ')))!;
    expect(own[0]!.targetUri).toBe(FRAUD);
    expect(client.text(FRAUD).split('\n')[own[0]!.targetSelectionRange.start.line]).toMatch(/^model FraudNet /);
    const [catalog] = (await client.definition(FRAUD, client.at(FRAUD, 'L4', 'hardware: 1 x ')))!;
    expect(catalog!.targetUri).toBe('mlsys-catalog:/accelerators.mlsys');
    const text = await client.connection.sendRequest<string>(CATALOG, { uri: catalog!.targetUri });
    expect(text.split('\n')[catalog!.targetSelectionRange.start.line]).toMatch(/^hardware L4 /);
    expect(await client.open(catalog!.targetUri, text)).toEqual([]);
  });

  it('outlines a document', async () => {
    const symbols = await client.symbols(FRAUD);
    expect(symbols.map((s) => s.name)).toEqual(
      expect.arrayContaining(['CardFraud', 'peak', 'FraudScorer', 'ScoreTransaction', 'BlackFriday']),
    );
    expect(symbols.find((s) => s.name === 'FraudScorer')!.detail).toBe('serving, 16 GPUs');
  });

  it('tells the meaning of every token, in order', async () => {
    const { data } = await client.tokens(FRAUD);
    const legend = client.capabilities.semanticTokensProvider!.legend.tokenTypes;
    const lines = client.text(FRAUD).split('\n');
    const found: string[] = [];
    let [line, character] = [0, 0];
    for (let i = 0; i < data.length; i += 5) {
      character = data[i] === 0 ? character + data[i + 1]! : data[i + 1]!;
      line += data[i]!;
      expect(character + data[i + 2]!).toBeLessThanOrEqual(lines[line]!.length);
      found.push(`${lines[line]!.slice(character, character + data[i + 2]!)}:${legend[data[i + 3]!]}`);
    }
    expect(found).toEqual(
      expect.arrayContaining([
        'serving:keyword',
        'FraudScorer:class',
        'pattern:property',
        'online:enumMember',
        '2ms:number',
        'peak:parameter',
        '"risk-ml":string',
        'L4:class',
        '->:operator',
      ]),
    );
  });

  it('offers the fixes of a finding, and to silence it', async () => {
    await client.type(FRAUD, 'retention', 'retension');
    const unknown = (await client.diagnostics(FRAUD)).find((d) => d.code === 'type/unknown-property')!;
    const actions = await client.actions(FRAUD, unknown);
    expect(actions[0]!.title).toContain('retention');
    expect(actions[0]!.diagnostics).toEqual([unknown]);
    expect(client.applied(FRAUD, actions[0]!)).toBe(example('fraud.mlsys'));
    const silence = actions.find((a) => a.title.startsWith('Ignore'))!;
    await client.replace(FRAUD, client.applied(FRAUD, silence));
    expect(client.text(FRAUD)).toContain('  // mlsys-ignore type/unknown-property: reason\n  retension: 60d');
    expect(rules(await client.diagnostics(FRAUD))).not.toContain('type/unknown-property');
    await client.replace(FRAUD, example('fraud.mlsys'));
    await client.diagnostics(FRAUD);
  });

  it('answers views with the ranges of what they show', async () => {
    const view = await client.connection.sendRequest<ViewResponse>(VIEW, { uri: FRAUD, view: 'lifecycle' });
    expect(view).toMatchObject({
      system: 'CardFraud',
      version: client.version(FRAUD),
      scenarios: ['BlackFriday'],
      views: [
        ...['lifecycle', 'features', 'consistency', 'training', 'serving', 'request'],
        ...['experiment', 'drift', 'capacity', 'cost'],
      ].map((id) => ({ id })),
      broken: false,
    });
    expect(view.mermaid).toMatch(/^flowchart /);
    const target = view.model.nodes.find((n) => n.target?.name === 'FraudScorer')!.target!;
    expect(client.text(FRAUD).split('\n')[target.range.start.line]).toContain('serving FraudScorer');
    const scenario = await client.connection.sendRequest<ViewResponse>(VIEW, {
      uri: FRAUD,
      view: 'request',
      scenario: 'BlackFriday',
    });
    expect(scenario.scenario).toBe('BlackFriday');
    expect(scenario.counts.errors + scenario.counts.warnings).toBeGreaterThan(0);
    expect(await client.connection.sendRequest(VIEW, { uri: 'file:///nowhere.mlsys', view: 'lifecycle' })).toBeNull();
  });

  it('tells its memory', async () => {
    expect(await client.connection.sendRequest(MEMORY)).toMatchObject({ heapUsed: expect.any(Number) });
  });
});
