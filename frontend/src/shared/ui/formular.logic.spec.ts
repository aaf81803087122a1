import { describe, expect, it } from "vitest";
import { ordObligatoriskt } from "@/shared/api/regler.gen";
import { faltFor, faltId, formularfel } from "./formular.logic";

const etiketter = {
    "/startdag": "Startdag",
    "/forsorjning": "Försörjning",
    "/efter/arbetar": "Arbetar",
};

it("har inget kolon efter en frågas frågetecken", () => {
    const fel = { pekare: "/a", regel: "obligatoriskt", meddelande: "Svara." };
    expect(formularfel([fel], { "/a": "Arbetar du?" })[0]?.text).toBe(
        "Arbetar du? Svara.",
    );
    expect(formularfel([fel], { "/a": "Arbete" })[0]?.text).toBe(
        "Arbete: Svara.",
    );
});

describe("fältet som ett fel hör till", () => {
    it("har sin pekare som id", () => {
        expect(faltId("/startdag")).toBe("falt-startdag");
        expect(faltId("/efter/arbetar")).toBe("falt-efter-arbetar");
    });
    it("är fältet självt, eller det som rymmer det", () => {
        expect(faltFor("/startdag", etiketter)).toBe("/startdag");
        expect(faltFor("/forsorjning/2", etiketter)).toBe("/forsorjning");
        expect(faltFor("/efter/arbetar", etiketter)).toBe("/efter/arbetar");
    });
    it("är inget när formuläret saknar det", () => {
        expect(faltFor("/efter", etiketter)).toBeUndefined();
        expect(faltFor("/startdagen", etiketter)).toBeUndefined();
        expect(faltFor("", etiketter)).toBeUndefined();
    });
});

describe("listan över fel", () => {
    const fel = (pekare: string, meddelande: string) => ({
        pekare,
        regel: "r",
        meddelande,
    });
    it("står i formulärets ordning, ett för varje fält, de utan fält sist", () => {
        expect(
            formularfel(
                [
                    fel("/okant", "Annat fel."),
                    fel("/forsorjning/1", "Finns inte."),
                    fel("/startdag", "Fyll i."),
                    fel("/forsorjning", "Välj en."),
                    fel("", "Annat fel."),
                ],
                etiketter,
            ),
        ).toEqual([
            {
                id: "falt-startdag",
                text: "Startdag: Fyll i.",
                meddelande: "Fyll i.",
            },
            {
                id: "falt-forsorjning",
                text: "Försörjning: Finns inte.",
                meddelande: "Finns inte.",
            },
            { id: undefined, text: "Annat fel.", meddelande: "Annat fel." },
        ]);
    });
    it("säger det som saknas med fältets eget ord, en gång", () => {
        expect(
            formularfel(
                [
                    fel("/startdag", ordObligatoriskt),
                    fel("/efter/arbetar", "Svara ja eller nej."),
                ],
                etiketter,
            ),
        ).toEqual([
            {
                id: "falt-startdag",
                text: "Fyll i startdag.",
                meddelande: "Fyll i startdag.",
            },
            {
                id: "falt-efter-arbetar",
                text: "Arbetar: Svara ja eller nej.",
                meddelande: "Svara ja eller nej.",
            },
        ]);
    });
    it("är tom utan fel", () => {
        expect(formularfel([], etiketter)).toEqual([]);
    });
});
