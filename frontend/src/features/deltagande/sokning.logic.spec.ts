import { describe, expect, it } from "vitest";
import { granskaSokning, somSokord, vidSokfaltet } from "./sokning.logic";

describe("det som söks", () => {
    it.each([
        ["  Alva   Söder ", { namn: "Alva Söder" }],
        ["li", { namn: "li" }],
        ["Å", { namn: "Å" }],
        ["Bo 7", { namn: "Bo 7" }],
        ["197701172392", { personnummer: "197701172392" }],
        [" 770117-2392 ", { personnummer: "197701172392" }],
        ["19770117 2392", { personnummer: "197701172392" }],
        ["197010632391", { personnummer: "197010632391" }],
    ])("«%s» är namn när det har en bokstav, annars nummer", (text, sokord) => {
        expect(somSokord(text)).toEqual(sokord);
    });

    it.each(["Alva", "al", "Bo 7", "770117-2392", "197701172392", "é-å"])(
        "«%s» går att söka",
        (text) => {
            expect(granskaSokning(text)).toEqual([]);
        },
    );

    it.each([
        ["", "Skriv en del av namnet, eller hela personnumret."],
        ["   ", "Skriv en del av namnet, eller hela personnumret."],
        ["a", "Skriv minst två bokstäver av namnet."],
        ["å.", "Skriv minst två bokstäver av namnet."],
        ["770117-2393", "Kontrollsiffran i personnumret stämmer inte."],
        [
            "7701",
            "Personnumret stämmer inte. Skriv det med tio eller tolv siffror.",
        ],
        [
            "-",
            "Personnumret stämmer inte. Skriv det med tio eller tolv siffror.",
        ],
    ])("«%s» går inte att söka: %s", (text, meddelande) => {
        expect(granskaSokning(text)).toEqual([
            expect.objectContaining({ pekare: "/namn", meddelande }),
        ]);
    });

    it("det servern säger om numret hör till det enda fältet", () => {
        expect(
            vidSokfaltet([
                { pekare: "/personnummer", regel: "r", meddelande: "m" },
            ]),
        ).toEqual([{ pekare: "/namn", regel: "r", meddelande: "m" }]);
    });
});
