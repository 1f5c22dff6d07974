// The types of the package as a compiler sees them: every command has one, and replies are neither `any` nor `unknown`.

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

/** Every signature of every method of the class `name`: `[method, command, reply, checker]`. */
function replies(name) {
  const file = join(root, "test/replies.mts");
  const host = ts.createCompilerHost(options);
  const { getSourceFile, fileExists } = host;
  // Plain methods of a client whose texts are strings, and the same where they are bytes.
  const text = `import type { Client } from "../dist/index.mjs";\nexport type Text = Client<string>;\nexport type Bytes = Client<Buffer>;\n`;
  host.fileExists = (path) => path === file || fileExists(path);
  host.getSourceFile = (path, ...rest) =>
    path === file ? ts.createSourceFile(path, text, options.target) : getSourceFile(path, ...rest);
  const program = ts.createProgram([file], options, host);
  assert.deepEqual(
    ts.getPreEmitDiagnostics(program).map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, "\n")),
    [],
  );
  const checker = program.getTypeChecker();
  const source = program.getSourceFile(file);
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
      const returned = checker.getReturnTypeOfSignature(signature);
      found.push({ method: property.name, usage, reply: checker.getAwaitedType(returned), checker });
    }
  }
  return found;
}

/** Why a type is none: `any`, `unknown`, or what a reply of unknown shape is. */
function lacks(type, checker, seen = new Set()) {
  if (type.flags & ts.TypeFlags.Any) return "any";
  if (type.flags & ts.TypeFlags.Unknown) return "unknown";
  if (type.aliasSymbol?.name === "Value") return "Value";
  if (seen.has(type)) return undefined;
  seen.add(type);
  const inner = [
    ...(type.isUnionOrIntersection() ? type.types : []),
    ...(type.aliasTypeArguments ?? []),
    ...(type.symbol?.name === "Buffer" ? [] : checker.getTypeArguments(type)),
  ];
  // Of objects with names, what stands under these.
  if (type.symbol?.name === "__type")
    inner.push(...type.getProperties().map((property) => checker.getTypeOfSymbol(property)));
  for (const one of inner) {
    const lack = lacks(one, checker, seen);
    if (lack) return lack;
  }
  return undefined;
}

const commandOf = (usage) => {
  const words = usage.replace(/^`/, "").split(/[ `,]/);
  return [3, 2, 1].map((count) => words.slice(0, count).join(" ")).find((name) => table.has(name));
};

/** What the core makes maps with names of, though the servers' documentation knows texts and arrays. */
const NAMED = new Set(["CLUSTER NODES", "CLUSTER REPLICAS", "CLUSTER SLAVES", "COMMANDLOG GET", "SLOWLOG GET"]);

for (const name of ["Text", "Bytes"]) {
  test(`every reply has a type outside of the listed exceptions: ${name}`, () => {
    const all = replies(name);
    assert.ok(all.length > 550, `${all.length} signatures`);
    const found = all.map(({ method, usage, reply, checker }) => ({
      method,
      command: commandOf(usage),
      lack: lacks(reply, checker),
    }));
    assert.deepEqual(
      found.filter(({ command }) => command === undefined),
      [],
      "methods of no command",
    );
    const bad = found.filter(({ command, lack }) => lack && !untyped.has(command));
    // With texts as bytes, maps with names have no types: their names are bytes.
    const hasNames = (command) => NAMED.has(command) || table.get(command).reply.includes("{");
    assert.deepEqual(
      bad.filter(({ command }) => name === "Text" || !hasNames(command)).map(({ method, lack }) => `${method}: ${lack}`),
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
