import { describe, expect, it } from "vitest";
import { somUtskrift } from "./kontroll.logic";

describe("svaren som de läses upp", () => {
    const startdag = {
        namn: "Startdag",
        pekare: "/startdag",
        varde: "2026-03-01",
    };
    it("leder vart och ett till sitt fält", () => {
        expect(
            somUtskrift([
                startdag,
                {
                    namn: "Försörjning före",
                    pekare: "/fore/forsorjning",
                    varde: "SA",
                },
            ]),
        ).toEqual([
            {
                etikett: "Startdag",
                text: "2026-03-01",
                faltId: "falt-startdag",
            },
            {
                etikett: "Försörjning före",
                text: "SA",
                faltId: "falt-fore-forsorjning",
            },
        ]);
    });
    it("har skälet sist i en rättelse", () => {
        expect(somUtskrift([startdag], "Fel dag").at(-1)).toEqual({
            etikett: "Varför rättas uppgiften?",
            text: "Fel dag",
            faltId: "falt-skal",
        });
    });
});
