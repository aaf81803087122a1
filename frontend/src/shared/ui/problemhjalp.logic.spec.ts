import { describe, expect, it } from "vitest";
import type { Problem } from "@/shared/api/typer";
import {
    hjalpFor,
    kanProvasIgen,
    skalen,
    vantetid,
} from "./problemhjalp.logic";

function problem(status: number, regel = "okand-regel"): Problem {
    return {
        type: "about:blank",
        title: "Fel",
        status,
        detail: "Det gick inte.",
        instance: "/v1",
        regel,
        fel: [],
    };
}

describe("hjälpen vid ett nej", () => {
    it("är regelns egen, före statusens", () => {
        const regelns = hjalpFor(problem(409, "redan-oppen"));
        expect(regelns).toContain("Utregistrering");
        expect(regelns).not.toBe(hjalpFor(problem(409)));
    });
    it("är statusens när regeln inte har någon egen", () => {
        expect(hjalpFor(problem(409))).toMatch(/^Ladda om sidan/);
        expect(hjalpFor(problem(500))).toContain("support");
    });
    it("är tom när felets egna ord räcker", () => {
        expect(hjalpFor(problem(422))).toBe("");
        expect(hjalpFor(problem(0))).toBe("");
    });
});

describe("skälen till ett nej", () => {
    it("är vart och ett en gång, och inte det som redan är sagt", () => {
        const fel = ["Okänd dag.", "Det gick inte.", "Okänd dag."].map(
            (meddelande) => ({ pekare: "dag", regel: "r", meddelande }),
        );
        expect(skalen({ ...problem(400), fel })).toEqual(["Okänd dag."]);
        expect(skalen(problem(400))).toEqual([]);
    });
});

describe("att prova igen", () => {
    it.each([0, 429, 500, 502, 503])("lönar sig efter %i", (status) => {
        expect(kanProvasIgen(problem(status))).toBe(true);
    });
    it.each([400, 403, 404, 409, 412, 422, 428, 499])(
        "lönar sig inte efter %i",
        (status) => {
            expect(kanProvasIgen(problem(status))).toBe(false);
        },
    );
});

describe("väntetiden", () => {
    it.each([
        [1, "om 1 sekund"],
        [89, "om 89 sekunder"],
        [90, "om 2 minuter"],
        [120, "om 2 minuter"],
        [121, "om 3 minuter"],
    ])("är efter %i sekunder «%s»", (sekunder, text) => {
        expect(vantetid(sekunder)).toBe(text);
    });
});
