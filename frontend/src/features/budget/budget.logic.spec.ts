import { describe, expect, it } from "vitest";
import {
    insatsbudget,
    organisation,
    organisationsbudget,
} from "@/shared/prov/varlden";
import {
    type Budgetsammanhang,
    budgetaren,
    granskaInsatsbudget,
    granskaOrganisationsbudget,
    ingarUnder,
    insatsbudgetetiketter,
    insatsbudgetsvar,
    insatsbudgetutskrift,
    kopieraForra,
    nyFinansiering,
    nyKostnad,
    nyPost,
    organisationsbudgetetiketter,
    organisationsbudgetsvar,
    organisationsbudgetutskrift,
    organisationsval,
    skrivenSumma,
    summarader,
    tillInsatsbudget,
    tillOrganisationsbudget,
    valtAr,
} from "./budget.logic";

const c: Budgetsammanhang = {
    idag: "2026-03-02",
    organisationer: organisationsval(organisationsbudget().finansiarer),
    tvapart: false,
};

describe("insatsbudgeten", () => {
    it("är samma fram och tillbaka", () => {
        const svar = insatsbudgetsvar(insatsbudget, "i");
        expect(svar.poster[0]).toMatchObject({
            budget: "1\u00a0250\u00a0000,00",
            utfall: "−0,50",
        });
        expect(granskaInsatsbudget(svar, c)).toEqual([]);
        expect(tillInsatsbudget(svar, c)).toEqual({
            planeratAntal: 60,
            poster: insatsbudget.poster,
        });
    });
    it("säger varje post för sig vad som är fel", () => {
        const svar = insatsbudgetsvar(insatsbudget, "i");
        svar.planeratAntal = "två";
        svar.poster = [
            { ...nyPost(), budget: "-1" },
            { ...nyPost(), budget: "1.250" },
            { ...nyPost(), budget: "10000000000,01", utfall: "-1" },
            nyPost(),
        ];
        expect(
            granskaInsatsbudget(svar, c).map((f) => [
                f.pekare,
                f.regel,
                insatsbudgetetiketter(svar)[f.pekare],
            ]),
        ).toEqual([
            ["/planeratAntal", "utanfor-granser", "Planerat antal deltagare"],
            ["/poster/0/budget", "belopp-negativt", "Post 1, budget"],
            ["/poster/1/budget", "fel-form", "Post 2, budget"],
            ["/poster/2/budget", "belopp-for-stort", "Post 3, budget"],
            ["/poster/3/budget", "obligatoriskt", "Post 4, budget"],
        ]);
    });
    it("har organisation på posten bara i tvåpartsfinsam", () => {
        const svar = insatsbudgetsvar(insatsbudget, "i");
        svar.poster = [
            { ...nyPost(), budget: "1", organisation: "2021005521" },
        ];
        expect(tillInsatsbudget(svar, c).poster[0]).toEqual({
            budgettyp: "INSATSKOSTNAD",
            budget: "1.00",
        });
        expect(
            tillInsatsbudget(svar, { ...c, tvapart: true }).poster[0],
        ).toMatchObject({ organisation: "2021005521" });
    });
    it("läses post för post", () => {
        const svar = insatsbudgetsvar(insatsbudget, "i");
        svar.planeratAntal = "";
        expect(
            insatsbudgetutskrift(svar, c).map((r) => [r.etikett, r.text]),
        ).toEqual([
            ["Planerat antal deltagare", "Inte ifyllt"],
            ["Post 1, budgettyp", "Insatskostnad"],
            ["Post 1, budget", "1\u00a0250\u00a0000,00 kr"],
            ["Post 1, utfall", "−0,50 kr"],
            ["Post 1, beskrivning", "Personal"],
        ]);
    });
});

describe("organisationens budget", () => {
    it("är samma fram och tillbaka", () => {
        const b = organisationsbudget();
        const svar = organisationsbudgetsvar(b, "o");
        expect(granskaOrganisationsbudget(svar, c)).toEqual([]);
        expect(tillOrganisationsbudget(svar, c)).toEqual({
            finansiering: b.finansiering,
            administrativaKostnader: b.administrativaKostnader,
        });
        expect(
            organisationsbudgetutskrift(svar, c).map((r) => r.etikett),
        ).toEqual([
            "Finansiering 1, finansiär",
            "Finansiering 1, belopp",
            "Finansiering 1, beskrivning",
            "Kostnad 1, kostnadstyp",
            "Kostnad 1, budget",
            "Kostnad 1, utfall",
            "Kostnad 1, beskrivning",
        ]);
    });
    it("är negativ bara som eget kapital och som utfall", () => {
        const svar = organisationsbudgetsvar(organisationsbudget(), "o");
        const post = { ...nyFinansiering(), finansiar: "2120003005" };
        svar.finansiering = [
            { ...post, belopp: "-1" },
            { ...post, belopp: "-1", beskrivning: " eget KAPITAL 2025" },
        ];
        svar.administrativaKostnader = [
            { ...nyKostnad(), budget: "-1", utfall: "-1" },
        ];
        expect(
            granskaOrganisationsbudget(svar, c).map((f) => [
                f.pekare,
                organisationsbudgetetiketter(svar)[f.pekare],
            ]),
        ).toEqual([
            ["/finansiering/0/belopp", "Finansiering 1, belopp"],
            ["/administrativaKostnader/0/budget", "Kostnad 1, budget"],
        ]);
    });
    it("börjar med förra årets poster, utan utfall, eget kapital och dem som inte är finansiärer", () => {
        const forra = organisationsbudget({
            ar: 2025,
            finansiering: [
                { finansiar: "2120003005", belopp: "5.00" },
                {
                    finansiar: "2120003005",
                    belopp: "-1.00",
                    beskrivning: "Eget kapital",
                },
                { finansiar: "2321000024", belopp: "7.00" },
            ],
        });
        const kopia = kopieraForra(forra, organisationsbudget().finansiarer);
        expect(kopia.finansiering).toEqual([
            { finansiar: "2120003005", belopp: "5,00", beskrivning: "" },
        ]);
        expect(kopia.administrativaKostnader).toMatchObject([
            { budget: "600\u00a0000,00", utfall: "" },
        ]);
    });
    it("summeras som den skrivs", () => {
        expect(skrivenSumma(["1 000,10", "-0,05", "inte", ""])).toBe("1000.05");
    });
    it("ställs bredvid året före", () => {
        const nu = organisationsbudget().summor;
        const rader = summarader(nu, {
            ...nu,
            medel: [{ slag: "EGET_KAPITAL", belopp: "-5.00" }],
            finansiering: "-5.00",
            kvar: { budget: "-5.00", utfall: "0.00" },
        });
        expect(rader.map((r) => [r.namn, r.skillnad])).toEqual([
            ["Kommunerna", "2000000.00"],
            ["Finansiering", "2000005.00"],
            ["Administrativa kostnader", "0.00"],
            ["Insatskostnader", "0.00"],
            ["ESF-insatskostnader", "0.00"],
            ["Kvar", "150005.00"],
        ]);
    });
    it("säger inget om vad som är kvar av utfallet förrän något utfall är angett", () => {
        const nu = organisationsbudget().summor;
        const kvar = (s: typeof nu) => summarader(s).at(-1)?.utfall;
        const inget = { budget: "5.00", utfall: "0.00" };
        const utan = {
            ...nu,
            administrativaKostnader: inget,
            insatskostnader: inget,
            esfInsatskostnader: inget,
        };
        expect(kvar(utan)).toBeUndefined();
        for (const falt of [
            "administrativaKostnader",
            "insatskostnader",
            "esfInsatskostnader",
        ] as const) {
            expect(
                kvar({ ...utan, [falt]: { budget: "5.00", utfall: "-0.01" } }),
            ).toBe(nu.kvar.utfall);
        }
    });
});

describe("budgetåren", () => {
    it("är insatsens, till nästa år", () => {
        expect(budgetaren({ startdatum: "2024-05-01" }, c.idag)).toEqual([
            "2027",
            "2026",
            "2025",
            "2024",
        ]);
        expect(
            budgetaren(
                { startdatum: "1998-05-01", slutdatum: "2001-02-03" },
                c.idag,
            ),
        ).toEqual(["2001", "2000"]);
        expect(budgetaren({ startdatum: "2026-01-01" }, c.idag, 0)).toEqual([
            "2026",
        ]);
        expect(budgetaren({ startdatum: "2030-01-01" }, c.idag)).toEqual([]);
    });
    it("är det som adressen säger, annars årets, annars det sista", () => {
        const ar = ["2027", "2026", "2025"];
        expect(valtAr("2025", ar, c.idag)).toBe("2025");
        expect(valtAr("1999", ar, c.idag)).toBe("2026");
        expect(valtAr(["2025"], ar, c.idag)).toBe("2026");
        expect(valtAr(undefined, ["2020", "2019"], c.idag)).toBe("2020");
        expect(valtAr(undefined, [], c.idag)).toBe("");
    });
});

describe("den som ingår", () => {
    it("kan väljas för de år då den ingår någon dag", () => {
        const [rad] = organisation.ingaendeOrganisationer;
        if (rad === undefined) {
            throw new Error("ingen ingående organisation");
        }
        const ingar = {
            ...rad,
            giltigFran: "2011-12-31",
            giltigTom: "2013-01-01",
        };
        const aren = ["2010", "2011", "2012", "2013", "2014"];
        expect(aren.filter((ar) => ingarUnder([ingar], ar).length > 0)).toEqual(
            ["2011", "2012", "2013"],
        );
        delete (ingar as { giltigTom?: string }).giltigTom;
        expect(ingarUnder([ingar], "2014")).toEqual([ingar]);
    });
});
