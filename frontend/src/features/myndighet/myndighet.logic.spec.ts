import { describe, expect, it } from "vitest";
import { granska, tillTrad } from "@/shared/formular/tabell";
import {
    arOrganisationsnummer,
    myndighetssvarAv,
    myndighetstabell,
    soksom,
    tomMyndighet,
} from "./myndighet.logic";

const c = { idag: "2026-03-02", ny: true };

describe("registret över myndigheter", () => {
    it.each([
        ["2021005521", true],
        ["202100-5521", true],
        ["202100 5521", true],
        ["2021005522", false],
        ["21005521", false],
        ["", false],
        ["abc", false],
    ])("numret «%s» är %s", (nr, vantat) => {
        expect(arOrganisationsnummer(nr)).toBe(vantat);
    });

    it("söker på nummer när det är siffror, annars på namn", () => {
        expect(soksom("2120")).toEqual({ organisationsnummer: "2120" });
        expect(soksom("*2120*")).toEqual({ organisationsnummer: "2120" });
        expect(soksom("202100-5521")).toEqual({
            organisationsnummer: "2021005521",
        });
        expect(soksom(" Upp* ")).toEqual({ namn: "Upp*" });
        expect(soksom("12345678901")).toEqual({ namn: "12345678901" });
    });

    it("granskar numret och sänder det utan bindestreck", () => {
        const svar = {
            ...tomMyndighet(),
            organisationsnummer: "202100-5522",
            namn: "Kassan",
            typ: "OVRIG",
        };
        expect(granska(myndighetstabell, svar, c).map((f) => f.regel)).toEqual([
            "organisationsnummer",
        ]);
        svar.organisationsnummer = "202100-5521";
        expect(granska(myndighetstabell, svar, c)).toEqual([]);
        expect(tillTrad(myndighetstabell, svar, c)).toEqual({
            organisationsnummer: "2021005521",
            namn: "Kassan",
            typ: "OVRIG",
        });
    });

    it("visar den som finns, med numret som det skrivs", () => {
        expect(
            myndighetssvarAv({
                id: "a",
                organisationsnummer: "2021005521",
                namn: "Försäkringskassan",
                typ: "FORSAKRINGSKASSAN",
                version: 3,
            }),
        ).toEqual({
            organisationsnummer: "202100-5521",
            namn: "Försäkringskassan",
            typ: "FORSAKRINGSKASSAN",
            version: 3,
        });
    });
});
