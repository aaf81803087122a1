// What a file exports and no other file imports: it is that file's own, and says so by not being exported.
// Read by TypeScript's and Vue's parsers. What a spec alone imports is exported for it, and counts.
import { readFileSync, readdirSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import ts from "typescript";
import { parse } from "vue/compiler-sfc";

const rot = fileURLToPath(new URL("../", import.meta.url));
const src = join(rot, "src");
// Generated whole, or what a tool reads.
const undantagna = /\.gen\.ts$|\.d\.ts$|\/app\/main\.ts$/;

const filer = ["src", "e2e", "e2e-sidor"].flatMap((mapp) =>
    readdirSync(join(rot, mapp), { recursive: true })
        .map((namn) => join(rot, mapp, namn))
        .filter((f) => /\.(ts|vue)$/.test(f)),
);
const kanda = new Set(filer);

function skript(fil) {
    const text = readFileSync(fil, "utf8");
    if (!fil.endsWith(".vue")) {
        return text;
    }
    const { script, scriptSetup } = parse(text, {
        sourceMap: false,
    }).descriptor;
    return `${script?.content ?? ""}\n${scriptSetup?.content ?? ""}`;
}

/** The file that an import names; undefined: a package's. */
function vilken(fran, vad) {
    const bas = vad.startsWith("@/")
        ? join(src, vad.slice(2))
        : vad.startsWith(".")
          ? resolve(dirname(fran), vad)
          : undefined;
    return [bas, `${bas}.ts`, `${bas}/index.ts`].find((f) => kanda.has(f));
}

const exporter = new Map();
const anvanda = new Map();
/** A whole module is taken: all of it is used. */
const hela = new Set();

function anvand(fran, vad, namn) {
    const fil = vilken(fran, vad);
    if (fil === undefined) {
        return;
    }
    if (namn === undefined) {
        hela.add(fil);
        return;
    }
    anvanda.set(fil, (anvanda.get(fil) ?? new Set()).add(namn));
}

function arExporterad(nod) {
    return (ts.getModifiers(nod) ?? []).some(
        (m) => m.kind === ts.SyntaxKind.ExportKeyword,
    );
}

function namnenI(bindning) {
    return ts.isIdentifier(bindning)
        ? [bindning.text]
        : bindning.elements.flatMap((e) => (e.name ? namnenI(e.name) : []));
}

function las(fil) {
    const kalla = ts.createSourceFile(
        fil,
        skript(fil),
        ts.ScriptTarget.Latest,
        true,
    );
    const egna = [];
    function besok(nod) {
        if (ts.isImportDeclaration(nod)) {
            const { importClause: c, moduleSpecifier: m } = nod;
            const b = c?.namedBindings;
            if (b && ts.isNamedImports(b)) {
                for (const e of b.elements) {
                    anvand(fil, m.text, (e.propertyName ?? e.name).text);
                }
            } else if (b || !c) {
                anvand(fil, m.text);
            }
        } else if (ts.isExportDeclaration(nod) && nod.moduleSpecifier) {
            anvand(fil, nod.moduleSpecifier.text);
        } else if (
            ts.isCallExpression(nod) &&
            nod.expression.kind === ts.SyntaxKind.ImportKeyword &&
            ts.isStringLiteral(nod.arguments[0])
        ) {
            anvand(fil, nod.arguments[0].text);
        } else if (
            ts.isImportTypeNode(nod) &&
            ts.isLiteralTypeNode(nod.argument)
        ) {
            anvand(fil, nod.argument.literal.text);
        } else if (ts.isVariableStatement(nod) && arExporterad(nod)) {
            egna.push(
                ...nod.declarationList.declarations.flatMap((d) =>
                    namnenI(d.name),
                ),
            );
        } else if (
            nod.name &&
            ts.isIdentifier(nod.name) &&
            nod.parent === kalla &&
            arExporterad(nod)
        ) {
            egna.push(nod.name.text);
        }
        ts.forEachChild(nod, besok);
    }
    besok(kalla);
    exporter.set(fil, egna);
}

for (const fil of filer) {
    las(fil);
}
let fel = 0;
for (const [fil, namn] of exporter) {
    if (!fil.startsWith(src) || undantagna.test(fil) || hela.has(fil)) {
        continue;
    }
    for (const n of namn.filter((n) => !anvanda.get(fil)?.has(n))) {
        fel++;
        console.log(
            `${relative(rot, fil)}: ${n} exporteras, och ingen annan fil importerar det`,
        );
    }
}
process.exitCode = fel > 0 ? 1 : 0;
