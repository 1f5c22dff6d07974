// The types of the package as a compiler sees them: every command has one, replies are neither `any` nor `unknown`, and
// nothing that is exported is without a test.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";

import ts from "typescript";

import { root } from "./lab.mjs";

const rows = (path) => {
  const [head, ...lines] = readFileSync(join(root, path), "utf8")
    .trimEnd()
    .split("\n")
    .map((line) => line.split("\t"));
  return lines.map((cells) => Object.fromEntries(head.map((name, at) => [name, cells[at]])));
};
const table = new Map(rows("../core/commands.tsv").map((row) => [row.command, row]));
const exceptions = rows("../tests/src/generate/methods.tsv");

/** Commands whose replies may be without a type, each with the reason. */
const untyped = new Map([
  ...[...table.values()]
    .filter(({ reply }) => reply === "any")
    .map(({ command }) => [command, "scripts and modules decide"]),
  ...exceptions.filter(({ what }) => what === "untyped").map(({ command, reason }) => [command, reason]),
]);

const options = {
  target: ts.ScriptTarget.ES2022,
  module: ts.ModuleKind.Node16,
  moduleResolution: ts.ModuleResolutionKind.Node16,
  strict: true,
  noEmit: true,
  types: ["node"],
  typeRoots: [join(root, "node_modules/@types")],
  lib: ["lib.es2024.d.ts", "lib.esnext.disposable.d.ts"],
};

const files = Object.fromEntries(
  ["replies", "types", "types-core"].map((name) => [name, join(root, `test/${name}.mts`)]),
);
/** Where all commands are methods: a client with its texts as strings and as bytes, and what else has them. */
const CLIENTS = {
  Text: "Client<string>",
  Bytes: "Client<Buffer>",
  Queue: "Pipeline<[], string>",
  Own: "Session<string>",
  Chosen: "AtNodes<string>",
};

const program = (() => {
  const host = ts.createCompilerHost(options);
  const { getSourceFile, fileExists } = host;
  const names = Object.values(CLIENTS).map((type) => type.replace(/<.*/, ""));
  const text = [
    `import type { ${[...new Set(names)].join(", ")} } from "slotpipe";`,
    ...Object.entries(CLIENTS).map(([name, type]) => `export type ${name} = ${type};`),
  ].join("\n");
  host.fileExists = (path) => path === files.replies || fileExists(path);
  host.getSourceFile = (path, ...rest) =>
    path === files.replies ? ts.createSourceFile(path, text, options.target) : getSourceFile(path, ...rest);
  return ts.createProgram(Object.values(files), options, host);
})();
const checker = program.getTypeChecker();

test("what the tests of types write compiles", () => {
  assert.deepEqual(
    ts.getPreEmitDiagnostics(program).map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, "\n")),
    [],
  );
});

/** Every signature of every method of the class `name`: what it is called, what it sends, and its reply. */
function replies(name) {
  const source = program.getSourceFile(files.replies);
  const alias = source.statements.find(
    (statement) => ts.isTypeAliasDeclaration(statement) && statement.name.text === name,
  );
  const client = checker.getTypeAtLocation(alias.name);
  const found = [];
  for (const property of client.getProperties()) {
    const declared = property.declarations?.[0];
    if (!declared?.getSourceFile().fileName.endsWith("commands.d.ts") || property.name === "send") continue;
    for (const signature of checker.getTypeOfSymbolAtLocation(property, source).getCallSignatures()) {
      const usage = ts.displayPartsToString(
        (signature.getDocumentationComment(checker).length ? signature : property).getDocumentationComment(checker),
      );
      found.push({ method: property.name, usage, reply: checker.getAwaitedType(signature.getReturnType()) });
    }
  }
  return found;
}

/** Why a type is none: `any`, `unknown`, or what a reply of unknown shape is. */
function lacks(type, seen = new Set()) {
  if (type.flags & ts.TypeFlags.Any) return "any";
  if (type.flags & ts.TypeFlags.Unknown) return "unknown";
  if (type.aliasSymbol?.name === "Value") return "Value";
  if (seen.has(type)) return undefined;
  seen.add(type);
  const inner = [
    ...(type.isUnionOrIntersection() ? type.types : []),
    ...(type.aliasTypeArguments ?? []),
    ...argumentsOf(type),
  ];
  // Of objects with names, what stands under these.
  if (type.symbol?.name === "__type")
    inner.push(...type.getProperties().map((property) => checker.getTypeOfSymbol(property)));
  for (const one of inner) {
    const lack = lacks(one, seen);
    if (lack) return lack;
  }
  return undefined;
}

function argumentsOf(type) {
  const { name } = type.symbol ?? {};
  const all = name === "Buffer" ? [] : checker.getTypeArguments(type);
  // Of these only the first says what they give.
  return ["Iterable", "IterableIterator", "AsyncIterable"].includes(name) ? all.slice(0, 1) : all;
}

const commandOf = (usage) => {
  const words = usage.replace(/^`/, "").split(/[ `,]/);
  return [3, 2, 1].map((count) => words.slice(0, count).join(" ")).find((name) => table.has(name));
};

/** What the core makes maps with names of, though the servers' documentation knows texts and arrays. */
const NAMED = new Set(["CLUSTER NODES", "CLUSTER REPLICAS", "CLUSTER SLAVES", "COMMANDLOG GET", "SLOWLOG GET"]);

for (const [name, client] of Object.entries(CLIENTS)) {
  test(`every reply has a type outside of the listed exceptions: ${client}`, () => {
    const all = replies(name);
    assert.ok(all.length > 550, `${all.length} signatures`);
    const found = all.map(({ method, usage, reply }) => ({ method, command: commandOf(usage), lack: lacks(reply) }));
    assert.deepEqual(
      found.filter(({ command }) => command === undefined),
      [],
      "methods of no command",
    );
    const bad = found.filter(({ command, lack }) => lack && !untyped.has(command));
    // With texts as bytes, maps with names have no types: their names are bytes.
    const hasNames = (command) => NAMED.has(command) || table.get(command).reply.includes("{");
    assert.deepEqual(
      bad.filter(({ command }) => name !== "Bytes" || !hasNames(command)).map(({ method, lack }) => `${method}: ${lack}`),
      [],
    );
    // The check sees what it looks for.
    assert.ok(found.some(({ method, lack }) => method === "eval" && lack === "Value"));
    assert.ok(found.some(({ method, lack }) => method === "commandDocs" && lack === "Value"));
  });
}

test("every exception has a reason, and every command a method or a reason to have none", () => {
  for (const [command, reason] of untyped) assert.ok(reason?.length > 5, command);
  const methods = new Set(replies("Text").map(({ usage }) => commandOf(usage)));
  const omitted = exceptions.filter(({ what }) => what === "omit");
  assert.ok(omitted.every(({ reason }) => reason.length > 5));
  const names = new Set(omitted.map(({ command }) => command));
  const commands = [...table.keys()];
  const missing = [...table.values()].filter(({ command, refusal }) => {
    if (methods.has(command) || names.has(command)) return false;
    if (names.has(`refusal:${refusal}`) || names.has(`refusal:${refusal.split(/[@:;]/)[0]}`)) return false;
    return !commands.some((other) => other.startsWith(`${command} `));
  });
  assert.deepEqual(
    missing.map(({ command, refusal }) => `${command} (${refusal})`),
    [],
  );
});

/** Exported names of an entry, with what they are. */
const exported = (entry) =>
  checker
    .getExportsOfModule(checker.getSymbolAtLocation(program.getSourceFile(join(root, `dist/${entry}.d.mts`))))
    .map((symbol) => [symbol.name, resolved(symbol)]);

const resolved = (symbol) => (symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol);

/** Members that this package has given a type, of each of its kinds; methods for commands are looked at above. */
function membersOf(type) {
  if (type.isUnion()) return type.types.flatMap(membersOf);
  // Of tuples and of what depends on what texts are, tests name the whole.
  if (checker.isTupleType(type) || type.flags & ts.TypeFlags.Conditional) return [];
  return type.getProperties().filter((member) => {
    const [declaration] = member.declarations ?? [];
    if (!declaration) return true;
    const path = declaration.getSourceFile().fileName;
    const hidden = ts.ModifierFlags.Private | ts.ModifierFlags.Protected;
    if (ts.getCombinedModifierFlags(declaration) & hidden || ts.isPrivateIdentifier(declaration.name)) return false;
    // What nobody can name: nobody else has the symbol.
    if (ts.isComputedPropertyName(declaration.name) && !/^\[Symbol\./.test(declaration.name.getText())) return false;
    return path.startsWith(join(root, "dist")) && (!path.endsWith("commands.d.ts") || member.name === "cluster");
  });
}

/** What a symbol is known by, whatever it has been made generic, optional or read-only from. */
const identity = (symbol) => symbol.declarations?.[0] ?? symbol.name;

/** What a file uses beyond importing it: each name and member, and all members of what is compared as a whole. */
function used(file) {
  const found = new Set();
  const add = (symbol) => symbol && found.add(identity(resolved(symbol)));
  const member = (type, name) => add(type.getProperties().find(({ escapedName }) => escapedName === name));
  const visit = (node) => {
    if (ts.isImportDeclaration(node)) return;
    if (ts.isIdentifier(node)) add(checker.getSymbolAtLocation(node));
    if (ts.isElementAccessExpression(node)) {
      const { escapedName } = checker.getTypeAtLocation(node.argumentExpression);
      if (escapedName) member(checker.getTypeAtLocation(node.expression), escapedName);
    }
    if (ts.isIndexedAccessTypeNode(node) && ts.isLiteralTypeNode(node.indexType))
      member(checker.getTypeFromTypeNode(node.objectType), node.indexType.literal.text);
    if (ts.isCallExpression(node) && node.expression.getText() === "is") {
      const [one, other] = node.typeArguments;
      if (isSpelledOut(other)) membersOf(checker.getTypeFromTypeNode(one)).forEach(add);
    }
    node.forEachChild(visit);
  };
  program.getSourceFile(file).forEachChild(visit);
  return found;
}

/** Whether a type is written here member by member. */
function isSpelledOut(node) {
  if (ts.isParenthesizedTypeNode(node)) return isSpelledOut(node.type);
  const isMade = ts.isUnionTypeNode(node) || ts.isIntersectionTypeNode(node);
  return ts.isTypeLiteralNode(node) || (isMade && node.types.some(isSpelledOut));
}

const ENTRIES = { index: "types", machine: "types-core" };
/** Members of what both entries export are tested once. */
const members = new Set(Object.values(ENTRIES).flatMap((name) => [...used(files[name])]));

for (const [entry, name] of Object.entries(ENTRIES)) {
  test(`every exported name and every public member of it is in ${name}.mts: ${entry}`, () => {
    const names = used(files[name]);
    const all = exported(entry);
    assert.ok(all.length > 30, `${all.length} names`);
    const untested = all.flatMap(([name, symbol]) => {
      const lacking = membersOf(checker.getDeclaredTypeOfSymbol(symbol)).filter((one) => !members.has(identity(one)));
      return [...(names.has(identity(symbol)) ? [] : [name]), ...lacking.map((one) => `${name}.${one.name}`)];
    });
    assert.deepEqual(untested, []);
  });
}

/** A member with the name of the class that it is from. */
const placeOf = (member, name) => `${member.declarations?.[0].parent.name?.text ?? name}.${member.name}`;

/** What is public and without a type, each with the reason. */
const OPEN = {
  Value: "what a reply of unknown shape is",
  "SlotpipeError.outcomes": "an error is of any pipeline",
  "Part.result": "a part is of any command",
  ReplyHook: "what a hook makes of a reply is its own",
  ResultHook: "what a hook makes of a result is its own",
  "Session.pending": "a unit may hold anything",
  Action: "pushes are of several shapes",
  "Action.value": "pushes are of several shapes",
  "Answer.result": "commands go into a machine by name",
  "Outputs.actions": "pushes are of several shapes",
};

test("nothing public is without a type outside of the listed exceptions", () => {
  const found = new Map();
  for (const [name, symbol] of Object.keys(ENTRIES).flatMap(exported)) {
    const declared = checker.getDeclaredTypeOfSymbol(symbol);
    const isType = symbol.flags & (ts.SymbolFlags.Class | ts.SymbolFlags.Interface | ts.SymbolFlags.TypeAlias);
    const types = isType
      ? [[name, declared], ...membersOf(declared).map((one) => [placeOf(one, name), checker.getTypeOfSymbol(one)])]
      : [[name, checker.getTypeOfSymbol(symbol)]];
    for (const [place, type] of types) {
      const lack = type.getCallSignatures().map((one) => lacks(one.getReturnType())).find(Boolean) ?? lacks(type);
      if (lack) found.set(place, lack);
    }
  }
  assert.deepEqual([...found.keys()], Object.keys(OPEN), [...found].join("; "));
});
