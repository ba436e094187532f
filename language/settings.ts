import { Analysis } from './estimate/analysis.ts';
import { estimatorsByQuantity } from './estimate/index.ts';
import type { Design, Item, Property, Value } from './model/design.ts';
import { readSource, type SourceFile } from './model/source-file.ts';
import { RULES } from './rules/index.ts';
import { findingsOf } from './rules/run.ts';

/** A value from outside of the text that replaces what is written: `--set Chat.replicas=2`. */
export interface Setting {
  /** a parameter, or `Subject.property` */
  readonly name: string;
  readonly value: Value;
}

const FORM = /^\s*([\p{L}_][\p{L}\p{N}_]*(?:\.[\p{L}_][\p{L}\p{N}_]*)*)\s*=\s*(\S[\s\S]*)$/u;

/**
 * Reads `name=value` with the language's own means: the value is lowered where it would stand in a document, and held against
 * the same rules. A mistake comes back as one sentence.
 */
export function readSetting(design: Design, text: string): Setting | { readonly problem: string } {
  const [, name, value] = FORM.exec(text) ?? [];
  if (!name || !value) return { problem: `a value is set with name=value, such as peak=30k/s, not \`${text}\`.` };
  const file = readSource('mlsys-set:/', asDocument(design, name, value));
  const item = file.entries.length === 1 ? file.entries[0]!.item : undefined;
  const set = item && writtenIn(item);
  const problem = mistakeIn(design, file);
  if (problem || !set) return { problem: problem ?? `\`${value}\` is not one value for \`${name}\`.` };
  return { name, value: set };
}

/** A property is written into a declaration of its kind, everything else into a scenario: that says what is wrong with a name. */
function asDocument(design: Design, name: string, value: string): string {
  const [subject = '', ...path] = name.split('.');
  const node = path.length > 0 ? design.lookup(subject) : undefined;
  if (!node) return `scenario Set { ${name} = ${value}\n}`;
  const property = path.reduceRight(
    (inner, key, i) => (i === path.length - 1 ? `${key}: ${inner}\n` : `${key} { ${inner} }`),
    value,
  );
  return `${node.kind} ${node.name} { ${property} }`;
}

function writtenIn(item: Item): Value | undefined {
  if (item.is === 'scenario')
    return item.scenario.assignments.length === 1 ? item.scenario.assignments[0]!.value : undefined;
  return item.is === 'node' ? only(item.node.properties)?.value : undefined;
}

/** The one property inside of blocks. */
function only(properties: ReadonlyMap<string, Property>): Property | undefined {
  const [property] = properties.values();
  if (!property || properties.size > 1) return undefined;
  return property.value.form === 'block' ? only(property.value.properties) : property;
}

/** The rules that look at a value and its names alone. */
const ABOUT_VALUES = RULES.filter(
  ({ name }) => /^(syntax|type|name)\//.test(name) && !/missing|import|cycle|\/duplicate$/.test(name),
);

/** The first mistake of a text that belongs to a design without standing in it, as one sentence. */
export function mistakeIn(design: Design, file: SourceFile): string | undefined {
  const items = file.entries.map((entry) => entry.item);
  const alone: Design = {
    ...design,
    uri: file.uri,
    nodes: items.flatMap((item) => (item.is === 'node' ? [item.node] : [])),
    scenarios: items.flatMap((item) => (item.is === 'scenario' ? [item.scenario] : [])),
    requirements: items.flatMap((item) => (item.is === 'requirement' ? [item.requirement] : [])),
    imports: [],
  };
  const analysis = new Analysis(alone, estimatorsByQuantity);
  return findingsOf(file, analysis, () => analysis, ABOUT_VALUES).find((f) => f.severity === 'error')?.message;
}
