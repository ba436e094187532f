import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import { nodeLines, participantLines } from '../../language/views/label.ts';
import { diagramId, escapeText, printMermaid } from '../../language/views/mermaid.ts';
import type { Edge } from '../../language/views/view.ts';
import { lifecycle, request } from './fraud.ts';
import { edge, group, HOSTILE, model, node } from './models.ts';
import { openMermaid, type Parsed } from './parse.ts';

const expected = (name: string) => readFileSync(new URL(`${name}.mmd`, import.meta.url), 'utf8');

/** In this DOM the sanitiser loses what stands before a node's line break; the panel's test sees whole labels. */
let parse: (text: string) => Promise<Parsed>;
beforeAll(async () => {
  parse = await openMermaid();
});

describe('printing', () => {
  it('gives the texts that the views were designed with', () => {
    expect(printMermaid(lifecycle())).toBe(expected('lifecycle'));
    expect(printMermaid(request())).toBe(expected('request'));
  });

  it('gives the same bytes for the same model', () => {
    expect(printMermaid(structuredClone(lifecycle()))).toBe(printMermaid(lifecycle()));
  });

  it('changes nothing but figures when only figures change', () => {
    const masked = (text: string) => text.replace(/[0-9.]+/g, '0');
    const other = printMermaid(lifecycle({ busy: '61%', p99: '9.4 of 20 ms' }));
    expect(other).not.toBe(expected('lifecycle'));
    expect(masked(other)).toBe(masked(expected('lifecycle')));
  });

  it.each([
    [3, []],
    [4, ['a & b & c ~~~ d']],
    [5, ['a & b ~~~ d', 'b & c ~~~ e']],
    [6, ['a ~~~ d', 'b ~~~ e', 'c ~~~ f']],
    [8, ['a ~~~ d', 'b ~~~ e', 'c ~~~ f', 'd & e ~~~ g', 'e & f ~~~ h']],
    [9, ['a ~~~ d ~~~ g', 'b ~~~ e ~~~ h', 'c ~~~ f ~~~ i']],
  ])('puts %i members of a group in rows of three', (count, rows) => {
    const members = [...'abcdefghi'].slice(0, count).map((name) => node(`x_${name}`, 'rect', 'x', `${name}|x`));
    const groups = [group('band_x', 'X', ...members)];
    const print = (...edges: Edge[]) =>
      printMermaid(model('x', { type: 'flowchart', direction: 'TB', groups, nodes: [], edges })).split('\n');
    const invisible = (lines: string[]) => lines.filter((line) => line.includes('~~~'));
    expect(invisible(print()).map((line) => line.trim().replaceAll('x_', ''))).toEqual(rows);
    expect(invisible(print(edge('x_a', 'x_b')))).toEqual([]);
  });

  it('joins edges that follow one another, and prints every kind of line', async () => {
    const nodes = ['a', 'b', 'c', 'd', 'e'].map((name) => node(`model_${name}`, 'hex', 'model', `${name}|x`));
    const [a, b, c, d, e] = nodes.map((n) => n.id) as [string, string, string, string, string];
    const edges = [
      edge(a, b),
      edge(b, c),
      edge(`${a} ${b}`, d),
      edge(d, e),
      edge(a, b, 'dotted-arrow', '90%'),
      edge(a, b, 'dotted'),
      edge(b, c, 'dotted', 'v2 · later'),
      edge(c, d, 'thick', 'v4'),
      edge(d, e, 'thick-arrow'),
      edge(d, e, 'thick-arrow', 'fails'),
      edge(a, e, 'order'),
    ];
    const text = printMermaid(model('x', { type: 'flowchart', direction: 'LR', groups: [], nodes, edges }));
    const printed = text.split('\n').filter((line) => / (--|-\.|==|~~~)/.test(line));
    expect(printed.map((line) => line.trim().replaceAll('model_', ''))).toEqual([
      'a --> b --> c',
      'a & b --> d',
      'd --> e',
      'a -. "90%" .-> b',
      'a -.- b',
      'b -. "v2 · later" .- c',
      'c == "v4" === d',
      'd ==> e',
      'd == "fails" ==> e',
      'a ~~~ e',
    ]);
    expect((await parse(text)).edges).toEqual(['', '', '', '', '', '90%', '', 'v2 · later', 'v4', '', 'fails', '']);
  });

  it('prints loops, options and branches of a sequence, and leaves out empty ones', async () => {
    const call = { step: 'call', from: 'gateway_A', to: 'model_B', text: '', waits: true } as const;
    const text = printMermaid(
      model('request', {
        type: 'sequence',
        participants: [
          { id: 'gateway_A', name: 'A', role: 'gateway' },
          { id: 'model_B', name: 'B', role: 'model', severity: 'error' },
        ],
        steps: [
          { step: 'loop', text: '3 times', steps: [call, { step: 'opt', text: '5%', steps: [call] }] },
          { step: 'par', text: 'both', branches: [[call], [], [call]] },
          { step: 'opt', text: 'never', steps: [] },
        ],
      }),
    );
    expect(text).toContain('participant model_B as ✖ B\n');
    expect(text).toContain(
      '  loop 3 times\n    gateway_A->>model_B: #32;\n    opt 5%\n      gateway_A->>model_B: #32;\n    end\n  end\n',
    );
    expect(text).toContain('  par both\n    gateway_A->>model_B: #32;\n  and\n    gateway_A->>model_B: #32;\n  end\n');
    expect(text).not.toContain('never');
    expect((await parse(text)).actors).toEqual({ gateway_A: 'A', model_B: '✖ B' });
  });

  it('prints an empty view as one node with its line', async () => {
    const text = 'Nothing to draw yet: declare a source, a model or a serving.';
    const printed = printMermaid(model('lifecycle', { type: 'empty', text }));
    const { nodes } = await parse(printed);
    expect(nodes).toEqual({ empty_view: 'source, a model or a serving.' });
    expect(printed).toContain('"Nothing to draw yet#58; declare a<br/>source, a model or a serving."');
  });
});

describe('any text', () => {
  const shown = (text: string) => nodeLines({ lines: ['x', text] })[1] ?? '';

  it.each(HOSTILE)('is a node, a title and an edge, and nothing else: %.40s', async (text) => {
    const nodes = [
      node('model_a', 'hex', 'model', 'a'),
      { ...node('model_b', 'hex', 'model', 'b'), lines: ['b', text] },
    ];
    const view = model(
      'x',
      {
        type: 'flowchart',
        direction: 'TB',
        groups: [{ id: 'group_g', title: text, nodes }],
        nodes: [],
        edges: [edge('model_a', 'model_b', 'arrow', text)],
      },
      { title: text, description: text },
    );
    const diagram = await parse(printMermaid(view));
    expect(Object.keys(diagram.nodes)).toEqual(['model_a', 'model_b']);
    expect(diagram.nodes.model_b).toBe(shown(text) || 'b');
    expect(diagram.edges).toEqual([shown(text)]);
    expect(diagram.groups).toEqual([shown(text)]);
  });

  it.each(HOSTILE)('is a lifeline and a message, and nothing else: %.40s', async (text) => {
    const call = { step: 'call', from: 'a', to: 'model_b', text, waits: false } as const;
    const participants = [
      { id: 'a', name: 'A', role: 'gateway' },
      { id: 'model_b', name: text, role: 'model' },
    ];
    const view = model(
      'x',
      {
        type: 'sequence',
        participants,
        steps: [{ step: 'note', over: 'a', text }, call, { step: 'opt', text, steps: [call] }],
      },
      { title: text, description: text },
    );
    const diagram = await parse(printMermaid(view));
    const lifeline = participantLines({ name: text }).join('<br/>');
    expect(diagram.actors).toEqual({ node_a: 'A', model_b: lifeline });
    expect(diagram.messages).toEqual(Array(4).fill(shown(text) || ' '));
  });

  it.each(['end', '__proto__', 'o1', 'x1', 'constructor', 'Note', 'é-1', '決済'])('can be an id: %s', async (id) => {
    const nodes = [id, 'model_b'].map((name) => node(name, 'rect', 'model', 'a|b'));
    const diagram = await parse(
      printMermaid(
        model('x', { type: 'flowchart', direction: 'TB', groups: [], nodes, edges: [edge(id, 'model_b', 'dotted')] }),
      ),
    );
    expect(Object.keys(diagram.nodes).toSorted()).toEqual([diagramId(id), 'model_b'].toSorted());
    expect(diagramId(id)).toMatch(/^[a-z]+_\w+$/);
    expect(Object.getPrototypeOf(Object.prototype)).toBeNull();
  });

  it('keeps what is plain readable', () => {
    expect(escapeText('p99 ≥ 5.0 of 20 ms · $11.5k · 34% · A100_80GB · 3.0-rc1')).toBe(
      'p99 ≥ 5.0 of 20 ms · $11.5k · 34% · A100_80GB · 3.0-rc1',
    );
  });
});
