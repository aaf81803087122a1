import { describe, expect, it } from "vitest";
import { granska } from "@/shared/formular/tabell";
import { session } from "@/shared/prov/server";
import * as v from "@/shared/prov/varlden";
import {
    type Fragesvar,
    farAndraFragor,
    flyttad,
    fragesvarAv,
    fragetabell,
    kopiaAv,
    nar,
    raderAv,
    svaren,
    tiden,
    tillFraga,
    tomFraga,
} from "./fraga.logic";
import { stalls } from "./svar.logic";

const c = { idag: v.idag };
const fran = (mer: Partial<Fragesvar>): Fragesvar => ({
    ...fragesvarAv(v.fraga),
    ...mer,
});
const felen = (mer: Partial<Fragesvar>, besvaradTom?: string): string[] =>
    granska(fragetabell, fran(mer), { ...c, besvaradTom }).map(
        (f) => `${f.pekare} ${f.regel}`,
    );

describe("en kompletterande fråga", () => {
    it("sänds som den skrevs, ett alternativ på varje rad", () => {
        expect(tillFraga(fran({}), c)).toEqual({
            namn: v.fraga.namn,
            innehall: v.fraga.innehall,
            franOchMed: v.fraga.franOchMed,
            svarstyp: "ENVAL",
            alternativ: ["Samtal", "Praktik"],
            vidIn: true,
            vidUt: true,
        });
        expect(raderAv(" Ett \n\n två\n")).toEqual(["Ett", "två"]);
    });
    it("sänder bara det som svarstypen tar", () => {
        const ny = { ...tomFraga("o", v.idag), ...fran({}), version: 0 };
        expect(
            tillFraga(
                { ...ny, svarstyp: "HELTAL", minst: "0", hogst: "40" },
                c,
            ),
        ).toMatchObject({ minst: 0, hogst: 40 });
        const skala = tillFraga({ ...ny, svarstyp: "SKALA", steg: "5" }, c);
        expect(skala.steg).toBe(5);
        expect(skala.alternativ).toBeUndefined();
        expect(tillFraga({ ...ny, svarstyp: "JA_NEJ" }, c).alternativ).toBe(
            undefined,
        );
    });
    it.each<[Partial<Fragesvar>, string[]]>([
        [{}, []],
        [{ alternativ: "Ett" }, ["/alternativ for-fa"]],
        [{ alternativ: "Ett\nEtt" }, ["/alternativ dubblett"]],
        [
            {
                alternativ: Array.from({ length: 21 }, (_, i) =>
                    String(i),
                ).join("\n"),
            },
            ["/alternativ for-manga"],
        ],
        [{ vidIn: "nej", vidUt: "nej" }, ["/vidIn obligatoriskt"]],
        [{ vidIn: "nej" }, []],
        [{ svarstyp: "HELTAL", minst: "5", hogst: "5" }, ["/hogst for-litet"]],
        [{ svarstyp: "SKALA", steg: "12" }, ["/steg utanfor-granser"]],
        [{ tillOchMed: "2020-01-01" }, ["/tillOchMed slut-fore-start"]],
    ])("granskas: %j", (mer, vantat) => {
        expect(felen(mer)).toEqual(vantat);
    });
    it("som är besvarad kan stängas tidigast dagen för sitt senaste svar", () => {
        expect(felen({ tillOchMed: v.dag(-4), namn: "" }, v.dag(-3))).toEqual([
            "/tillOchMed fraga-besvarad",
        ]);
        expect(felen({ tillOchMed: v.dag(-3) }, v.dag(-3))).toEqual([]);
    });
    it("kopieras till ett nytt år", () => {
        const fjol = {
            ...v.fraga,
            franOchMed: "2025-02-01",
            tillOchMed: "2025-11-30",
        };
        expect(kopiaAv(fjol, "2026-03-02")).toMatchObject({
            namn: v.fraga.namn,
            franOchMed: "2026-01-01",
            tillOchMed: "2026-12-31",
            version: 0,
        });
        expect(
            kopiaAv({ ...v.fraga, franOchMed: "2026-02-01" }, "2026-11-02"),
        ).toMatchObject({ franOchMed: "2027-01-01", tillOchMed: "" });
    });
    it("läses i ord", () => {
        expect(svaren(v.fraga)).toBe(
            "Ett av flera alternativ: Samtal, Praktik",
        );
        expect(svaren(v.skalfraga)).toBe("Skala, 1–5");
        expect(
            svaren({ ...v.fraga, svarstyp: "HELTAL", minst: 0, hogst: 9 }),
        ).toBe("Heltal, 0–9");
        expect(svaren({ ...v.fraga, svarstyp: "JA_NEJ" })).toBe("Ja eller nej");
        expect(nar(v.fraga)).toBe("In- och utregistrering");
        expect(nar(v.skalfraga)).toBe("Utregistrering");
        expect(nar({ ...v.fraga, vidUt: false })).toBe("Inregistrering");
        expect(tiden(v.fraga)).toBe(`${v.dag(-100)} – tills vidare`);
    });
    it("ställs de dagar den gäller, vid sin mätning", () => {
        const f = {
            ...v.skalfraga,
            franOchMed: "2026-01-02",
            tillOchMed: "2026-01-03",
        };
        expect(
            ["2026-01-01", "2026-01-02", "2026-01-03", "2026-01-04"].map(
                (dag) => stalls(f, "UT", dag),
            ),
        ).toEqual([false, true, true, false]);
        expect(stalls(f, "IN", "2026-01-02")).toBe(false);
        expect(stalls(v.fraga, "IN", v.idag)).toBe(true);
    });
    it("flyttas bland de andra", () => {
        expect(flyttad(["a", "b", "c"], "c", 0)).toEqual(["c", "a", "b"]);
        expect(flyttad(["a", "b", "c"], "a", 1)).toEqual(["b", "a", "c"]);
        expect(flyttad(["a", "b"], "a", -1)).toBeUndefined();
        expect(flyttad(["a", "b"], "b", 2)).toBeUndefined();
        expect(flyttad(["a", "b"], "x", 0)).toBeUndefined();
    });
    it("läggs upp av organisationens egen administratör", () => {
        const { jag } = session("SAMVERKANSADMINISTRATOR");
        const roller = ["SAMVERKANSADMINISTRATOR"] as const;
        expect(farAndraFragor(jag, roller, v.ider.organisation)).toBe(true);
        expect(farAndraFragor(jag, roller, "annan")).toBe(false);
        expect(farAndraFragor(jag, ["SUSRAPPORT"], v.ider.organisation)).toBe(
            false,
        );
    });
});
