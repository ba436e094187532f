import { catalogEntry } from '../catalog/index.ts';
import type { Span } from '../model/design.ts';
import { type Link, linksOf } from '../model/links.ts';
import type { Edit } from '../rules/rule.ts';
import { type Document, Workspace } from '../workspace.ts';
import type { Declared } from './place.ts';
import { declaredAt, isFromCatalog, means, usesOf } from './references.ts';
import { isName } from './tokens.ts';

/** Why something cannot be done, in a sentence. */
export interface Refusal {
  readonly problem: string;
}

/** The name that would be renamed at an offset. */
export function renamedAt(document: Document, offset: number): { span: Span; declared: Declared } | Refusal {
  const found = declaredAt(document, offset);
  if (!found) return { problem: 'Only the names of declarations, parameters and scenarios can be renamed.' };
  if (!isFromCatalog(found.declared)) return found;
  const { name } = found.declared;
  return { problem: `\`${name}\` is a name of the catalog, which comes with MLSys: it cannot be renamed.` };
}

/** Renames a declaration, a parameter or a scenario wherever it is named; every name keeps its meaning. */
export function rename(
  workspace: Workspace,
  document: Document,
  offset: number,
  name: string,
): readonly Edit[] | Refusal {
  const found = renamedAt(document, offset);
  if ('problem' in found) return found;
  const { declared } = found;
  if (name === declared.name) return [];
  if (!isName(name))
    return {
      problem: `\`${name}\` is no name: a name has letters, digits and \`_\`, and does not begin with a digit.`,
    };
  const taken = takenBy(workspace, declared, name);
  if (taken) return { problem: taken };
  const uses = [...usesOf(workspace, declared)];
  const edits = uses.map(({ span }): Edit => ({ at: span, text: name }));
  const changed = new Set(uses.map((use) => use.document));
  const misread = misreadIn(workspace, declared, changed, edits, name);
  return misread === undefined
    ? edits
    : { problem: `\`${name}\` would be read as something else in ${fileOf(misread)}.` };
}

/** Who has the name already, where the declaration is seen. */
function takenBy(workspace: Workspace, declared: Declared, name: string): string | undefined {
  const entry = catalogEntry(name);
  if (entry) return `\`${name}\` is a ${entry.kind} of the catalog already.`;
  const { uri } = declared.nameSpan.at;
  for (const document of workspace.documentsWith(name)) {
    if (document.uri !== uri && !document.sees(uri)) continue;
    const { design } = document;
    const other =
      design.lookup(name) ?? design.params.get(name) ?? design.scenarios.find((scenario) => scenario.name === name);
    if (other) return `\`${name}\` is declared already, in ${fileOf(other.nameSpan.at.uri)}.`;
  }
  return undefined;
}

const fileOf = (uri: string): string => decodeURIComponent(uri.slice(uri.lastIndexOf('/') + 1));

/**
 * The first document in which some name would mean another thing than before: the new name may be a word that a property knows, or
 * a unit. The edited texts are read, and the names in them looked up.
 */
function misreadIn(
  workspace: Workspace,
  declared: Declared,
  documents: ReadonlySet<Document>,
  edits: readonly Edit[],
  name: string,
): string | undefined {
  const texts = new Map([...documents].map((document) => [document.uri, editedText(document, edits)]));
  const after = new Workspace((uri) => texts.get(uri) ?? workspace.file(uri)?.text);
  for (const document of documents) {
    const before = meanings(document, (link) => means(link, declared));
    const renamed = after.document(document.uri);
    const now = renamed && meanings(renamed, (link) => link.name === name && link.target !== undefined);
    if (before !== now) return document.uri;
  }
  return undefined;
}

function editedText({ uri, text }: Document, edits: readonly Edit[]): string {
  const own = edits.filter(({ at }) => at.at.uri === uri);
  const from = (span: Span) => span.at.offset + span.start;
  return own
    .toSorted((a, b) => from(b.at) - from(a.at))
    .reduce((t, { at, text: by }) => t.slice(0, from(at)) + by + t.slice(at.at.offset + at.end), text);
}

/** What each name of a document leads to, in order. */
function meanings({ design }: Document, isRenamed: (link: Link) => boolean): string {
  const meaning = (link: Link) =>
    isRenamed(link) ? '=' : `${link.name} ${link.target === undefined ? '?' : link.target.nameSpan.at.uri}`;
  return [...linksOf(design)].map(meaning).join('\n');
}
