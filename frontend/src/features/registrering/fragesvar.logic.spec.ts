import { describe, expect, it } from "vitest";
import type { Fraga } from "@/features/fraga/fraga.logic";
import type { Schema } from "@/shared/api/typer";
import * as v from "@/shared/prov/varlden";
import {
    type Angivet,
    angivna,
    beskeden,
    foreSkal,
    medFragorna,
    stallda,
    svarsdel,
    svarsform,
    svarsrader,
    svarVid,
    vidFragorna,
} from "./fragesvar.logic";

const c = { idag: v.idag };
const stod = v.fraga;
const skala: Fraga = { ...v.skalfraga, vidIn: true };
const timmar: Fraga = {
    ...v.fraga,
    id: "timmar",
    namn: "Timmar",
    svarstyp: "HELTAL",
    minst: 0,
    hogst: 40,
};
const flera: Fraga = {
    ...v.fraga,
    id: "flera",
    namn: "Flera",
    svarstyp: "FLERVAL",
};
const fragor = [stod, skala, timmar, flera];

function besvarade(): { fragesvar: Angivet[] } {
    const s: { fragesvar: Angivet[] } = { fragesvar: [] };
    Object.assign(svarsform(fragor, s), {
        [stod.id]: "2",
        [skala.id]: "4",
        timmar: "12",
        flera: ["2", "1"],
    });
    return s;
}

describe("svaren på de kompletterande frågorna", () => {
    it("sänds som frågorna tar dem, med den version som lästes", () => {
        expect(svarsdel(besvarade().fragesvar, fragor)).toEqual({
            svar: [
                { fragaId: stod.id, fragaversion: 1, koder: ["2"] },
                { fragaId: skala.id, fragaversion: 1, tal: 4 },
                { fragaId: "timmar", fragaversion: 1, tal: 12 },
                { fragaId: "flera", fragaversion: 1, koder: ["1", "2"] },
            ],
        });
    });
    it("tas tillbaka med «Inget svar», och då sänds inget", () => {
        const s = besvarade();
        const form = svarsform(fragor, s) as Record<string, unknown>;
        form[stod.id] = "";
        form["flera"] = [];
        form["timmar"] = "";
        form[skala.id] = "";
        expect(s.fragesvar).toEqual([]);
        expect(svarsdel(s.fragesvar, fragor)).toEqual({});
    });
    it("är desamma i vilken ordning de än gavs", () => {
        const s: { fragesvar: Angivet[] } = { fragesvar: [] };
        for (const id of ["flera", "timmar", stod.id, skala.id]) {
            const form = svarsform(fragor, s) as Record<string, unknown>;
            form[id] = svarsform(fragor, besvarade())[id];
        }
        expect(s.fragesvar).toEqual(
            besvarade().fragesvar.map((a) =>
                a.fragaId === "flera" ? { ...a, koder: ["1", "2"] } : a,
            ),
        );
    });
    it("står kvar när frågan inte ställs, men sänds inte, och det sägs", () => {
        const s = besvarade();
        expect(svarsdel(s.fragesvar, [skala]).svar).toHaveLength(1);
        expect(
            beskeden(s.fragesvar, fragor, [skala]).map((b) => [b.namn, b.bort]),
        ).toEqual([
            [stod.namn, true],
            ["Flera", true],
            ["Timmar", true],
        ]);
        expect(s.fragesvar).toHaveLength(4);
        expect(beskeden(s.fragesvar, fragor, fragor)).toEqual([]);
    });
    it("sänds inte när alternativet är borta, och sägs när frågan är en annan än den som lästes", () => {
        const s = besvarade();
        const ny = {
            ...stod,
            version: 2,
            alternativ: [{ kod: "3", etikett: "Studier" }],
        };
        expect(svarsdel(s.fragesvar, [ny])).toEqual({});
        expect(beskeden(s.fragesvar, [ny], [ny])[0]).toMatchObject({
            namn: "Stöd",
            bort: true,
            text: "Alternativet finns inte längre. Svara igen.",
        });
        const omskriven = { ...stod, version: 2 };
        const [sagt] = beskeden(s.fragesvar, [omskriven], [omskriven]);
        expect(sagt?.bort).toBe(false);
        expect(svarsdel(s.fragesvar, [omskriven]).svar).toEqual([
            { fragaId: stod.id, fragaversion: 2, koder: ["2"] },
        ]);
    });
});

describe("svaren i en rättelse", () => {
    const registrerat: Schema<"Fragesvar">[] = [
        { fragaId: stod.id, koder: ["1"] },
        { fragaId: skala.id, tal: 3 },
    ];
    it("sänds som de står, utan version, när ingen har rört dem", () => {
        expect(svarsdel(angivna(registrerat), fragor, registrerat)).toEqual({
            svar: registrerat,
        });
        expect(svarsdel([], fragor)).toEqual({});
    });
    it("är en tom lista när alla tas bort", () => {
        expect(svarsdel([], fragor, registrerat)).toEqual({ svar: [] });
    });
    it("nämns inte när frågorna inte kan hämtas, om de inte är ändrade", () => {
        const lista = angivna(registrerat);
        expect(svarsdel(lista, undefined, registrerat)).toEqual({});
        expect(svarsdel(besvarade().fragesvar, undefined).svar).toContainEqual({
            fragaId: skala.id,
            fragaversion: 1,
            tal: 4,
        });
        expect(svarsdel([], undefined)).toEqual({});
    });
});

describe("svaren i ord", () => {
    it("läses före Spara, också det som inte besvaras, och det som inte sparas", () => {
        const s = besvarade();
        const form = svarsform(fragor, s) as Record<string, unknown>;
        form[skala.id] = "";
        expect(
            svarsrader(s, fragor, [stod, skala, timmar], c).map((r) => [
                r.etikett,
                r.text,
            ]),
        ).toEqual([
            ["Stöd", "Praktik"],
            ["Framtid", "Inget svar"],
            ["Timmar", "12"],
            [
                "Flera",
                "Sparas inte. Frågan ställs inte vid den mätningen den dagen.",
            ],
        ]);
    });
    it("räknas när frågorna inte kan hämtas", () => {
        expect(
            svarsrader(besvarade(), undefined, [], c).map((r) => r.text),
        ).toEqual(["4 besvarade"]);
        expect(svarsrader({ fragesvar: [] }, undefined, [], c)).toEqual([]);
    });
    it("står före skälet till en rättelse", () => {
        const rad = (pekare: string) => ({
            pekare,
            etikett: "",
            text: "",
            faltId: "",
        });
        expect(
            foreSkal([rad("/a"), rad("/skal")], [rad("/svar/x")]).map(
                (r) => r.pekare,
            ),
        ).toEqual(["/a", "/svar/x", "/skal"]);
        expect(
            Object.keys(medFragorna({ "/a": "A", "/skal": "Skäl" }, [stod])),
        ).toEqual(["/a", "/svar", `/svar/${stod.id}`, "/skal"]);
    });
    it("står bredvid samma fråga vid den andra mätningen", () => {
        const svar = [{ fragaId: stod.id, koder: ["1"] }];
        expect(svarVid(svar, [skala, stod])).toEqual([
            { pekare: `/svar/${stod.id}`, text: "Samtal" },
        ]);
        expect(svarVid(undefined, [stod])).toEqual([]);
    });
});

describe("frågorna", () => {
    it("är de som ställs vid mätningen den dagen", () => {
        const alla = [{ ...stod, tillOchMed: v.dag(-1) }, v.skalfraga];
        expect(stallda(alla, "IN", v.dag(-1))).toEqual([alla[0]]);
        expect(stallda(alla, "IN", v.dag())).toEqual([]);
        expect(stallda(alla, "UT", v.dag())).toEqual([v.skalfraga]);
    });
    it("har serverns fel, som räknas i det som sändes", () => {
        const fel = (pekare: string) => ({
            pekare,
            regel: "r",
            meddelande: "m",
        });
        expect(
            vidFragorna(
                [
                    fel("/svar/1/koder/0"),
                    fel("/svar/7"),
                    fel("/svar"),
                    fel("/skal"),
                ],
                [{ fragaId: "a" }, { fragaId: "b" }],
            ).map((f) => f.pekare),
        ).toEqual(["/svar/b", "/svar/7", "/svar", "/skal"]);
    });
});
