import { describe, expect, it } from "vitest";
import { ProblemFel, medFalten, problemAv } from "./problem";

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
        "/v1/samtycken/1",
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
        expect(flyttat.plats).toBe("/v1/samtycken/1");
        expect(nej.problem.fel).toEqual([fel]);
    });
    it("säger hur länge man väntar, och vart det som är i vägen finns", async () => {
        const svar = (huvud: Record<string, string>): Response =>
            Response.json(nej.problem, { status: 409, headers: huvud });
        const med = await problemAv(
            svar({ "Retry-After": "1800", Location: "/v1/samtycken/1" }),
        );
        expect([med.vanta, med.plats]).toEqual([1800, "/v1/samtycken/1"]);
        const utan = await problemAv(svar({}));
        expect([utan.vanta, utan.plats]).toEqual([undefined, undefined]);
    });
    it("som inte är serverns lämnas som det är", () => {
        const annat = new TypeError("x");
        expect(medFalten(annat, () => [])).toBe(annat);
    });
});
