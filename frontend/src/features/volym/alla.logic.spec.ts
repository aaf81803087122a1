import { describe, expect, it } from "vitest";
import { ProblemFel } from "@/shared/api/problem";
import type { Schema } from "@/shared/api/typer";
import { organisationsbudget } from "@/shared/prov/varlden";
import {
    type Allasvar,
    type Del,
    allasvar,
    andrade,
    arForaldrad,
    cellerIOrd,
    fleraPoster,
    folj,
    fyllsI,
    granskaRader,
    nagotRort,
    nekandet,
    radetiketter,
    raderna,
    skillnaderI,
    somSparat,
    tillInsatsbudget,
    tillVolym,
    vidCellen,
} from "./alla.logic";

const idag = "2026-05-04";

function budget(
    mer: Partial<Schema<"Budgetinsats">> = {},
    hel: Partial<Schema<"Organisationsbudget">> = {},
): Schema<"Organisationsbudget"> {
    return organisationsbudget({
        insatser: [
            ...organisationsbudget().insatser,
            {
                insatsId: "raknar",
                namn: "Konferensen",
                deltagarregistrering: "ENDAST_ANTAL",
                insatskostnader: { budget: "10.25", utfall: "0.00" },
                esfInsatskostnader: { budget: "0.00", utfall: "0.00" },
                budgetversion: 1,
                volym: {
                    antalKvinnor: 40,
                    antalMan: 31,
                    uppgiftSaknas: 0,
                    version: 1,
                },
                ...mer,
            },
        ],
        ...hel,
    });
}

const nu = budget();
function borjad(b = nu): Allasvar {
    return allasvar(b, "o");
}
const tabellen = (
    svar: Allasvar,
    b = nu,
    far: (id: string) => boolean = () => true,
) => raderna(b, svar, idag, far);

/** The row of the one that only counts. */
function raknar(svar: Allasvar) {
    const r = svar.rader["raknar"];
    if (!r) {
        throw new Error("raden finns inte");
    }
    return r;
}
function andrad(svar: Allasvar, del: Del, b = nu) {
    const a = andrade(tabellen(svar, b)).find((x) => x.del === del);
    if (!a) {
        throw new Error(`${del} är inte ändrad`);
    }
    return a;
}

describe("tabellen över alla insatser", () => {
    it("har det som är sparat, och tomt där inget är sagt", () => {
        expect(raknar(borjad())).toMatchObject({
            antalMan: "31",
            uppgiftSaknas: "0",
            planeratAntal: "",
            budget: "10,25",
            utfall: "",
            esfBudget: "",
            version: { volym: 1, insatsbudget: 1 },
        });
        const tom = budget({
            volym: {
                antalKvinnor: 0,
                antalMan: 0,
                uppgiftSaknas: 0,
                version: 0,
            },
        });
        expect(raknar(borjad(tom)).antalMan).toBe("");
    });
    it("fylls i av den som får, volymen där bara antal räknas och inget år som kommer", () => {
        const delarI = (rader: ReturnType<typeof tabellen>) =>
            rader.map((r) => [r.grund.volym, r.grund.insatsbudget]);
        expect(delarI(tabellen(borjad()))).toEqual([
            [false, true],
            [true, true],
        ]);
        const stangt = budget({}, { stangt: true });
        expect(tabellen(borjad(stangt), stangt).some(fyllsI)).toBe(false);
        expect(
            tabellen(borjad(), nu, (id) => id === "raknar").map(fyllsI),
        ).toEqual([false, true]);
        const kommande = budget({}, { ar: 2027 });
        expect(delarI(tabellen(borjad(kommande), kommande))[1]).toEqual([
            false,
            true,
        ]);
    });
    it("sänder de delar som säger något annat än det sparade", () => {
        const svar = borjad();
        expect(nagotRort(svar)).toBe(false);
        expect(andrade(tabellen(svar))).toEqual([]);
        raknar(svar).antalMan = "32 ";
        raknar(svar).uppgiftSaknas = "";
        expect(nagotRort(svar)).toBe(true);
        const andrat = andrade(tabellen(svar));
        expect(andrat.map((a) => [a.rad.id, a.del])).toEqual([
            ["raknar", "volym"],
        ]);
        expect(tillVolym(raknar(svar))).toEqual({
            antalKvinnor: 40,
            antalMan: 32,
            uppgiftSaknas: 0,
        });
        expect(cellerIOrd(andrat).map((u) => [u.etikett, u.text])).toEqual([
            ["Konferensen, män", "32"],
            ["Konferensen, uppgift saknas", "Inte ifyllt"],
        ]);
    });
    it("tar in det som lästs om där inget är skrivet, och behåller det skrivna", () => {
        const svar = borjad();
        raknar(svar).antalMan = "32";
        const nytt = budget({
            insatskostnader: { budget: "99.00", utfall: "0.00" },
            budgetversion: 2,
            volym: {
                antalKvinnor: 41,
                antalMan: 31,
                uppgiftSaknas: 0,
                version: 2,
            },
        });
        folj(svar, nytt);
        expect(raknar(svar)).toMatchObject({
            antalKvinnor: "40",
            antalMan: "32",
            budget: "99,00",
            version: { volym: 1, insatsbudget: 2 },
        });
        const volym = andrad(svar, "volym", nytt);
        expect(arForaldrad(volym)).toBe(true);
        expect(skillnaderI(volym).map((s) => [s.sparat, s.ifyllt])).toEqual([
            ["41", "40"],
            ["31", "32"],
        ]);
        somSparat(volym);
        expect(nagotRort(svar)).toBe(false);
        expect(raknar(svar)).toMatchObject({ antalMan: "31" });
    });
    it("säger vad som är fel där det står", () => {
        const svar = borjad();
        const r = raknar(svar);
        r.antalMan = "många";
        r.antalKvinnor = "1000001";
        r.utfall = "-5";
        r.budget = "";
        r.esfBudget = "-1";
        const rader = tabellen(svar);
        expect(
            granskaRader(rader).map((f) => [
                radetiketter(rader)[f.pekare],
                f.regel,
            ]),
        ).toEqual([
            ["Konferensen, kvinnor", "utanfor-granser"],
            ["Konferensen, män", "utanfor-granser"],
            ["Konferensen, utfall", "obligatoriskt"],
            ["Konferensen, ESF-budget", "belopp-negativt"],
        ]);
    });
});

describe("insatsbudgeten ur tabellen", () => {
    const poster: Schema<"Insatsbudgetpost">[] = [
        {
            budgettyp: "INSATSKOSTNAD",
            budget: "10.25",
            utfall: "0.00",
            beskrivning: "Lokal",
        },
    ];
    function skriven(mer: Partial<Record<string, string>>) {
        const svar = borjad();
        Object.assign(raknar(svar), mer);
        return andrad(svar, "insatsbudget").rad;
    }

    it("behåller det i posten som tabellen inte visar", () => {
        expect(
            tillInsatsbudget(
                skriven({ budget: "1 000,5", planeratAntal: "7" }),
                poster,
            ),
        ).toEqual({
            planeratAntal: 7,
            poster: [{ ...poster[0], budget: "1000.50" }],
        });
        expect(tillInsatsbudget(skriven({ utfall: "-2" }), poster)).toEqual({
            poster: [{ ...poster[0], utfall: "-2.00" }],
        });
    });
    it("får den post som saknas, och tar bort den som töms", () => {
        expect(
            tillInsatsbudget(skriven({ esfBudget: "3", budget: "" }), poster),
        ).toEqual({
            poster: [{ budgettyp: "ESF_INSATSKOSTNAD", budget: "3.00" }],
        });
    });
    it("skrivs inte över flera poster av ett slag", () => {
        const tva = [...poster, ...poster];
        expect(fleraPoster(skriven({ budget: "5" }), tva)).toMatchObject([
            { pekare: "/rader/1/budget" },
        ]);
        expect(fleraPoster(skriven({ utfall: "5" }), tva)).toMatchObject([
            { pekare: "/rader/1/utfall" },
        ]);
        expect(fleraPoster(skriven({ budget: "5" }), poster)).toEqual([]);
        expect(fleraPoster(skriven({ planeratAntal: "5" }), tva)).toEqual([]);
        expect(
            tillInsatsbudget(skriven({ planeratAntal: "5" }), tva).poster,
        ).toEqual(tva);
    });
});

describe("det som nekas", () => {
    const fel = (pekare: string) => ({ pekare, regel: "r", meddelande: "m" });
    const nej = (status: number, regel: string, falt: string[] = []) =>
        new ProblemFel({
            type: "",
            title: "",
            status,
            detail: `Nekat: ${regel}`,
            instance: "",
            regel,
            fel: falt.map(fel),
        });
    const svar = borjad();
    raknar(svar).antalMan = "5";
    raknar(svar).esfBudget = "5";
    const volym = andrad(svar, "volym");
    const budgeten = andrad(svar, "insatsbudget");

    it("sägs vid sin cell", () => {
        expect(
            vidCellen(volym, [fel("/uppgiftSaknas"), fel("/ar")]).map(
                (f) => f.pekare,
            ),
        ).toEqual(["/rader/1/uppgiftSaknas", "/rader/1/antalMan"]);
        expect(
            vidCellen(
                budgeten,
                [
                    fel("/planeratAntal"),
                    fel("/poster/0/budget"),
                    fel("/poster/1/utfall"),
                    fel("/poster"),
                ],
                [
                    { budgettyp: "ESF_INSATSKOSTNAD" },
                    { budgettyp: "INSATSKOSTNAD" },
                ],
            ).map((f) => f.pekare),
        ).toEqual([
            "/rader/1/planeratAntal",
            "/rader/1/esfBudget",
            "/rader/1/utfall",
            "/rader/1/esfBudget",
        ]);
    });
    it("sägs med sitt skäl när det inte är ett fälts, och i rutan när alla har samma", () => {
        const nekad = (andrad: typeof volym, f: ProblemFel) => ({
            andrad,
            fel: f,
            poster: [],
        });
        const stangt = nej(409, "budgetar-stangt");
        const samma = nekandet([
            nekad(volym, stangt),
            nekad(budgeten, stangt),
        ])?.problem;
        expect(samma?.status).toBe(409);
        expect(samma?.fel.map((f) => [f.pekare, f.meddelande])).toEqual([
            ["/rader/1/antalMan", "Nekat: budgetar-stangt"],
            ["/rader/1/esfBudget", "Nekat: budgetar-stangt"],
        ]);
        expect(
            nekandet([
                nekad(volym, stangt),
                nekad(budgeten, nej(422, "ogiltigt", ["/poster"])),
            ])?.problem.status,
        ).toBe(422);
        expect(nekandet([])).toBeUndefined();
    });
});
