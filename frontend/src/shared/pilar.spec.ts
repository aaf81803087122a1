import { Linter } from "eslint";
import { describe, expect, it } from "vitest";
import { hinder, ordning, pilar } from "../../scripts/pilar.mjs";

const src = "/hus/frontend/src";

// Names alone: nothing is loaded.
const features = Object.keys(import.meta.glob("/src/features/*/*")).map(
    (f) => f.split("/")[3] ?? "",
);

describe("pilarna mellan features", () => {
    it("har en plats för var och en", () => {
        expect([...new Set(features)].sort()).toEqual([...ordning].sort());
    });

    it.each([
        ["features/registrering/queries.ts", "@/features/deltagande/queries"],
        ["features/registrering/queries.ts", "./varning.logic"],
        ["features/deltagande/DeltagandeSida.vue", "@/features/samtycke/a.vue"],
        ["features/insats/a.vue", "@/shared/ui/Laddar.vue"],
        ["features/insats/a.vue", "vue"],
        ["features/inloggning/DemoSida.vue", "./InloggningSida.vue"],
        ["features/inloggning/DemoSida.vue", "@/features/om/SaknasSida.vue"],
        ["app/router.ts", "@/features/insats/InsatsSida.vue"],
        ["shared/prov/moten.ts", "@/features/insats/insats.logic"],
        ["features/kodverk/a.spec.ts", "@/features/insats/queries"],
    ])("%s får importera %s", (fran, vad) => {
        expect(hinder(`${src}/${fran}`, vad)).toBeUndefined();
    });

    it.each([
        ["features/deltagande/queries.ts", "@/features/registrering/queries"],
        ["features/deltagande/queries.ts", "../registrering/queries"],
        ["features/registrering/a.vue", "@/features/insats/InsatsSida.vue"],
        ["features/insats/InsatsFormular.vue", "./InsatsSida.vue"],
        ["features/om/SaknasSida.vue", "@/features/insats/InsatsSida.vue"],
        ["features/insats/a.vue", "@/app/router"],
        ["shared/ui/a.ts", "@/features/insats/queries"],
        ["features/nytt/a.ts", "@/features/insats/queries"],
    ])("%s får inte importera %s", (fran, vad) => {
        expect(hinder(`${src}/${fran}`, vad)).toBeTypeOf("string");
    });

    it("gäller alla slags importer", () => {
        const kod = [
            'import a from "@/features/inloggning/a";',
            'import { b } from "@/features/inloggning/b";',
            'const c = () => import("@/features/inloggning/c");',
            'export { d } from "@/features/inloggning/d";',
            'export * from "@/features/inloggning/e";',
            'import f from "@/features/kodverk/f";',
        ];
        const funna = new Linter({ cwd: "/hus/frontend" }).verify(
            kod.join("\n"),
            {
                files: ["**/*.ts"],
                plugins: { sus: { rules: { pilar } } },
                rules: { "sus/pilar": "error" },
            },
            { filename: `${src}/features/insats/a.ts` },
        );
        expect(funna.map((f) => f.line)).toEqual([1, 2, 3, 4, 5]);
    });
});
