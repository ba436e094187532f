import { kindOf } from '../../schema/index.ts';
import { nameFrom } from './value.ts';

/** What text that is no item was most likely meant to be: in words, of which first characters, and what to write instead. */
export interface Junk {
  readonly message: string;
  readonly length?: number;
  readonly rights?: readonly string[];
}

export function junkIn(text: string, line: string): Junk {
  if (text.startsWith('}')) return { message: 'This `}` closes nothing.', rights: [''] };
  if (text.startsWith('#')) return { message: 'A comment begins with `//`.', length: 1, rights: ['//'] };
  return (
    parameterIn(line) ??
    importIn(line) ??
    declarationIn(line) ?? {
      message: /^require\b/.test(text)
        ? 'A requirement is written `require Score.latency.p99 < 50ms "why"`.'
        : `Expected a declaration: \`kind Name { ... }\`, \`param name = value\`, \`require ...\` or \`import "..."\`; \`${line.slice(0, 40)}\` is none.`,
    }
  );
}

function parameterIn(line: string): Junk | undefined {
  if (!/^param\b/.test(line)) return undefined;
  const [sign, name] = /^param\s+(\w+)\s*(?::=?|(?=[\d$\w(-]))\s*/.exec(line) ?? [];
  return {
    message: 'A parameter is written `param name = value`.',
    ...(sign && { length: sign.length, rights: [`param ${name} = `] }),
  };
}

function importIn(line: string): Junk | undefined {
  if (!/^import\b/.test(line)) return undefined;
  const path = /^import\s+(?:from\s+)?['"]?([^\s'";]+)/.exec(line)?.[1];
  return {
    message: 'An import is written `import "./other.mlsys"`.',
    ...(path && { rights: [`import "${/^[./]/.test(path) ? path : `./${path}`}"`] }),
  };
}

/** `model { ... }`, `Ranker { ... }`, `model My-Model { ... }`, `model M: { ... }`, `model M` */
function declarationIn(line: string): Junk | undefined {
  const words = /^([A-Za-z_]\w*)(?:\s+([A-Za-z_]\w*))?$/.exec(line);
  if (words && kindOf(words[1]!))
    return { message: `A ${words[1]} is written \`${words[1]} ${words[2] ?? 'Name'} { ... }\`.` };
  const [head, kind, name, sign] = /^([A-Za-z_]\w*)(?:\s+([^{}:=]*[^{}:=\s]))?\s*([:=])?\s*(?=\{)/.exec(line) ?? [];
  if (!head || !kind) return undefined;
  const length = head.trimEnd().length;
  if (!kindOf(kind))
    return name
      ? undefined
      : { message: `\`${kind}\` needs its kind before it, such as \`model ${kind} { ... }\`.`, length };
  if (!name)
    return {
      message: `A ${kind} needs a name: \`${kind} Name { ... }\`.`,
      length,
      rights: [`${kind} My${kind.charAt(0).toUpperCase()}${kind.slice(1)}`],
    };
  const right = nameFrom(name);
  return {
    message: sign
      ? `Between a name and its \`{\` stands nothing: write \`${kind} ${right} { ... }\`.`
      : `\`${name}\` is no name: a name has letters, digits and \`_\`, and does not begin with a digit.`,
    length,
    rights: [`${kind} ${right}`],
  };
}
