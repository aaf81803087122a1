import { describe, expect, it } from "vitest";
import { skalfalt } from "./skal";
import {
    type Grund,
    type Tabell,
    etiketter,
    franTrad,
    granska,
    inteIfyllt,
    tillTrad,
    tomma,
    utskrift,
} from "./tabell";

/** A contract with one field of each kind. */
interface Kontrakt {
    namn: string;
    not?: string;
    dag: string;
    antal: number;
    ar?: number;
    ja: boolean;
    val: "A" | "B";
    flera?: string[];
    del?: { text: string; ja: boolean };
    skal: string;
}

interface Sammanhang extends Grund {
    flera: readonly { varde: string; text: string }[];
    rattar: boolean;
}

const tabell: Tabell<Kontrakt, Sammanhang> = {
    namn: { etikett: "Namn", slag: "text", max: 10 },
    not: {
        etikett: "Anteckning",
        slag: "textyta",
        frivilligt: true,
        nar: (s) => s.ja === "ja",
    },
    dag: { etikett: "Dag", slag: "dag" },
    antal: {
        etikett: "Hur många är de?",
        kort: "Antal",
        slag: "heltal",
        min: 1,
        max: 1000,
        vad: "Antalet",
        enhet: "st",
        fel: (s) =>
            s.antal === "13"
                ? { regel: "otur", meddelande: "Inte 13." }
                : undefined,
    },
    ar: {
        etikett: "År",
        slag: "lista",
        tal: true,
        frivilligt: true,
        tom: "Alla",
        val: () => [{ varde: "2026", text: "2026" }],
    },
    ja: { etikett: "Stämmer det?", slag: "jaNej" },
    val: {
        etikett: "Bokstav",
        slag: "val",
        val: () => [
            { varde: "A", text: "Första" },
            { varde: "B", text: "Andra" },
        ],
        last: (_, c) => (c.rattar ? "Kan inte ändras." : undefined),
    },
    flera: {
        etikett: "Flera",
        slag: "flerval",
        val: (_, c) => c.flera,
        krav: "Välj minst en.",
    },
    del: {
        slag: "grupp",
        frivilligt: true,
        falt: {
            text: { etikett: "Delens text", slag: "text", frivilligt: true },
            ja: {
                etikett: "Delens fråga",
                slag: "jaNej",
                nar: (s) => s.text !== "",
            },
        },
    },
    skal: skalfalt,
};

const ny: Sammanhang = {
    idag: "2026-11-25",
    flera: [
        { varde: "X", text: "Ex" },
        { varde: "Y", text: "Ypsilon" },
    ],
    rattar: false,
};
const ifyllt = {
    ...tomma(tabell),
    namn: " Anna ",
    not: "dold",
    dag: "2026-11-01",
    antal: "1 000",
    ja: "nej" as const,
    val: "B",
    flera: ["Y", "BORTA", "X"],
};

describe("ett formulär som tabell", () => {
    it("börjar tomt, på alla djup", () => {
        expect(tomma(tabell)).toEqual({
            namn: "",
            not: "",
            dag: "",
            antal: "",
            ar: "",
            ja: "",
            val: "",
            flera: [],
            del: { text: "", ja: "" },
            skal: "",
        });
    });
    it("sänder bara det som frågas, som kontraktet har det", () => {
        expect(tillTrad(tabell, ifyllt, ny)).toEqual({
            namn: "Anna",
            dag: "2026-11-01",
            antal: 1000,
            ja: false,
            val: "B",
            flera: ["X", "Y"],
        });
        expect(
            tillTrad(
                tabell,
                {
                    ...ifyllt,
                    ja: "ja",
                    ar: "2026",
                    del: { text: "t", ja: "nej" },
                    skal: "två\nrader",
                },
                { ...ny, rattar: true },
            ),
        ).toMatchObject({
            not: "dold",
            ar: 2026,
            ja: true,
            val: "B",
            del: { text: "t", ja: false },
            skal: "två rader",
        });
    });
    it("går oförändrat genom formuläret", () => {
        const varden: Omit<Kontrakt, "skal"> = {
            namn: "Anna",
            dag: "2026-11-01",
            antal: 0,
            ar: 2026,
            ja: false,
            val: "A",
            flera: ["X"],
            del: { text: "t", ja: true },
        };
        expect(tillTrad(tabell, franTrad(tabell, varden), ny)).toEqual(varden);
    });
    it("säger vad som saknas, fältens egna ord, i ordning", () => {
        expect(granska(tabell, tomma(tabell), { ...ny, rattar: true })).toEqual(
            [
                ["/namn", "Fyll i namn."],
                ["/dag", "Fyll i dag."],
                ["/antal", "Fyll i antal."],
                ["/ja", "Svara ja eller nej."],
                ["/flera", "Välj minst en."],
                ["/skal", "Skriv kort varför uppgiften rättas."],
            ].map(([pekare, meddelande]) => ({
                pekare,
                regel: "obligatoriskt",
                meddelande,
            })),
        );
        expect(granska(tabell, ifyllt, ny)).toEqual([]);
    });
    it.each([
        [{ namn: "för långt namn" }, "/namn", "for-langt"],
        [{ dag: "2026-11-31" }, "/dag", "datum"],
        [{ dag: "2026-11-26" }, "/dag", "framtida-dag"],
        [{ antal: "0" }, "/antal", "utanfor-granser"],
        [{ antal: "1001" }, "/antal", "utanfor-granser"],
        [{ antal: "två" }, "/antal", "utanfor-granser"],
        [{ antal: "13" }, "/antal", "otur"],
        [{ val: "" }, "/val", "obligatoriskt"],
        [{ flera: ["BORTA"] }, "/flera", "obligatoriskt"],
        [{ del: { text: "t", ja: "" as const } }, "/del/ja", "obligatoriskt"],
    ])("nekar %j vid %s: %s", (svar, pekare, regel) => {
        expect(
            granska(tabell, { ...ifyllt, ...svar }, ny).map((f) => [
                f.pekare,
                f.regel,
            ]),
        ).toEqual([[pekare, regel]]);
    });
    it("säger gränserna med mellanrum, som servern", () => {
        expect(
            granska(tabell, { ...ifyllt, antal: "0" }, ny)[0]?.meddelande,
        ).toBe("Antalet ska vara ett heltal från 1 till 1\u00a0000.");
    });
    it("har ett namn för varje fält, också för det som inte frågas nu", () => {
        expect(etiketter(tabell)).toEqual({
            "/namn": "Namn",
            "/not": "Anteckning",
            "/dag": "Dag",
            "/antal": "Antal",
            "/ar": "År",
            "/ja": "Stämmer det?",
            "/val": "Bokstav",
            "/flera": "Flera",
            "/del/text": "Delens text",
            "/del/ja": "Delens fråga",
            "/skal": "Varför rättas uppgiften?",
        });
    });
    it("läses i ord, med vägen till varje fält", () => {
        const rader = utskrift(
            tabell,
            { ...ifyllt, del: { text: "t", ja: "ja" } },
            ny,
        );
        expect(rader.map((r) => [r.etikett, r.text])).toEqual([
            ["Namn", "Anna"],
            ["Dag", "2026-11-01"],
            ["Antal", "1\u00a0000 st"],
            ["År", "Alla"],
            ["Stämmer det?", "Nej"],
            ["Bokstav", "Andra"],
            ["Flera", "Ex, Ypsilon"],
            ["Delens text", "t"],
            ["Delens fråga", "Ja"],
        ]);
        expect(rader.at(-1)).toMatchObject({
            faltId: "falt-del-ja",
            pekare: "/del/ja",
        });
        expect(utskrift(tabell, tomma(tabell), ny)[0]?.text).toBe(inteIfyllt);
    });
    it("står inte för ett fält som kontraktet inte har, eller utan ett som det har", () => {
        // @ts-expect-error «annat» is missing
        const saknar: Tabell<{ namn: string; annat: string }, Grund> = {
            namn: { etikett: "Namn", slag: "text" },
        };
        const forMycket: Tabell<{ namn: string }, Grund> = {
            namn: { etikett: "Namn", slag: "text" },
            // @ts-expect-error the contract has no «annat»
            annat: { etikett: "Annat", slag: "text" },
        };
        const felSlag: Tabell<{ namn: string }, Grund> = {
            // @ts-expect-error a text is not answered by yes or no
            namn: { etikett: "Namn", slag: "jaNej" },
        };
        expect([saknar, forMycket, felSlag]).toHaveLength(3);
    });
});
