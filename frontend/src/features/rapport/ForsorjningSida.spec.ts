import { afterEach, describe, expect, it, vi } from "vitest";
import {
    type Anrop,
    type Monterad,
    del,
    faltfel,
    lugn,
    montera,
    nekande,
} from "@/shared/prov/montera";
import ForsorjningSida from "./ForsorjningSida.vue";
import type { Rapport } from "./rapport.logic";

// The drawing itself is a browser's; here: what is drawn.
vi.mock("./Stapeldiagram.vue", async () => {
    const { h } = await import("vue");
    return {
        __esModule: true,
        default: {
            props: ["data"],
            render(this: { data: unknown }) {
                return h(
                    "pre",
                    { "data-test": "staplar" },
                    JSON.stringify(this.data),
                );
            },
        },
    };
});

const adress = "/rapporter/deltagarrapport/forsorjning";

/** One who died, as the server tells it: case by case nothing is known afterwards. */
const avliden: Rapport = {
    titel: "SUS - Deltagarrapport försörjning",
    korningstid: "2026-03-02T14:42:45Z",
    urval: { samverkansform: "FINSAM", budgetar: 2026 },
    huvud: [
        { etikett: "Finansieringsform", varde: "FINSAM" },
        { etikett: "Räknas till län", varde: "Uppsala län" },
    ],
    start: { antal: 0, unika: 0, noter: ["Startens not"], rader: [] },
    slut: {
        antal: 1,
        unika: 1,
        utanMatning: 1,
        matta: 0,
        varning: "1 av 1 som slutat (100%) har ingen mätning.",
        noter: ["Avslutets not"],
        noterMatta: ["De mättas not"],
        rader: [
            {
                kod: "SJUKPENNING",
                etikett: "Sjukpenning/Rehabpenning",
                antalFore: 1,
                antalEfter: 0,
                namnare: 1,
                forandring: -1,
                forandringProcent: -100,
                antalForeMatta: 0,
                namnareMatta: 0,
                lamnat: 0,
                tillkommit: 0,
                kvar: 0,
                forandringMatta: 0,
                forandringProcentMatta: null,
            },
        ],
    },
    tackning: {
        rader: [
            {
                kod: "ANONYMA",
                etikett: "Anonyma deltagare",
                antal: 1234,
                namnare: 1234,
            },
            { kod: "VOLYM", etikett: "Volym", antal: 0, namnare: 1234 },
        ],
        noter: ["Täckningens not"],
    },
    fotnoter: ["Fotnoten"],
};

/** Two were measured too. */
const fler: Rapport = {
    ...avliden,
    slut: {
        ...avliden.slut,
        antal: 3,
        unika: 3,
        matta: 2,
        rader: avliden.slut.rader.map((r) => ({
            ...r,
            antalFore: 2,
            antalEfter: 1,
            namnare: 3,
            forandringProcent: -50,
            antalForeMatta: 1,
            namnareMatta: 2,
            kvar: 1,
            forandringProcentMatta: 0,
        })),
    },
};

let sida: Monterad | undefined;

async function oppna(
    rapport: Rapport | (() => never),
    query = "",
): Promise<Monterad> {
    sida = await montera(ForsorjningSida, {
        vag: `${adress}${query}`,
        rutt: adress,
        roll: "SUSRAPPORT",
        server(a: Anrop) {
            if (a.vag !== adress) {
                return { data: [], _meta: { totalRecords: 0 }, _links: {} };
            }
            return typeof rapport === "function" ? rapport() : rapport;
        },
    });
    return sida;
}

const text = (namn: string): string =>
    del(namn)?.textContent.replaceAll(/\s+/g, " ").trim() ?? "";

function tabell(namn: string): string[][] {
    return [...(del(namn)?.querySelectorAll("tr") ?? [])].map((r) =>
        [...r.querySelectorAll("th, td")].map((c) => c.textContent.trim()),
    );
}

function kryss(): HTMLInputElement {
    const e = document.querySelector<HTMLInputElement>(
        "input[type=checkbox]#bland-matta",
    );
    if (!e) {
        throw new Error("valet «Bland dem som mätts» finns inte");
    }
    return e;
}

afterEach(() => {
    sida?.bort();
    sida = undefined;
});

describe("rapportens huvud och noter", () => {
    it("skrivs som servern säger dem, del för del", async () => {
        await oppna(avliden);
        expect(text("korningstid")).toBe("2026-03-02 kl. 15.42.45");
        expect(text("huvud")).toBe(
            "Finansieringsform:FINSAMRäknas till län:Uppsala län",
        );
        expect(text("start")).toContain("Startens not");
        expect(text("start")).not.toContain("Avslutets not");
        expect(text("slut")).toContain("Avslutets not");
        expect(text("slut")).not.toContain("De mättas not");
        expect(text("rapport")).toContain("Fotnoten");
        expect(text("slut")).not.toContain("Fotnoten");
    });
    it("följs av täckningen, med sina nollor", async () => {
        await oppna(avliden);
        expect(text("tackning")).toBe(
            "TäckningAnonyma deltagare:1 234Volym:0Täckningens not",
        );
    });
});

describe("förändringen bland dem som mätts", () => {
    it("visas också av varningen som talar om den, och dit går fokus", async () => {
        const { router } = await oppna(fler);
        const lank = del("visa-matta");
        expect(del("varning")?.contains(lank)).toBe(true);
        lank?.click();
        await lugn();
        expect(router.currentRoute.value.query["matta"]).toBe("ja");
        expect(kryss().checked).toBe(true);
        expect(document.activeElement).toBe(kryss());
        expect(del("visa-matta")).toBeNull();
        expect(del("matta")).not.toBeNull();
    });

    it("visas i stället för den tryckta när den väljs, och adressen minns det", async () => {
        const { router, anrop } = await oppna(fler);
        expect(text("varning")).toContain("1 av 1 som slutat (100%)");
        expect(kryss().checked).toBe(false);
        expect(tabell("slut")[1]).toEqual([
            "Sjukpenning/Rehabpenning",
            ..."2,67%,1,33%,-1,-50%".split(","),
        ]);
        expect(text("staplar")).toContain('"fore":[2]');
        const fragor = anrop.length;

        kryss().click();
        await lugn();
        expect(tabell("slut")).toEqual([
            [
                "Försörjning",
                "Antal deltagare före insats",
                "Andel före",
                "Antal deltagare efter insats",
                "Andel efter",
                "Förändring",
                "Förändring i %",
                "Lämnat",
                "Tillkommit",
                "Kvar",
            ],
            ["Sjukpenning/Rehabpenning", ..."1,50%,1,50%,,,,,1".split(",")],
        ]);
        expect(text("matta")).toContain("med mätning: 2");
        expect(text("slut")).toContain("De mättas not");
        expect(text("staplar")).toContain('"fore":[1]');
        expect(router.currentRoute.value.query).toEqual({ matta: "ja" });
        expect(anrop.length).toBe(fragor);

        kryss().click();
        await lugn();
        expect(router.currentRoute.value.query).toEqual({});
        expect(tabell("slut")[0]).toHaveLength(7);
    });

    it("är 0 av 0 för den enda som avled", async () => {
        await oppna(avliden);
        expect(tabell("slut")[1]).toEqual([
            "Sjukpenning/Rehabpenning",
            ..."1,100%,,,-1,-100%".split(","),
        ]);
        sida?.bort();
        await oppna(avliden, "?matta=ja");
        expect(kryss().checked).toBe(true);
        expect(text("matta")).toContain("med mätning: 0");
        expect(text("tom-slut")).toBe(
            "Ingen som slutat under året har mätts efter insatsen.",
        );
    });

    it("varnas det inte om när de flesta är mätta", async () => {
        const slut = { ...fler.slut };
        delete slut.varning;
        await oppna({ ...fler, slut });
        expect(del("varning")).toBeNull();
    });
});

describe("ett budgetår som inte finns", () => {
    it("sägs vid fältet, och inget annat år visas", async () => {
        const ord = "Budgetåret ska vara ett år från 2000 till 2027.";
        const { anrop } = await oppna(() => {
            throw nekande(422, "ogiltiga-uppgifter", "Fel.", [
                { pekare: "budgetar", regel: "budgetar", meddelande: ord },
            ]);
        }, "?budgetar=1999");
        expect(
            anrop
                .filter((a) => a.vag === adress)
                .map((a) => a.params.query?.["budgetar"]),
        ).toEqual(["1999"]);
        expect(faltfel("budgetar")).toBe(ord);
        expect(
            document.querySelector<HTMLSelectElement>("#falt-budgetar")?.value,
        ).toBe("1999");
        expect(del("rapport")).toBeNull();
    });
});
