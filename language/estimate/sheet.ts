import type { Node } from '../model/design.ts';
import { quantityOf } from '../schema/quantities.ts';
import type { Dimension } from '../units/dimension.ts';
import { format, percent } from '../units/format.ts';
import type { Ninety } from './constants.ts';
import type { Context, Input } from './context.ts';
import { type Estimate, isMissing, type Missing, type Step } from './estimate.ts';
import { type Cell, formula } from './formula.ts';
import { type Distribution, quantile } from './numeric/distribution.ts';

/**
 * A derivation under construction: rows of inputs, then rows computed by formulas over the rows above. The value of a row is
 * computed from the formula that it prints, so the two cannot differ.
 */
export class Sheet {
  private readonly rows: Step[] = [];
  private readonly cells = new Map<string, Step>();
  private readonly notes: string[] = [];
  private readonly absent: string[] = [];
  private readonly context: Context;
  private readonly node: Node;
  private readonly quantity: string;

  constructor(context: Context, node: Node, quantity: string) {
    this.context = context;
    this.node = node;
    this.quantity = quantity;
  }

  /** A row for an input, under a label. Gives its value, or NaN where it is absent (`needs` then says what to write). */
  use(label: string, input: Input | undefined, needs?: string): number {
    if (!input) {
      this.lacks(needs ?? `\`${label}\``);
      return Number.NaN;
    }
    const spread = input.spread && { spread: { p50: quantile(input.spread, 0.5), p99: quantile(input.spread, 0.99) } };
    return this.add({
      label,
      formula: null,
      value: input.value,
      dimension: input.dimension,
      from: input.from,
      source: input.source,
      ...spread,
    });
  }

  /** A row for a property of the sheet's own declaration; a default counts unless there is none. */
  property(path: string, needs?: string, label = path.replaceAll('.', ' ').replaceAll('_', ' ')): number {
    return this.use(label, this.context.input(this.node, path), needs ?? `\`${path}\``);
  }

  /** A published constant, with its source. `ninety`: its own 90% error as a factor (1.5 is x/÷ 1.5). */
  constant(label: string, value: number, dimension: Dimension, source: string, ninety?: Ninety): number {
    const factor = ninety ? this.context.error(`${this.node.name}.${label}`, ninety) : 1;
    return this.add({ label, formula: null, value: value * factor, dimension, from: 'default', source });
  }

  /** A row that is a plain fact of the design: a count of parts, a catalog figure already looked up. */
  fact(label: string, value: number, dimension: Dimension, from: Step['from'], source: string | null = null): number {
    return this.add({ label, formula: null, value, dimension, from, source });
  }

  /**
   * Another estimate. Of the same declaration: its rows are taken over, and its result gets `label`. Of another: one row that names it.
   * NaN where it is missing; what it lacks then counts as lacking here.
   */
  take(label: string, node: Node, quantity: string): number {
    const answer = this.context.estimate(node, quantity);
    if (isMissing(answer)) {
      for (const m of answer.missing)
        this.lacks(node === this.node ? m : m.includes(' of `') ? m : `${m} of \`${node.name}\``);
      return Number.NaN;
    }
    return this.adopt(label, node, answer);
  }

  /** Like `take`, of an estimate that is at hand. */
  adopt(label: string, node: Node, answer: Estimate): number {
    if (node !== this.node) return this.cite(label, answer);
    for (const row of answer.steps) if (!this.cells.has(key(row.label))) this.add(row);
    for (const note of answer.assumptions) this.assume(note);
    const last = answer.steps.at(-1);
    if (last && key(last.label) !== key(label))
      this.add({
        ...last,
        label,
        formula: key(last.label),
        method: undefined,
        source: null,
        from: 'derived',
        value: answer.value,
        dimension: answer.dimension,
      });
    return answer.value;
  }

  /** One row that names another estimate, also of the same declaration where its own rows would crowd these. */
  cite(label: string, answer: Estimate | Missing): number {
    if (isMissing(answer)) {
      for (const m of answer.missing) this.lacks(m);
      return Number.NaN;
    }
    return this.add({
      label,
      formula: null,
      value: answer.value,
      dimension: answer.dimension,
      from: 'derived',
      source: null,
      of: { subject: answer.subject, quantity: answer.quantity },
    });
  }

  /** A computed row. NaN as soon as something it needs is absent. */
  step(label: string, text: string, source: string | null = null): number {
    if (this.absent.length > 0) return Number.NaN;
    const cell = formula(text)((name) => this.cells.get(name));
    return this.add({ label, formula: text, value: cell.value, dimension: cell.dimension, from: 'derived', source });
  }

  /** A computed row whose last operation is numerical: `text` names the function and its rows, `method` says how it works. */
  numeric(
    label: string,
    text: string,
    value: number,
    dimension: Dimension,
    method: string,
    source: string | null = null,
    spread?: Distribution,
  ): number {
    if (this.absent.length > 0) return Number.NaN;
    const percentiles = spread && { spread: { p50: quantile(spread, 0.5), p99: quantile(spread, 0.99) } };
    return this.add({ label, formula: text, value, dimension, from: 'derived', source, method, ...percentiles });
  }

  has(label: string): boolean {
    return this.cells.has(key(label));
  }

  /** The row of a name as formulas write it. */
  cell(name: string): Cell | undefined {
    return this.cells.get(name);
  }

  valueOf(label: string): number {
    return this.cells.get(key(label))?.value ?? Number.NaN;
  }

  assume(note: string): void {
    if (!this.notes.includes(note)) this.notes.push(note);
  }

  lacks(what: string): void {
    if (!this.absent.includes(what)) this.absent.push(what);
  }

  get lacking(): readonly string[] {
    return this.absent;
  }

  /** The estimate: the row `label`, or the last one. */
  result(label?: string, extra?: { display?: string; values?: readonly number[] }): Estimate | Missing {
    if (this.absent.length > 0) return { missing: this.absent };
    const row = label ? this.last(label) : this.rows.at(-1);
    if (!row || !Number.isFinite(row.value))
      return { missing: ['figures that give a number: something is divided by zero'] };
    return {
      subject: this.node.name,
      quantity: this.quantity,
      value: row.value,
      dimension: row.dimension,
      display: extra?.display ?? display(this.quantity, row.value, row.dimension),
      steps: this.rows,
      assumptions: this.notes,
      ...(extra?.values && { values: extra.values }),
    };
  }

  /** The row of a label as the last one: moved there, or repeated where rows behind it need it. */
  private last(label: string): Step | undefined {
    const row = this.cells.get(key(label));
    if (!row || row === this.rows.at(-1)) return row;
    const at = this.rows.indexOf(row);
    const needed = this.rows.slice(at + 1).some(({ formula }) => formula?.match(NAMES)?.includes(key(label)));
    if (needed)
      this.add({
        label: this.quantity.split('.')[1]!.replaceAll('_', ' '),
        formula: key(label),
        value: row.value,
        dimension: row.dimension,
        from: 'derived',
        source: null,
      });
    else this.rows.push(...this.rows.splice(at, 1));
    return this.rows.at(-1);
  }

  private add(row: Step): number {
    const name = key(row.label);
    const known = this.cells.get(name);
    if (known) {
      if (known.value === row.value || (Number.isNaN(known.value) && Number.isNaN(row.value))) return row.value;
      throw new Error(`${this.quantity}: two rows are called ${row.label}`);
    }
    this.rows.push(row);
    this.cells.set(name, row);
    return row.value;
  }
}

/** The names in a formula. */
const NAMES = /[\p{L}_][\p{L}\p{N}_.]*/gu;

/** A label as formulas write it. */
export function key(label: string): string {
  let name = names.get(label);
  if (name === undefined) {
    name = label.replaceAll(' ', '_');
    names.set(label, name);
  }
  return name;
}

const names = new Map<string, string>();

/** `400 GPUs`, `74%`, `10.85 h`. */
export function display(quantity: string, value: number, dimension: Dimension): string {
  const schema = quantityOf(quantity);
  if (schema?.share) return percent(value);
  if (quantity.endsWith('gpu_hours'))
    return `${format(value / 3600, quantityOf('training.steps')!.dimension)} GPU-hours`;
  const text = format(value, dimension);
  if (!schema?.noun) return text;
  return `${text} ${value === 1 ? schema.noun.replace(/s$/, '') : schema.noun}`;
}
