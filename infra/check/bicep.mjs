// Reads a Bicep file into what the checks ask about.
import { readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Language, Parser } from 'web-tree-sitter';

const modules = join(dirname(fileURLToPath(import.meta.url)), 'node_modules');
await Parser.init();
const parser = new Parser();
parser.setLanguage(await Language.load(join(modules, 'tree-sitter-bicep', 'tree-sitter-bicep.wasm')));

export async function load(path, root) {
  const text = readFileSync(path, 'utf8');
  const file = {
    path, text, folder: dirname(path), shown: relative(root, path),
    errors: [], params: new Map(), variables: new Map(), outputs: new Map(), readOutputs: new Set(),
    modules: [], resources: [], outputReads: [], calls: [], uses: new Set(),
    json: (name) => JSON.parse(readFileSync(join(dirname(path), name), 'utf8')),
  };
  const tree = parser.parse(text);
  walk(tree.rootNode, file);
  declarations(tree.rootNode, file, null);
  return file;
}

const children = (node) => Array.from({ length: node.namedChildCount }, (_, i) => node.namedChild(i)).filter((n) => n.type !== 'comment');

function walk(node, file) {
  if (node.isError || node.isMissing) file.errors.push({ at: node.startPosition, text: node.text.slice(0, 40).split('\n')[0] });
  if (node.type === 'call_expression') file.calls.push({ at: node.startPosition, name: node.childForFieldName('function')?.text.split('.').pop() });
  if (node.type === 'member_expression') {
    const [, module, output] = /^(\w+)\.outputs\.(\w+)$/.exec(node.text) ?? [];
    if (module) file.outputReads.push({ at: node.startPosition, module, output });
  }
  if (node.type === 'identifier' && !declares(node)) file.uses.add(node.text);
  for (let i = 0; i < node.childCount; i++) walk(node.child(i), file);
}

// The first identifier of a declaration, or the name of a property, is no use.
function declares(node) {
  const parent = node.parent;
  if (!parent) return false;
  const first = children(parent)[0];
  return first?.id === node.id && ['parameter_declaration', 'variable_declaration', 'output_declaration', 'module_declaration', 'resource_declaration', 'object_property'].includes(parent.type);
}

function declarations(node, file, parentType) {
  let decorators = [];
  for (const child of children(node)) {
    if (child.type === 'decorators') {
      decorators = children(child).map((d) => d.text);
      continue;
    }

    const parts = children(child);
    const name = parts[0]?.text;
    const at = child.startPosition;
    const described = decorators.some((d) => d.startsWith('@description('));
    switch (child.type) {
      case 'parameter_declaration':
        file.params.set(name, { name, at, described, type: parts[1]?.text, hasDefault: parts.length > 2, secure: decorators.includes('@secure()') });
        break;
      case 'variable_declaration': {
        const value = parts.at(-1);
        file.variables.set(name, { name, at, text: stringOf(value), value: valueOf(value) });
        break;
      }
      case 'output_declaration':
        file.outputs.set(name, { name, at, described, type: parts[1]?.text, identifiers: identifiersOf(parts.at(-1)) });
        break;
      case 'module_declaration': {
        const params = propertiesOf(bodyOf(child)).get('params');
        const given = new Map();
        for (const [key, value] of params ? propertiesOf(params) : []) given.set(key, valueOf(value));
        file.modules.push({ symbol: name, at, path: stringOf(parts[1]), params: given });
        break;
      }
      case 'resource_declaration': {
        const [type, version] = (stringOf(parts[1]) ?? '').split('@');
        const whole = version || !parentType ? { type, version } : { type: `${parentType.type}/${type}`, version: parentType.version };
        const body = bodyOf(child);
        file.resources.push({ symbol: name, at, ...whole, properties: propertiesOf(body) });
        if (body) declarations(body, file, whole);
        break;
      }
      default:
        break;
    }
    decorators = [];
  }
}

// The object of a resource or module, below its condition or its loop.
function bodyOf(node) {
  for (const child of children(node)) {
    if (child.type === 'object') return child;
    if (['if_statement', 'for_statement', 'array'].includes(child.type)) {
      const body = bodyOf(child);
      if (body) return body;
    }
  }

  return null;
}

function propertiesOf(object) {
  const properties = new Map();
  for (const property of object ? children(object).filter((c) => c.type === 'object_property') : []) {
    const parts = children(property);
    properties.set(stringOf(parts[0]) ?? parts[0].text, parts.at(-1));
  }

  return properties;
}

const stringOf = (node) => (node?.type === 'string' ? node.text.slice(1, -1) : null);
const valueOf = (node) => ({ kind: node.type, text: node.text, at: node.startPosition });

function identifiersOf(node, found = new Set()) {
  if (node.type === 'identifier') found.add(node.text);
  children(node).forEach((child) => identifiersOf(child, found));
  return found;
}

/** The names that a parameter file sets. The grammar knows no parameter files: theirs is a line for each. */
export function parametersOf(path) {
  const text = readFileSync(path, 'utf8');
  if (path.endsWith('.json')) return { given: Object.keys(JSON.parse(text).parameters), faults: [] };
  const lines = text.split('\n').map((l) => l.trim()).filter((l) => l && !l.startsWith('//'));
  const faults = lines[0] === "using 'main.bicep'" ? [] : ["does not start with: using 'main.bicep'"];
  const given = lines.slice(1).map((line) => {
    const [, name] = /^param (\w+) = \S.*$/.exec(line) ?? [];
    if (!name) faults.push(`has a line that is no parameter: ${line}`);
    return name;
  });
  return { given: given.filter(Boolean), faults };
}
