// Checks Bicep files: syntax, parameters, modules, outputs, roles, API versions, names.
// Not what only the real compiler knows (types of expressions, functions): `az bicep build` and what-if run in the pipeline.
import { readdirSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { load, parametersOf } from './bicep.mjs';
import { apiVersions, roles, secretNames, nameRules } from './facts.mjs';

const root = resolve(process.argv[2] ?? '..');
const faults = [];
const fault = (file, at, text) => faults.push(`${file.shown}${at ? `:${at.row + 1}:${at.column + 1}` : ''} ${text}`);

const paths = [join(root, 'main.bicep'), ...readdirSync(join(root, 'modules')).filter((f) => f.endsWith('.bicep')).sort().map((f) => join(root, 'modules', f))];
const files = new Map();
for (const path of paths) {
  files.set(path, await load(path, root));
}

const main = files.get(join(root, 'main.bicep'));
const usedModules = new Set();

for (const file of files.values()) {
  for (const error of file.errors) {
    fault(file, error.at, `cannot be parsed near '${error.text}'`);
  }

  for (const param of file.params.values()) {
    if (!file.uses.has(param.name)) fault(file, param.at, `parameter ${param.name} is never used`);
    if (!param.described) fault(file, param.at, `parameter ${param.name} has no @description`);
    if (/(apikey|password|secret)$/i.test(param.name) && !param.secure) fault(file, param.at, `parameter ${param.name} holds a secret and is not @secure()`);
  }

  for (const variable of file.variables.values()) {
    if (!file.uses.has(variable.name)) fault(file, variable.at, `variable ${variable.name} is never used`);
    if (/^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/.test(variable.text ?? '') && roles[variable.name] !== variable.text) {
      fault(file, variable.at, `${variable.name} is ${variable.text}, which is not the built-in role of that name`);
    }
  }

  for (const resource of file.resources) {
    const version = apiVersions[resource.type];
    if (!version) fault(file, resource.at, `${resource.type} is not in the list of resource types`);
    else if (version !== resource.version) fault(file, resource.at, `${resource.type} is at ${resource.version}; the list has ${version}`);
    if (resource.type === 'Microsoft.Authorization/roleAssignments' && !/^guid\(/.test(resource.properties.get('name')?.text ?? '')) {
      fault(file, resource.at, `the name of ${resource.symbol} is not made by guid(scope, principal, role)`);
    }
  }

  const symbols = [...file.params.keys(), ...file.variables.keys(), ...file.modules.map((m) => m.symbol), ...file.resources.map((r) => r.symbol)];
  for (const twice of symbols.filter((s, i) => symbols.indexOf(s) !== i)) fault(file, null, `${twice} is declared twice`);

  for (const call of file.calls) {
    if (secretNames.includes(call.name)) fault(file, call.at, `${call.name}() hands out keys; connect by identity`);
  }

  for (const output of file.outputs.values()) {
    if (/(key|secret|password|token)s?$/i.test(output.name)) fault(file, output.at, `output ${output.name} looks like a secret: outputs are stored in clear`);
    for (const param of file.params.values()) {
      if (param.secure && output.identifiers.has(param.name)) fault(file, output.at, `output ${output.name} shows the secret ${param.name}`);
    }
  }

  for (const module of file.modules) {
    const target = files.get(resolve(file.folder, module.path));
    if (!target) {
      fault(file, module.at, `module ${module.symbol} is at ${module.path}, where no file is`);
      continue;
    }

    usedModules.add(target);
    for (const [name, value] of module.params) {
      const param = target.params.get(name);
      if (!param) {
        fault(file, value.at, `module ${module.symbol} takes no parameter ${name}`);
        continue;
      }

      const type = typeOf(value, file);
      if (type && type !== param.type) fault(file, value.at, `parameter ${name} of module ${module.symbol} is a ${param.type}, and is given a ${type}`);
    }

    for (const param of target.params.values()) {
      if (!param.hasDefault && !module.params.has(param.name)) fault(file, module.at, `module ${module.symbol} is not given ${param.name}`);
    }
  }

  for (const read of file.outputReads) {
    const module = file.modules.find((m) => m.symbol === read.module);
    const target = module && files.get(resolve(file.folder, module.path));
    if (target && !target.outputs.has(read.output)) fault(file, read.at, `module ${read.module} has no output ${read.output}`);
    target?.readOutputs.add(read.output);
  }
}

// The roughest types: what a literal, a parameter or a module's output is.
function typeOf(value, file) {
  switch (value.kind) {
    case 'string': return 'string';
    case 'number': return 'int';
    case 'boolean': return 'bool';
    case 'object': return 'object';
    case 'array': case 'for_statement': return 'array';
    case 'identifier': return file.params.get(value.text)?.type ?? typeOfVariable(file.variables.get(value.text), file);
    case 'member_expression': {
      const [, symbol, output] = /^(\w+)\.outputs\.(\w+)$/.exec(value.text) ?? [];
      const module = symbol && file.modules.find((m) => m.symbol === symbol);
      return module ? files.get(resolve(file.folder, module.path))?.outputs.get(output)?.type ?? null : null;
    }
    default: return null;
  }
}

function typeOfVariable(variable, file) {
  return variable && variable.value.text !== variable.name ? typeOf(variable.value, file) : null;
}

for (const file of files.values()) {
  if (file === main) continue;
  if (!usedModules.has(file)) fault(file, null, 'no file uses this module');
  for (const output of file.outputs.values()) {
    if (!file.readOutputs.has(output.name)) fault(file, output.at, `output ${output.name} is read by nobody`);
  }
}

for (const output of main.outputs.values()) {
  if (!/^[A-Z0-9_]+$/.test(output.name)) fault(main, output.at, `output ${output.name} is no UPPER_SNAKE name: azd makes it a variable`);
  if (!output.described) fault(main, output.at, `output ${output.name} has no @description`);
}

// Names of resources are the abbreviation and ten characters of a hash: within each type's limits whatever the environment is called.
const abbreviations = main.json('abbreviations.json');
for (const [key, rule] of Object.entries(nameRules)) {
  const name = `${abbreviations[key] ?? ''}${rule.extra ?? ''}${'x'.repeat(10)}`;
  if (!(key in abbreviations)) fault(main, null, `abbreviations.json has no ${key}`);
  else if (name.length < rule.least || name.length > rule.most || !rule.signs.test(name)) fault(main, null, `the name ${name} breaks the rules of ${key}: ${rule.least} to ${rule.most} of ${rule.signs}`);
}
for (const key of Object.keys(abbreviations)) {
  if (!main.text.includes(`abbreviations.${key}}`)) fault(main, null, `abbreviations.json: ${key} is never used`);
}

for (const file of readdirSync(root).filter((f) => f.endsWith('.bicepparam') || f === 'main.parameters.json')) {
  const { given, faults: own } = parametersOf(join(root, file));
  own.forEach((text) => faults.push(`${file} ${text}`));
  given.filter((name) => !main.params.has(name)).forEach((name) => faults.push(`${file} sets ${name}, which main.bicep does not take`));
  [...main.params.values()].filter((p) => !p.hasDefault && !given.includes(p.name)).forEach((p) => faults.push(`${file} does not set ${p.name}`));
}

faults.forEach((text) => console.error(text));
console.log(`${files.size} files, ${[...files.values()].reduce((n, f) => n + f.resources.length, 0)} resources, ${main.params.size} parameters: ${faults.length === 0 ? 'no faults' : `${faults.length} faults`} (${basename(root)})`);
process.exit(faults.length === 0 ? 0 : 1);
