import { describe, expect, it } from "vitest";
import { ProblemFel, medFalten } from "./problem";

describe("ett nej", () => {
    const fel = { pekare: "/a", regel: "r", meddelande: "m" };
    const nej = new ProblemFel(
        {
            type: "about:blank",
            title: "Fel",
            status: 422,
            detail: "Det gick inte.",
            instance: "/v1",
            regel: "r",
            fel: [fel],
        },
        7,
    );

    it("är detsamma med felen vid andra fält", () => {
        const flyttat = medFalten(nej, (alla) =>
            alla.map((f) => ({ ...f, pekare: "/b" })),
        ) as ProblemFel;
        expect(flyttat.problem).toEqual({
            ...nej.problem,
            fel: [{ ...fel, pekare: "/b" }],
        });
        expect(flyttat.vanta).toBe(7);
        expect(nej.problem.fel).toEqual([fel]);
    });
    it("som inte är serverns lämnas som det är", () => {
        const annat = new TypeError("x");
        expect(medFalten(annat, () => [])).toBe(annat);
    });
});
