// FKUI brings core-js with it, for browsers older than the summer of 2023, and runs a
// copy of lodash's clone that nothing here asks for. Marked as free from effects they are
// shaken off with the rest that is not used, a tenth of the first load. (Of what core-js
// fills in FKUI uses no more than arrays' toReversed and toSorted.)

/** What is marked, and how often it stands there at least: an FKUI that is built otherwise is looked at again. */
const lattas = [
    {
        fil: /\/@fkui\/vue\/dist\/esm\/index\.esm\.js$/,
        utan: /^(?:\t?require_es_\w+\(\);|\(\/\* @__PURE__ \*\/ __commonJSMin\()/gm,
        minst: 20,
    },
    {
        fil: /\/@fkui\/logic\/lib\/esm\/index\.js$/,
        utan: /(?<=^var lodash_clonedeepExports = )requireLodash_clonedeep\(\)/gm,
        minst: 1,
    },
];

/** @type {import("vite").Plugin} */
export const lattareFkui = {
    name: "lattare-fkui",
    apply: (_config, { mode }) => mode !== "test",
    transform(kod, id) {
        const latt = lattas.find(({ fil }) => fil.test(id));
        if (latt === undefined) {
            return undefined;
        }
        let antal = 0;
        const code = kod.replace(latt.utan, (s) => {
            antal++;
            return `/* @__PURE__ */ ${s}`;
        });
        if (antal < latt.minst) {
            this.error(
                `${id}: ${antal} att märka, minst ${latt.minst} väntade`,
            );
        }
        return { code, map: null };
    },
};
