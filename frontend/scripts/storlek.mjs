// Measures what was built against its budget: the first load (script and style,
// fonts apart) of the page that needs the most, each page's own chunk, and the
// chart library. gzip, as served.
import { readFileSync, readdirSync } from "node:fs";
import { gzipSync } from "node:zlib";

const kB = 1000;
const budget = { forsta: 200 * kB, sida: 15 * kB, diagram: 200 * kB };

const mapp = new URL("../dist/", import.meta.url);
const html = readFileSync(new URL("index.html", mapp), "utf8");
const gzip = (namn) =>
    gzipSync(readFileSync(new URL(namn, mapp)), { level: 9 }).length;

const forsta = [
    ...html.matchAll(/(?:src|href)="\/(assets\/[^"]+\.(?:js|css))"/g),
].map((m) => m[1]);
const alla = readdirSync(new URL("assets/", mapp))
    .filter((f) => /\.(js|css)$/.test(f))
    .map((f) => `assets/${f}`);

let fel = 0;
function rad(namn, storlek, tak) {
    const ok = storlek <= tak;
    fel += ok ? 0 : 1;
    console.log(
        `${ok ? "  " : "! "}${(storlek / kB).toFixed(1).padStart(7)} kB av ${String(tak / kB).padStart(3)}  ${namn}`,
    );
}

if (forsta.length < 2) {
    console.error("index.html laddar varken skript eller stil: bygg först");
    process.exit(1);
}
/** What a chunk has with it before it runs: its static imports, all the way down. */
function medImporter(fil, sedda = new Set()) {
    if (!sedda.has(fil)) {
        sedda.add(fil);
        const kod = readFileSync(new URL(fil, mapp), "utf8");
        for (const [, f] of kod.matchAll(
            /(?:from|import)\s*"\.\/([^"]+\.js)"/g,
        )) {
            medImporter(`assets/${f}`, sedda);
        }
    }
    return sedda;
}

const sidor = alla
    .filter((f) => /\/\w*[Ss]ida-[^/]+\.js$/.test(f))
    .map((f) => {
        const filer = new Set([...forsta, ...medImporter(f)]);
        return { f, summa: [...filer].reduce((s, x) => s + gzip(x), 0) };
    })
    .sort((a, b) => b.summa - a.summa);
const storst = sidor[0];
if (storst === undefined) {
    console.error("ingen sida finns i dist/assets: bygg först");
    process.exit(1);
}
rad(
    `första sidladdningen, störst med ${storst.f}`,
    storst.summa,
    budget.forsta,
);
for (const f of alla.filter((f) => !forsta.includes(f))) {
    rad(
        f,
        gzip(f),
        f.startsWith("assets/diagram-") ? budget.diagram : budget.sida,
    );
}
process.exit(fel === 0 ? 0 : 1);
